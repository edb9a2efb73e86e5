"""Tags that became topics: the words they carry, and how every process comes to know them."""
