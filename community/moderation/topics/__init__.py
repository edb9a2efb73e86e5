"""Making a topic of a tag that much is written under, and changing the words it carries."""
