"""What was hidden for now, once three days are over."""
