"""The guidelines of a group that a decision in it can name, after those of the site."""
