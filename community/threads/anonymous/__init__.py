"""Writing without one's name: another name, made up for one thread."""
