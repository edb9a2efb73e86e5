"""Taking out everything that is kept about me."""
