"""Somebody may be in danger: steps taken by two people, written down. It is no complaint."""
