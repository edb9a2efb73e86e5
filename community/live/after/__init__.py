"""After a circle: thanks, how it landed, a line to its facilitators, a thread of its own."""
