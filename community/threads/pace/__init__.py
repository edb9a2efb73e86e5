"""Threads that rest for a while, or go slowly."""
