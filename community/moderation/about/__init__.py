"""What moderators note about a person, for whoever decides next."""
