"""Finding what was written, by its words: among what this person may read, and nothing else."""
