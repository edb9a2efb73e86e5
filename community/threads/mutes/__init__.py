"""What somebody would rather not read or hear of: a person’s posts, a thread. Only they know."""
