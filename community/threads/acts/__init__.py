"""What moderators do in a thread where nothing was reported."""
