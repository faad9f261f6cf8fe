"""WARC files (ISO 28500): every answer of a crawl written down, and read again."""
