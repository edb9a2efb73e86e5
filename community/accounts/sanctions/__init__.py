"""What is in force for somebody: moderation decides it, and every rule below it reads it here."""
