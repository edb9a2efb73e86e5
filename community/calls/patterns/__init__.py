"""What a call can begin from: drafts, templates and earlier calls."""
