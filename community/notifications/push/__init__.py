"""Devices that say “There is something new”, and nothing more."""
