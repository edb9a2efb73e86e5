"""The title of a thread, and what its writer would like from others: changed by them alone."""
