"""How it is read: codes, codings, coders, and how far coders agree."""
