"""The record of who did what: the one place where a row is added to it."""
