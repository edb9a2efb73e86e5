"""Whoever was sent out of a circle by its facilitator: the record, the statement, another look."""
