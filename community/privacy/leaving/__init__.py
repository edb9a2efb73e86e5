"""Leaving for good, and being erased."""
