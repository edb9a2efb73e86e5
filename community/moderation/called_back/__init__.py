"""Letters that wait, for somebody who may no longer read what they are about."""
