"""How somebody hears of a thread, or of all threads of a topic. Only they know."""
