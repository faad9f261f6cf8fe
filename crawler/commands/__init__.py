"""Commands: a few lines around the pure core. ``scrapy <command> --help`` says what each takes."""
