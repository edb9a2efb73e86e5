"""Two people who keep apart, and both have a seat: nobody loses one."""
