"""What a run has brought in: counted as it comes, watched, and shown."""
