"""How posts meet their reader."""
