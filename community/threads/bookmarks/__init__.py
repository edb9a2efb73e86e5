"""Posts that somebody keeps for themselves. Only they know."""
