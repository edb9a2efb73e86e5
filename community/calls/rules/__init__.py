"""Calls: who may do what with them, who comes, who holds them, and when. Pure."""
