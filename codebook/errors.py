"""Errors about codes and codebooks that a person can act on."""

from corpus.errors import UserFacingError


class CodebookError(UserFacingError):
    """A codebook that cannot be read or does not hold together."""


class UnknownCode(CodebookError):  # noqa: N818 - named after what the researcher sees
    """A code that the codebook does not have."""
