"""How it is kept: one schema, one migration history, one transaction."""
