"""The pictures of a post that somebody decides about."""
