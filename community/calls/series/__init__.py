"""Calls that come again: their dates, their changes and their pages."""
