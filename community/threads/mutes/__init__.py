"""Whose posts somebody would rather not read or hear of. Only they know."""
