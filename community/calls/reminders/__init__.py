"""Reminders of calls: armed with a seat, told when it is time."""
