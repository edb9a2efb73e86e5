"""Deciding about what others don’t see before somebody has read it."""
