"""What may happen to threads, posts and drafts."""
