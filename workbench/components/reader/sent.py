"""What a browser has been sent of the codings, so that only what changed needs to travel.

All codings travel once. Afterwards the browser says with every message which revision it has, and
gets what differs from that one; a browser that has lost them says so and gets all again.
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

#: A coding as it travels; its id comes first.
Row = list[Any]

_KEPT = 6
# A difference of this size costs about as much as all codings of a long document once.
_LARGE = 400


@dataclass
class Sent:
    """The revisions of one document that a browser may have; the oldest lies on its shelf.

    >>> sent = Sent()
    >>> first = sent.update([["a", 1], ["b", 2]])
    >>> first["changed"], first["base"] == first["revision"]
    ([], True)
    >>> sent.held_by_browser(first["revision"])
    >>> second = sent.update([["a", 1], ["c", 3]])
    >>> second["changed"], second["gone"], second["base"] == first["revision"]
    ([['c', 3]], ['b'], True)
    """

    _name: str = field(default_factory=lambda: secrets.token_hex(4))
    _number: int = 0
    _revisions: dict[str, dict[str, Row]] = field(default_factory=dict)
    _held: str | None = None

    def held_by_browser(self, revision: str | None) -> None:
        """Note which revision a browser said that it has; None: none at all."""
        self._held = revision if revision in self._revisions else None

    @property
    def shelf(self) -> str:
        """The revision of which all codings are sent."""
        return next(iter(self._revisions))

    @property
    def rows_on_shelf(self) -> list[Row]:
        """All codings of that revision."""
        return list(self._revisions[self.shelf].values())

    def update(self, rows: Sequence[Row]) -> dict[str, Any]:
        """From the revision that the browser has to these codings."""
        now = {row[0]: row for row in rows}
        if not self._revisions or next(reversed(self._revisions.values())) != now:
            self._number += 1
            self._revisions[f"{self._name}-{self._number}"] = now
        revision = next(reversed(self._revisions))
        told = self._told(self._held or self.shelf, revision)
        if self._held is None and len(told["changed"]) + len(told["gone"]) > _LARGE:
            self._revisions = {revision: now}
            return self._told(revision, revision)
        self._forget(revision)
        return told

    def _told(self, base: str, revision: str) -> dict[str, Any]:
        before, now = self._revisions[base], self._revisions[revision]
        return {
            "base": base,
            "revision": revision,
            "changed": [row for name, row in now.items() if before.get(name) != row],
            "gone": [name for name in before if name not in now],
        }

    def _forget(self, revision: str) -> None:
        needed = {self.shelf, self._held, revision}
        spare = [name for name in self._revisions if name not in needed]
        for name in spare[: max(0, len(self._revisions) - _KEPT)]:
            del self._revisions[name]
