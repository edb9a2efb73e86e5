"""What a moderator reads before others see it."""
