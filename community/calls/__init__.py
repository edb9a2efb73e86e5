"""Scheduled sharing calls: seats, the waiting line, letters about them."""
