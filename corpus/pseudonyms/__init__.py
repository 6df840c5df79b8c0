"""Pseudonyms: names and numbers found in a text, and other words put in their place.

A pseudonymised text is still personal data (GDPR article 4(5)): a person confirms every hit, and the key
that leads back is kept apart. Nothing here is sure to find every name.
"""
