"""Taking out what is mine, and being erased."""
