"""What staff can see of somebody, each time they looked, and the record of what they did."""
