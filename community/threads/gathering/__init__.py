"""Threads in order: pinned, moved, split and put together."""
