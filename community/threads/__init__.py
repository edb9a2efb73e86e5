"""Topic threads: starting, replying, editing, taking back."""
