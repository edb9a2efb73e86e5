"""Who meets new members of a group in text, and whose first words wait for an answer."""
