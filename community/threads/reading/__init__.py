"""Reading a thread in other ways: by writer, by day, on paper."""
