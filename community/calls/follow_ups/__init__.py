"""The day after a call: whoever was there is asked how it landed."""
