"""Who is looking after the queue just now, and who is next, as far as they have said so."""
