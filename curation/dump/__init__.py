"""Rows of the database as objects of the curation format (docs/curation-format.md)."""
