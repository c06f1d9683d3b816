"""The commands: read from the study, call one pure function, write."""
