"""Whether the police were told of a threat to somebody (DSA art. 18), written in the record."""
