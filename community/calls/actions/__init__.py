"""What happens to calls: their times and words, their seats, and who holds them."""
