"""The page on which somebody looks for words."""
