"""The one commit, the one lock, and what the database itself refuses."""
