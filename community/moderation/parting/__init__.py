"""What becomes of reports when somebody is erased."""
