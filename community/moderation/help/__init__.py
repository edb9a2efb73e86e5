"""Help that somebody pressed for in a circle, and that nobody there has opened."""
