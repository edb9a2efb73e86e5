"""What somebody holds who goes for good."""
