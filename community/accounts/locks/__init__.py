"""A technical lock: nobody comes in by this account for a while, because somebody else may."""
