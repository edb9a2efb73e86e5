"""How long decisions, the record and what was done for somebody in danger are kept."""
