"""Help with an answer before it is sent: words to begin with, and one gentle question."""
