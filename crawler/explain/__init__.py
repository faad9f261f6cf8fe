"""Why is this line gone: a page as its blocks, with what became of each and why; for terminals and browsers."""
