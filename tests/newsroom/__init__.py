"""The demo newsroom: a real HTTP server with a publisher and an aggregator, all pages written by us.

``stories/<id>.toml`` is one article and its gold at once: what a person would keep of the page, and what
must become data. ``templates/`` wraps it as publishers do, ``pages.py`` fills them, ``server.py`` serves.
"""
