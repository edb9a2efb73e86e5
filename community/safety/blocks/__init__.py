"""Personal blocks: two people who don’t meet here more than they must, and one of them chose it."""
