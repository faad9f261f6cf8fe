"""Pages of a site -> a definition of it, for ``scrapy newsite``. Values in, values out."""
