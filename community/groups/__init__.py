"""Moderated groups: who may open one, who belongs, who looks after it."""
