"""Questions on what a person may see that are asked many times while one state is read."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID
from weakref import WeakKeyDictionary

from sqlalchemy import Connection

from store.engine import is_reading
from store.studies import Member

Hidden = Callable[[Connection, Member], set[UUID]]

_ANSWERS: WeakKeyDictionary[Connection, dict[Any, frozenset[UUID]]] = WeakKeyDictionary()


def asked_once(question: Hidden) -> Callable[[Connection, Member], frozenset[UUID]]:
    """Keep the answer for the rest of a transaction that only reads, whose state cannot change.

    In a transaction that writes each asking is a new one.
    """

    @wraps(question)
    def answer(connection: Connection, viewer: Member) -> frozenset[UUID]:
        if not is_reading(connection):
            return frozenset(question(connection, viewer))
        known = _ANSWERS.setdefault(connection, {})
        asked = (question, viewer)
        if asked not in known:
            known[asked] = frozenset(question(connection, viewer))
        return known[asked]

    return answer
