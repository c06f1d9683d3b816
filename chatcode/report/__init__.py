"""Documents: one tree of content, one renderer per format, one door out."""
