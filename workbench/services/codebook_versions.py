"""The versions of a codebook: what each changed, an earlier one restored, and two people editing.

Whoever says on which version a change was made (``based_on``) is told when somebody was faster, and sees
what that one did; nothing is overwritten.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import Connection, Engine

from codebook import hierarchy
from codebook.models import Codebook
from codebook.revisions import Change, what_changed
from corpus.errors import UserFacingError
from store import codebooks as kept
from store import studies
from store.codebooks import StoredCodebook, Version
from store.engine import reading, writing
from store.events import events_of
from store.studies import Member
from workbench.services.codebook_tree import count_codings
from workbench.services.codebooks import codebook_in_force, refuse_in_copy
from workbench.services.errors import NotThere


class CodebookChanged(UserFacingError):  # noqa: N818 - named after what the researcher sees
    """Somebody changed the codebook after this change was begun; ``changes`` tells what they did."""

    def __init__(self, earlier: Codebook, current: Codebook, changes: Sequence[Change]) -> None:
        done = " ".join(change.sentence for change in changes)
        super().__init__(
            f"The codebook was changed meanwhile: version {current.version} came after version "
            f"{earlier.version}, on which yours was made. {done} Nothing of yours is stored yet; look at "
            "the difference, and apply your change on top of it or leave it."
        )
        self.earlier, self.current, self.changes = earlier, current, tuple(changes)


@dataclass(frozen=True)
class VersionLine:
    """A version of a codebook: when, by whom and why it was made, and what it changed."""

    number: int
    at: dt.datetime
    actor: str
    reason: str
    changes: tuple[Change, ...] = ()


def codebook_history(engine: Engine, actor: Member, codebook_id: UUID | None = None) -> list[VersionLine]:
    """The versions of a codebook, newest first, each with what it changed."""
    with reading(engine) as connection:
        stored = codebook_in_force(connection, actor.study_id, codebook_id)
        versions = kept.codebook_versions(connection, stored.id)
        books = [kept.codebook_version(connection, version.id).codebook for version in versions]
        names = dict(studies.member_names(connection, actor.study_id))
        events = {event.seq: event for event in events_of(connection, actor.study_id)}
    lines = []
    for number, version in enumerate(versions):
        merged, split = merged_and_split([version])
        moved = {UUID(version.detail["moved"])} if "moved" in version.detail else set()
        known = {code.id for book in books[: max(number - 1, 0)] for code in book.codes}
        changes = (
            what_changed(
                books[number - 1], books[number], merged=merged, split=split, moved=moved, known=known
            )
            if number
            else ()
        )
        event = events[version.event]
        at = dt.datetime.fromisoformat(event.at)
        lines.append(
            VersionLine(version.number, at, names.get(event.actor_id, ""), event.reason, tuple(changes))
        )
    return lines[::-1]


def differences(
    engine: Engine, actor: Member, earlier: int, later: int, *, codebook_id: UUID | None = None
) -> tuple[Change, ...]:
    """What changed from one version of a codebook to another."""
    with reading(engine) as connection:
        stored = codebook_in_force(connection, actor.study_id, codebook_id)
        versions = kept.codebook_versions(connection, stored.id)
        known = {version.number: version for version in versions}
        for number in (earlier, later):
            if number not in known:
                raise NotThere(f"{stored.codebook.name} has no version {number}.")
        one, other = (kept.codebook_version(connection, known[n].id).codebook for n in (earlier, later))
    between = [version for version in versions if earlier < version.number <= later]
    merged, split = merged_and_split(between)
    return what_changed(one, other, merged=merged, split=split)


def restore_version(
    engine: Engine,
    actor: Member,
    number: int,
    *,
    reason: str = "",
    codebook_id: UUID | None = None,
    based_on: int | None = None,
) -> StoredCodebook:
    """Let the codebook say again what it said in an earlier version. Codings keep the codes they have now."""
    with writing(engine) as connection:
        refuse_in_copy(connection, actor)
        stored = codebook_in_force(connection, actor.study_id, codebook_id)
        refuse_stale(connection, stored, based_on)
        earlier = version_numbered(connection, stored, number)
        return kept.add_codebook_version(
            connection,
            stored,
            hierarchy.restore_version(stored.codebook, earlier),
            actor=actor,
            reason=reason,
            detail={"restores": number},
        )


@dataclass(frozen=True)
class Restoring:
    """What a restored version would mean for codings; they keep the codes that they have now.

    ``without`` are codes that the version does not have, with the codings that the person may see of
    each; ``merged_since`` are codes that come back without the codings that a merge gave to another.
    """

    changes: tuple[Change, ...]
    without: Mapping[str, int]
    merged_since: tuple[str, ...]


def preview_restoring(
    engine: Engine, actor: Member, number: int, *, codebook_id: UUID | None = None
) -> Restoring:
    """What would change if a codebook said again what it said in an earlier version."""
    with reading(engine) as connection:
        stored = codebook_in_force(connection, actor.study_id, codebook_id)
        earlier = version_numbered(connection, stored, number)
        versions = kept.codebook_versions(connection, stored.id)
        counts = count_codings(connection, actor)
    now = {code.id for code in stored.codebook.codes}
    then = {code.id for code in earlier.codes}
    merged, _ = merged_and_split(version for version in versions if version.number > number)
    return Restoring(
        what_changed(stored.codebook, earlier, known=then),
        {
            code.key: counts[code.key]
            for code in stored.codebook.codes
            if code.id not in then and counts[code.key]
        },
        tuple(code.key for code in earlier.codes if code.id in merged and code.id not in now),
    )


def version_numbered(connection: Connection, stored: StoredCodebook, number: int) -> Codebook:
    """What a version of a codebook says, by its number; `NotThere` if there is none."""
    versions = kept.codebook_versions(connection, stored.id)
    wanted = next((version for version in versions if version.number == number), None)
    if wanted is None:
        raise NotThere(
            f"{stored.codebook.name} has no version {number}; the newest is {versions[-1].number}."
        )
    return kept.codebook_version(connection, wanted.id).codebook


def refuse_stale(connection: Connection, stored: StoredCodebook, based_on: int | None) -> None:
    """Raise `CodebookChanged` where somebody made a version after the one that a change is based on."""
    if based_on is None or based_on == stored.codebook.version:
        return
    versions = kept.codebook_versions(connection, stored.id)
    seen = next((version for version in versions if version.number == based_on), None)
    if seen is None:
        raise NotThere(f"{stored.codebook.name} has no version {based_on}. Load the page anew.")
    earlier = kept.codebook_version(connection, seen.id).codebook
    merged, split = merged_and_split(versions)
    changes = what_changed(earlier, stored.codebook, merged=merged, split=split)
    raise CodebookChanged(earlier, stored.codebook, changes)


def merged_and_split(versions: Iterable[Version]) -> tuple[dict[UUID, UUID], dict[UUID, UUID]]:
    """What the events of versions say: codes that went into others, and new codes that came off others."""
    told: tuple[dict[UUID, UUID], dict[UUID, UUID]] = ({}, {})
    for version in versions:
        for into, name in zip(told, ("merged", "split"), strict=True):
            into |= {UUID(one): UUID(other) for one, other in version.detail.get(name, {}).items()}
    return told
