"""Errors about findings and judgements that a person can act on."""

from corpus.errors import UserFacingError


class TriangulationError(UserFacingError):
    """A finding, judgement or matrix that does not hold together."""
