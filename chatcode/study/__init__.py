"""The study file: the only place with SQL."""
