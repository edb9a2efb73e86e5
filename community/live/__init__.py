"""The circle while it is on: turns, presence, what may be heard, who connects to whom."""
