"""What a quarter looked like in numbers, for anybody; and how much somebody has had to read."""
