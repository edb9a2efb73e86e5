"""What is at the same time as a call, or on a day off: said, and never forbidden."""
