"""Who may do what through the API: scopes, tokens, and how many requests."""
