"""Reports: how they are sent, and taken back."""
