"""Telling somebody that words are for them: because they were answered, or named with an @."""
