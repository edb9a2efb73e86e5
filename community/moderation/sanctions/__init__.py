"""Deciding about a person: the steps of a ladder, who may take which, and what follows."""
