"""The moderators' handbook: how to decide, how to talk, how to look after oneself."""
