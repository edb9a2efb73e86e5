"""What moderators do of themselves, where nothing was reported."""
