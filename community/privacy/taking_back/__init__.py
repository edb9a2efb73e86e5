"""Taking one’s consent back: nothing more is learnt of somebody, and nothing of theirs goes on."""
