"""Reports, the queue, decisions and their reasons, the audit record."""
