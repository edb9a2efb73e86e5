"""What two people may agree on, instead of anything being decided against one of them."""
