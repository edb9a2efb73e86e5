"""Who is looking at what, so that nobody does the same work twice; and passing an item up."""
