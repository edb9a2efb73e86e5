"""What waits for a decision, in the order in which somebody should look at it."""
