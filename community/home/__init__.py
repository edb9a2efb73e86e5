"""Pages that show several domains together: the front page, My place, topic pages."""
