"""The database of articles: what was delivered, its revisions and removed pieces, and a search over all of it."""
