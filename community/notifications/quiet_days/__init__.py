"""Quiet for some days: nothing rings but what must reach somebody."""
