"""What becomes of groups when somebody goes for good."""
