"""What can go wrong, as one tree.

CrawlerError
├── SiteError          a site definition is wrong; says which site and which field
├── PhraseError        a phrase file is wrong; says which file and which table
├── OptionError        an engine option is wrong; says which and what is allowed
├── ArgumentError      a spider argument is wrong; says which and what is allowed
└── RecordError        a file of pages or records cannot be read; says which file and line

A page never raises: whatever its bytes, it becomes an ``Article`` or a ``Rejection``.
"""


class CrawlerError(Exception):
    """The root: everything this project raises on purpose."""


class SiteError(CrawlerError):
    """A site definition is wrong. Raised when ``Site`` is built, so at import."""


class PhraseError(CrawlerError):
    """A phrase file is wrong. Raised when it is loaded."""


class OptionError(CrawlerError, ValueError):
    """An engine option is wrong. Raised when ``Options`` is built."""


class ArgumentError(CrawlerError, ValueError):
    """A spider argument is wrong. ``scrapy crawl`` prints it and exits with 2."""


class RecordError(CrawlerError):
    """A file of pages or records cannot be read at the place the message names."""
