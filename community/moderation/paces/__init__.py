"""Letting the thread of an open item rest, for whoever may decide about it."""
