"""The words of the guidelines, in the order in which they are read."""
