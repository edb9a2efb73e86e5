"""Looking up who wrote something without their name."""
