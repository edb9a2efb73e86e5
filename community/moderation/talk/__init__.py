"""A moderator would like to talk something over."""
