"""Replies to one person, with a sentence of theirs above them if it was chosen."""
