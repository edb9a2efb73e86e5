"""Calls in the calendars that members have elsewhere."""
