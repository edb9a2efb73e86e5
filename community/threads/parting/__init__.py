"""What becomes of somebody’s words when they are erased."""
