"""Words that somebody took back, as long as they can put them back."""
