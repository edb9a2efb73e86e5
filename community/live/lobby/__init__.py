"""The lobby of a circle: who comes to it."""
