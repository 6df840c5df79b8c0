"""Errors that a person can act on. Everything else may crash with its traceback."""


class UserFacingError(Exception):
    """Says what happened, where, and what to do. The message is shown as it stands."""


class UnreadableFile(UserFacingError):  # noqa: N818 - named after what the researcher sees
    """A file that cannot be read, with the reason and the remedy."""


class SegmentOutOfRange(UserFacingError):  # noqa: N818
    """A place that lies outside the text, or holds nothing."""


class NotStored(UserFacingError):  # noqa: N818
    """The database could not be written: it is held by another program, or the disk is full."""
