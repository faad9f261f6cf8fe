"""A news crawler that delivers articles with nothing but the article in them."""
