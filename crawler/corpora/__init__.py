"""Corpora of any size: files -> chunks -> cleaned records -> files, in order, resumable, in flat memory."""
