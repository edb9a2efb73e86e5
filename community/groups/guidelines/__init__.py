"""What a group asks of its members beside the guidelines of the site."""
