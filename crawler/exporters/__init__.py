"""How articles are written into feeds: one module for each family of formats; ``crawler/formats.py`` names them."""
