"""Files <-> records for bulk work."""
