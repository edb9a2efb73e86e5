"""The vocabulary: topics and tags. A leaf that everything above may read."""
