"""What Make is made of, a file for each domain that others build on."""
