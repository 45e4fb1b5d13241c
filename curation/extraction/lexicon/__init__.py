"""Word lists of English news: general words, no name of a single actor or place."""
