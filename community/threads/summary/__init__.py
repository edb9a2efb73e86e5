"""A long thread in short: a few sentences by a person, for whoever is too tired to read it all."""
