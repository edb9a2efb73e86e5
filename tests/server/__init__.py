"""The real server, as a service would start it, in both ways in which it serves."""
