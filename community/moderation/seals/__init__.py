"""Seals over the record and the decisions, by which a change or a gap shows afterwards."""
