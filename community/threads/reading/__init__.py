"""How far somebody has read, and reading in other ways: by writer, by day, on paper."""
