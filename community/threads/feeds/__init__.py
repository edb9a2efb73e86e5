"""What’s new in threads, for the feed reader that somebody has elsewhere."""
