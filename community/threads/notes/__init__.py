"""What stands before words that may be hard to read."""
