"""The seats of a call, as they are at a moment."""
