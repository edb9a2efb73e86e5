"""tell(): how news reaches a person."""
