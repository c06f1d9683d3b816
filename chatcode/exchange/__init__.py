"""Codings in and out of other programs."""
