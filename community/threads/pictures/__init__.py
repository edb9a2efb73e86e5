"""Pictures in posts, each with what it shows in words."""
