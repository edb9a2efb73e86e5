"""What is kept about somebody: taking all of it out, and having it erased."""
