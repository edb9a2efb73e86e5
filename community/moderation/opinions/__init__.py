"""A second opinion: a moderator asks somebody else to look, and to say what they think."""
