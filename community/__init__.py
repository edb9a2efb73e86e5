"""Start reading at app.py."""
