"""How the site writes dates: one way, as ISO 8601 does."""
