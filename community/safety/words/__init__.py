"""Words that are watched for: what somebody in a crisis may write, doses, and adverts."""
