"""Answers in a word, given by one press. How many there are, only the author of a post reads."""
