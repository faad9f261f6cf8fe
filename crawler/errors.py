"""What can go wrong, as one tree.

CrawlerError
├── SiteError          a site definition is wrong; says which site and which field
├── PhraseError        a phrase file is wrong; says which file and which table
├── OptionError        an engine option or a setting is wrong; says which and what is allowed
├── ArgumentError      a spider argument is wrong; says which and what is allowed
├── RecordError        a file of pages or records cannot be read; says which file and line
└── StateError         the state cannot be opened or read; says which and why
    └── LockedError    another run has it; says which

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


class StateError(CrawlerError):
    """The state cannot be opened, or is not what this program can read. ``scrapy crawl`` prints it and exits with 3."""


class LockedError(StateError):
    """Another run of the same site is under way. ``scrapy crawl`` prints it and exits with 75."""
