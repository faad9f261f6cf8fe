"""What goes along with a whole crawl: its state, its feeds, its manners, its log."""
