"""Telling whoever may decide of what can’t wait."""
