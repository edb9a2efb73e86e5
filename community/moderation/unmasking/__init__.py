"""Looking up a name: of who wrote something without it, or of those who reported something."""
