"""Throwing a draft away, after it was read once more."""
