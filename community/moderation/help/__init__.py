"""Somebody would like a moderator: help that nobody in a circle opened, or a word from a thread."""
