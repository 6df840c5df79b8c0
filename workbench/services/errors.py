"""Errors of services that a person can act on."""

from corpus.errors import UserFacingError


class NotAllowed(UserFacingError):  # noqa: N818 - named after what the researcher sees
    """What a person may not do, or not yet, and who can."""


class NotThere(UserFacingError):  # noqa: N818
    """A study, document, round or person that does not exist, with what does."""
