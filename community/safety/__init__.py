"""Guidelines and agreements, consent, and who to reach right now."""
