"""The pure rules of moderation: why something is reported, who decides about it, what follows."""
