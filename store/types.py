"""Column types that mean the same on SQLite and on PostgreSQL."""

from __future__ import annotations

import json
import re
import uuid
from typing import Any

import sqlalchemy as sa
from sqlalchemy.exc import DontWrapMixin
from sqlalchemy.types import TypeDecorator

from corpus.errors import UserFacingError

_SURROGATE = re.compile("[\ud800-\udfff]")


class UnstorableText(UserFacingError, DontWrapMixin):  # noqa: N818 - named after what it is about
    """Words with a character that not every database can keep."""


class Words(TypeDecorator[str]):
    """Text that both engines keep alike.

    PostgreSQL refuses the character NUL and SQLite stops counting at it; neither takes half of a
    surrogate pair. Both are refused here, with words that a person can act on.
    """

    impl = sa.Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: sa.Dialect) -> str | None:
        return None if value is None else storable(value)


def storable(text: str) -> str:
    """The same text, where both engines can keep it.

    Raises
    ------
    UnstorableText
        If it holds NUL or half of a surrogate pair.
    """
    place = text.find("\x00")
    if place < 0:
        half = _SURROGATE.search(text)
        place = -1 if half is None else half.start()
    if place < 0:
        return text
    near = ascii(text[max(0, place - 12) : place + 12])
    raise UnstorableText(f"{near} holds a broken character that cannot be stored. Take it out and try again.")


class CanonicalJson(TypeDecorator[Any]):
    """JSON kept as text in one spelling, so that a hash over it never changes."""

    impl = sa.Text
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: sa.Dialect) -> str | None:
        return None if value is None else storable(canonical_json(value))

    def process_result_value(self, value: str | None, dialect: sa.Dialect) -> Any:
        return None if value is None else json.loads(value)


def canonical_json(value: Any) -> str:
    """The one spelling of a value: keys sorted, no spaces, characters as they are."""
    return json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"), default=_plain)


def _plain(value: Any) -> str:
    if isinstance(value, uuid.UUID):
        return value.hex
    if hasattr(value, "isoformat"):
        return str(value.isoformat())
    raise TypeError(f"{type(value).__name__} has no canonical spelling")
