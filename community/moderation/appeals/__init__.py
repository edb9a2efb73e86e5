"""Another look: somebody else hears what an author or a reporter says about a decision."""
