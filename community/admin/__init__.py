"""Who looks after the whole site, and the first admin."""
