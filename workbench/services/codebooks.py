"""The codebooks of a study: loading, changing, exporting, and codes that coders propose.

Every change is a next version. Whoever says on which version theirs was made (``based_on``) is told
when somebody was faster, and sees what that one did; nothing is overwritten.
"""

from __future__ import annotations

import datetime as dt
import re
import tempfile
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Literal
from uuid import UUID, uuid4

from sqlalchemy import Connection, Engine

from codebook import hierarchy
from codebook.errors import CodebookError, UnknownCode
from codebook.exchange import load_scheme, read_codebook, write_codebook
from codebook.models import Code, Codebook
from codebook.revisions import Change, what_changed
from corpus.errors import UserFacingError
from corpus.spreadsheets import write_rows
from store import codebook_notes, rounds, studies, tables
from store import codebooks as kept
from store import proposals as proposed
from store.assignments import last_assignment
from store.codebook_notes import Decision, Example
from store.codebooks import StoredCodebook, Version
from store.codings import live_coding
from store.engine import reading, writing
from store.events import events_of
from store.proposals import Proposal
from store.rounds import Round
from store.studies import Member
from store.visibility import visible_codings
from workbench.services.errors import NotAllowed, NotThere

#: Levels that have a colour of their own, everywhere; others take those that are not in use, in turn.
LEVELS = ("INN", "PRO", "PAT", "SOC", "ORG", "ECO", "IMP")

#: What a codebook can be written as; the first three can be read again.
FORMATS = ("yaml", "csv", "xlsx", "docx")
Format = Literal["yaml", "csv", "xlsx", "docx"]

State = Literal["in force", "retired", "proposed"]


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
class CodeLine:
    """A code in the tree; ``level`` is the number of its level's colour, ``codings`` counts all under it.

    ``own`` counts the codings of the code itself. ``state`` is ``in force``, ``retired``, or
    ``proposed`` for a code on which nobody has decided yet.
    """

    code: Code
    depth: int
    level: int
    codings: int
    own: int
    state: State = "in force"


@dataclass(frozen=True)
class VersionLine:
    """A version of a codebook: when, by whom and why it was made, and what it changed."""

    number: int
    at: dt.datetime
    actor: str
    reason: str
    changes: tuple[Change, ...] = ()


@dataclass(frozen=True)
class ProposalLine:
    """A proposed code with its round's name (empty outside one) and the codings that one may see of it."""

    proposal: Proposal
    round: str
    codings: int


# --- loading and finding ------------------------------------------------------------------------------


def load_codebook(engine: Engine, actor: Member, wanted: str, *, question: str = "") -> StoredCodebook:
    """Load a scheme that ships (``grol-wensing``, ``ccm``) or a codebook file into the study.

    A study may have several codebooks, each with its research question. No code may have the id of
    one that the study has or had.
    """
    path = Path(wanted)
    codebook = read_codebook(path) if path.suffix else load_scheme(wanted)
    with writing(engine) as connection:
        _refuse_in_copy(connection, actor)
        if any(other.codebook.name == codebook.name for other in _books(connection, actor)):
            raise UserFacingError(
                f"The study has a codebook '{codebook.name}' already. Add or rename codes in it; "
                "codings keep the version under which they were made."
            )
        taken = set(kept.code_keys(connection, actor.study_id).values())
        both = [code.key for code in codebook.codes if code.key in taken]
        if both:
            raise UserFacingError(
                f"{codebook.name}: the study has a code '{both[0]}' already, in another codebook. Give one "
                "of the two another id, so that an id always means the same code."
            )
        stored = kept.add_codebook(connection, codebook, actor=actor)
        if question.strip():
            codebook_notes.ask_question(connection, stored.id, question.strip(), actor=actor)
        return stored


def list_codebooks(engine: Engine, actor: Member) -> list[StoredCodebook]:
    """The newest version of every codebook of the study, in the order in which they were loaded."""
    with reading(engine) as connection:
        return _books(connection, actor)


def codebook_named(engine: Engine, actor: Member, name: str) -> StoredCodebook:
    """The newest version of a codebook by its name.

    Raises
    ------
    NotThere
        If there is none; the message lists those there are.
    """
    books = list_codebooks(engine, actor)
    found = next((book for book in books if book.codebook.name == name), None)
    if found is None:
        names = ", ".join(f"'{book.codebook.name}'" for book in books) or "none yet"
        raise NotThere(f"There is no codebook '{name}'. There are: {names}.")
    return found


def current_codebook(engine: Engine, actor: Member, codebook_id: UUID | None = None) -> StoredCodebook | None:
    """The newest version of a codebook, or of the study's first; None where none is loaded."""
    with reading(engine) as connection:
        return kept.current_codebook(connection, actor.study_id, codebook_id)


def codebook_in_force(
    connection: Connection, study_id: UUID, codebook_id: UUID | None = None
) -> StoredCodebook:
    """The newest version of a codebook, of the study's first where none is named.

    Raises
    ------
    NotThere
        If none is loaded.
    """
    stored = kept.current_codebook(connection, study_id, codebook_id)
    if stored is None:
        raise NotThere("The study has no codebook yet. Load one: trigpoint codebook load grol-wensing")
    return stored


def codes_in_force(connection: Connection, study_id: UUID) -> StoredCodebook:
    """The codes of all codebooks of a study as one, those of the first codebook first.

    Raises
    ------
    NotThere
        If no codebook is loaded.
    """
    codebook_in_force(connection, study_id)
    return kept.put_together(kept.list_codebooks(connection, study_id))


def codes_ever(connection: Connection, viewer: Member) -> Codebook:
    """All codes that codings, findings and reports may name: in force, proposed, and retired ones.

    A retired code stands under the code that it stood under last. Proposed codes are those that
    the person may see.

    Raises
    ------
    NotThere
        If no codebook is loaded.
    """
    known = codes_in_force(connection, viewer.study_id).codebook
    books = _books(connection, viewer)
    gone = [code for book in books for code in kept.retired_codes(connection, book.id)]
    undecided = [p.code for p in proposed.proposals(connection, viewer) if p.outcome != "accepted"]
    codes = list(known.codes)
    for code in (*gone, *undecided):
        codes = proposed.placed(codes, code)
    return replace(known, codes=tuple(codes))


def codes_now(engine: Engine, actor: Member) -> Codebook:
    """The codes of all codebooks of the study as one, those of the first codebook first."""
    with reading(engine) as connection:
        return codes_in_force(connection, actor.study_id).codebook


def codes_known(engine: Engine, actor: Member) -> Codebook:
    """The same, with proposed codes that the person may see, and with retired ones."""
    with reading(engine) as connection:
        return codes_ever(connection, actor)


def codes_offered(connection: Connection, actor: Member, in_round: Round | None = None) -> StoredCodebook:
    """The codes that a person may give to a passage now: of all codebooks, and those they proposed.

    In a round they are those of the codebooks as they were when it was opened, and what the person
    proposed in it. ``version_of`` of the answer says under which version a coding is made.
    """
    study_id = actor.study_id
    books = (
        kept.list_codebooks(connection, study_id)
        if in_round is None
        else kept.codebooks_of_round(connection, in_round.id)
    )
    if not books:
        codebook_in_force(connection, study_id)
    own = [p for p in proposed.proposals(connection, actor) if _may_code_with(p, actor, in_round)]
    return proposed.with_proposals(kept.put_together(books), own)


def _may_code_with(proposal: Proposal, actor: Member, in_round: Round | None) -> bool:
    """Own proposals; those made in a round only in it, so that no one else can come across them."""
    if proposal.author_id != actor.id or proposal.outcome is not None:
        return False
    return proposal.round_id is None or (in_round is not None and proposal.round_id == in_round.id)


# --- changes of a codebook ----------------------------------------------------------------------------


def add_code(
    engine: Engine,
    actor: Member,
    *,
    label: str,
    parent: str | None,
    key: str | None = None,
    definition: str = "",
    include: str = "",
    exclude: str = "",
    language: str = "en",
    reason: str = "",
    codebook_id: UUID | None = None,
    based_on: int | None = None,
) -> StoredCodebook:
    """Add a code; the codebook gets a new version."""

    def change(codebook: Codebook, taken: Sequence[str]) -> Codebook:
        above = None if parent is None else hierarchy.resolve(codebook, parent).key
        return hierarchy.add_code(
            codebook,
            key=key or free_key(codebook, above, label, taken),
            label={language: label},
            parent=above,
            definition=definition,
            include=include,
            exclude=exclude,
        )

    return _change(engine, actor, change, reason, names=[parent], codebook_id=codebook_id, based_on=based_on)


def rename_code(
    engine: Engine,
    actor: Member,
    code: str,
    *,
    label: Mapping[str, str],
    reason: str = "",
    based_on: int | None = None,
) -> StoredCodebook:
    """Rename a code; the codebook gets a new version, and codings keep the code."""

    def change(codebook: Codebook, _taken: Sequence[str]) -> Codebook:
        return hierarchy.rename_code(codebook, hierarchy.resolve(codebook, code).key, label=label)

    return _change(engine, actor, change, reason, names=[code], based_on=based_on)


def edit_code(
    engine: Engine,
    actor: Member,
    code: str,
    *,
    label: Mapping[str, str] | None = None,
    terms: Mapping[str, Sequence[str]] | None = None,
    texts: Mapping[str, str] | None = None,
    reason: str = "",
    based_on: int | None = None,
) -> StoredCodebook:
    """Describe a code otherwise: labels, terms, definition, include, exclude, colour and the like."""

    def change(codebook: Codebook, _taken: Sequence[str]) -> Codebook:
        key = hierarchy.resolve(codebook, code).key
        return hierarchy.edit_code(codebook, key, label=label, terms=terms, **(texts or {}))

    return _change(engine, actor, change, reason, names=[code], based_on=based_on)


def move_code(
    engine: Engine,
    actor: Member,
    code: str,
    *,
    parent: str | None,
    before: str | None = None,
    reason: str = "",
    based_on: int | None = None,
) -> StoredCodebook:
    """Put a code, and all under it, under another one or at another place among its neighbours."""

    def change(codebook: Codebook, _taken: Sequence[str]) -> Codebook:
        key = hierarchy.resolve(codebook, code).key
        above = None if parent is None else hierarchy.resolve(codebook, parent).key
        beside = None if before is None else hierarchy.resolve(codebook, before).key
        return hierarchy.move_code(codebook, key, parent=above, before=beside)

    return _change(
        engine, actor, change, reason, names=[code, parent], based_on=based_on, tells={"moved": code}
    )


def retire_code(
    engine: Engine, actor: Member, code: str, *, reason: str = "", based_on: int | None = None
) -> StoredCodebook:
    """Take a code out of the codebook. Codings that bear it keep it, and are listed to be looked at again."""

    def change(codebook: Codebook, _taken: Sequence[str]) -> Codebook:
        return hierarchy.retire_code(codebook, hierarchy.resolve(codebook, code).key)

    return _change(engine, actor, change, reason, names=[code], based_on=based_on)


def write_rules(
    engine: Engine,
    actor: Member,
    rules: Iterable[str],
    *,
    reason: str = "",
    codebook_id: UUID | None = None,
    based_on: int | None = None,
) -> StoredCodebook:
    """Set the boundary rules of a codebook."""
    listed = tuple(rule.strip() for rule in rules if rule.strip())

    def change(codebook: Codebook, _taken: Sequence[str]) -> Codebook:
        if codebook.rules == listed:
            raise CodebookError("The boundary rules say that already.")
        return replace(codebook, rules=listed, version=codebook.version + 1)

    return _change(engine, actor, change, reason, names=[], codebook_id=codebook_id, based_on=based_on)


def place_in_rollup(
    engine: Engine,
    actor: Member,
    code: str,
    *,
    rollup: str,
    group: str | None,
    reason: str = "",
    based_on: int | None = None,
) -> StoredCodebook:
    """Let a code count in another group of a reporting roll-up than the code above it; None takes it back."""

    def change(codebook: Codebook, _taken: Sequence[str]) -> Codebook:
        key = hierarchy.resolve(codebook, code).key
        return hierarchy.place_in_group(codebook, key, rollup=rollup, group=group)

    return _change(engine, actor, change, reason, names=[code], based_on=based_on)


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
        _refuse_in_copy(connection, actor)
        stored = codebook_in_force(connection, actor.study_id, codebook_id)
        _refuse_stale(connection, stored, based_on)
        versions = kept.codebook_versions(connection, stored.id)
        wanted = next((version for version in versions if version.number == number), None)
        if wanted is None:
            raise NotThere(
                f"{stored.codebook.name} has no version {number}; the newest is {versions[-1].number}."
            )
        earlier = kept.codebook_version(connection, wanted.id).codebook
        return kept.add_codebook_version(
            connection,
            stored,
            hierarchy.restore_version(stored.codebook, earlier),
            actor=actor,
            reason=reason,
            detail={"restores": number},
        )


def free_key(codebook: Codebook, parent: str | None, label: str, taken: Iterable[str]) -> str:
    """An id for a new code that no code of the study has or had."""
    known = {code.key for code in codebook.codes}
    strangers = tuple(Code(uuid4(), key, {"en": key}) for key in taken if key not in known)
    return hierarchy.next_key(replace(codebook, codes=(*codebook.codes, *strangers)), parent, label)


def book_of(
    connection: Connection, actor: Member, names: Iterable[str | None], codebook_id: UUID | None = None
) -> StoredCodebook:
    """The codebook that a change is of: the one named, else the one that has the codes, else the first."""
    if codebook_id is None:
        wanted = [name for name in names if name is not None]
        for stored in _books(connection, actor):
            if wanted and all(_has(stored.codebook, name) for name in wanted):
                return stored
    return codebook_in_force(connection, actor.study_id, codebook_id)


def store_change(
    connection: Connection,
    actor: Member,
    stored: StoredCodebook,
    changed: Codebook,
    *,
    reason: str,
    detail: Mapping[str, Any] | None = None,
    also: Sequence[Any] = (),
) -> StoredCodebook:
    """Store a next version, unless it gives a code an id that another code of the study has or had."""
    _refuse_in_copy(connection, actor)
    owners = {key: code_id for code_id, key in kept.code_keys(connection, actor.study_id).items()}
    before = {code.id: code.key for code in stored.codebook.codes}
    for code in changed.codes:
        if before.get(code.id) != code.key and owners.get(code.key, code.id) != code.id:
            raise CodebookError(
                f"'{code.key}' is the id of another code that the study has or had. Choose another id."
            )
    return kept.add_codebook_version(
        connection, stored, changed, actor=actor, reason=reason, detail=detail, also=also
    )


def _refuse_in_copy(connection: Connection, actor: Member) -> None:
    """Raise where the study came out of a package: what is coded by a codebook of its own cannot go back."""
    if last_assignment(connection, actor) is not None:
        raise NotAllowed(
            "This study came out of a package: its codebook is the team's. Propose the code while you code."
        )


def refuse_stale(connection: Connection, stored: StoredCodebook, based_on: int | None) -> None:
    """Raise `CodebookChanged` where somebody made a version after the one that a change is based on."""
    _refuse_stale(connection, stored, based_on)


def _change(
    engine: Engine,
    actor: Member,
    change: Callable[[Codebook, Sequence[str]], Codebook],
    reason: str,
    *,
    names: Iterable[str | None],
    codebook_id: UUID | None = None,
    based_on: int | None = None,
    tells: Mapping[str, str] | None = None,
) -> StoredCodebook:
    """Store a change as the next version; ``tells`` names codes that its event shall name by their ids."""
    with writing(engine) as connection:
        stored = book_of(connection, actor, names, codebook_id)
        _refuse_stale(connection, stored, based_on)
        taken = list(kept.code_keys(connection, actor.study_id).values())
        changed = change(stored.codebook, taken)
        named = {
            what: hierarchy.resolve(stored.codebook, code).id.hex for what, code in (tells or {}).items()
        }
        return store_change(connection, actor, stored, changed, reason=reason, detail=named)


def _refuse_stale(connection: Connection, stored: StoredCodebook, based_on: int | None) -> None:
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


def _books(connection: Connection, actor: Member) -> list[StoredCodebook]:
    return kept.list_codebooks(connection, actor.study_id)


def _has(codebook: Codebook, name: str) -> bool:
    try:
        hierarchy.resolve(codebook, name)
    except UnknownCode:
        return False
    return True


# --- counts, tree and history -------------------------------------------------------------------------


def code_counts(engine: Engine, actor: Member) -> Counter[str]:
    """How many codings of each code the person may see."""
    with reading(engine) as connection:
        return _counts(connection, actor)


def code_tree(engine: Engine, actor: Member, codebook_id: UUID | None = None) -> list[CodeLine]:
    """The codes of a codebook in the order of the tree, with the codings that the person may see.

    After the tree come codes that are not in it and yet are named: those proposed, and those retired
    of which the person may see a coding.
    """
    with reading(engine) as connection:
        stored = codebook_in_force(connection, actor.study_id, codebook_id)
        counts = _counts(connection, actor)
        colours = _level_colours(_books(connection, actor))
        gone = kept.retired_codes(connection, stored.id)
        undecided = [
            p.code
            for p in proposed.proposals(connection, actor)
            if p.codebook_id == stored.id and (p.outcome is None or counts[p.code.key])
            if p.code.id not in {code.id for code in (*stored.codebook.codes, *gone)}
        ]
    codebook = stored.codebook
    tree = [
        line
        for level in hierarchy.children(codebook, None)
        for line in _branch(codebook, level, colours[level.id], 0, counts)
    ]
    outside_of: tuple[tuple[State, list[Code]], ...] = (("proposed", undecided), ("retired", gone))
    outside = [
        CodeLine(code, 0, _colour_of(codebook, code, colours), counts[code.key], counts[code.key], state)
        for state, codes in outside_of
        for code in codes
        if state == "proposed" or counts[code.key]
    ]
    return [*tree, *outside]


def rolled_up(
    engine: Engine,
    actor: Member,
    rollup: str,
    *,
    exceptions: Mapping[str, str] | None = None,
    codebook_id: UUID | None = None,
) -> dict[str | None, int]:
    """The codings that a person may see by the groups of a reporting roll-up; None: in no group.

    A theme counts in the group that names it, else in that of the code above it; ``exceptions``
    places single themes otherwise for this once.
    """
    with reading(engine) as connection:
        stored = codebook_in_force(connection, actor.study_id, codebook_id)
        named = {code.key for code in (*stored.codebook.codes, *kept.retired_codes(connection, stored.id))}
        counts = {key: n for key, n in _counts(connection, actor).items() if key in named}
    return hierarchy.rolled_up(stored.codebook, counts, rollup, exceptions=exceptions)


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
        changes = (
            what_changed(books[number - 1], books[number], merged=merged, split=split, moved=moved)
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


def _level_colours(books: Iterable[StoredCodebook]) -> dict[UUID, int]:
    """The number of the colour of each level; the coding screen colours by the same rule."""
    levels = [level for book in books for level in hierarchy.children(book.codebook, None)]
    keys = {level.key for level in levels}
    spare = [number for number, key in enumerate(LEVELS) if key not in keys] or list(range(len(LEVELS)))
    others = [level for level in levels if level.key not in LEVELS]
    told = {level.id: LEVELS.index(level.key) for level in levels if level.key in LEVELS}
    return told | {level.id: spare[number % len(spare)] for number, level in enumerate(others)}


def _counts(connection: Connection, actor: Member) -> Counter[str]:
    keys = kept.code_keys(connection, actor.study_id)
    return Counter(keys[row.code_id] for row in connection.execute(visible_codings(actor)))


def _branch(
    codebook: Codebook, code: Code, level: int, depth: int, counts: Mapping[str, int]
) -> list[CodeLine]:
    below = [
        line
        for child in hierarchy.children(codebook, code.key)
        for line in _branch(codebook, child, level, depth + 1, counts)
    ]
    own = counts.get(code.key, 0)
    total = own + sum(line.codings for line in below if line.depth == depth + 1)
    return [CodeLine(code, depth, level, total, own), *below]


def _colour_of(codebook: Codebook, code: Code, colours: Mapping[UUID, int]) -> int:
    """The colour of the level under which a code that is not in the tree stood, or would stand."""
    if code.parent is None or not _has(codebook, code.parent):
        return colours.get(code.id, 0)
    return colours[hierarchy.level_of(codebook, code.parent).id]


# --- files --------------------------------------------------------------------------------------------


def export_codebook(
    engine: Engine, actor: Member, path: Path, format: Format, *, codebook_id: UUID | None = None
) -> Codebook:
    """Write the current version of a codebook to a file."""
    with reading(engine) as connection:
        codebook = codebook_in_force(connection, actor.study_id, codebook_id).codebook
    write_codebook(codebook, path, format)
    return codebook


def codebook_file(engine: Engine, actor: Member, format: Format, *, codebook_id: UUID | None = None) -> bytes:
    """The current version of a codebook as the bytes of a file."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "codebook"
        export_codebook(engine, actor, path, format, codebook_id=codebook_id)
        return path.read_bytes()


def crosswalk_file(engine: Engine, actor: Member, *, codebook_id: UUID | None = None) -> bytes:
    """The counterparts of each code in TICD and CFIR 2022, as the bytes of a CSV table."""
    with reading(engine) as connection:
        codebook = codebook_in_force(connection, actor.study_id, codebook_id).codebook
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "crosswalk.csv"
        rows = [(code.key, code.name(), code.ticd, code.cfir2022) for code in codebook.codes]
        write_rows(path, ("code", "label", "ticd", "cfir2022"), rows)
        return path.read_bytes()


# --- question, decisions, examples --------------------------------------------------------------------


def question_of(engine: Engine, actor: Member, codebook_id: UUID | None = None) -> str:
    """The research question of a codebook; empty where none was written."""
    with reading(engine) as connection:
        return codebook_notes.question_of(
            connection, codebook_in_force(connection, actor.study_id, codebook_id).id
        )


def ask_question(engine: Engine, actor: Member, text: str, *, codebook_id: UUID | None = None) -> None:
    """Set the research question of a codebook; an empty text takes it away."""
    with writing(engine) as connection:
        stored = codebook_in_force(connection, actor.study_id, codebook_id)
        codebook_notes.ask_question(connection, stored.id, text.strip(), actor=actor)


def decisions_of(engine: Engine, actor: Member, codebook_id: UUID | None = None) -> list[Decision]:
    """How the team settled what belongs where, newest first."""
    with reading(engine) as connection:
        stored = codebook_in_force(connection, actor.study_id, codebook_id)
        return codebook_notes.decisions_of(connection, stored.id)


def add_decision(
    engine: Engine,
    actor: Member,
    text: str,
    *,
    code: str | None = None,
    codebook_id: UUID | None = None,
) -> UUID:
    """Write down how something was settled, for a code or for the whole codebook."""
    if not text.strip():
        raise UserFacingError("Write what was decided.")
    with writing(engine) as connection:
        stored = book_of(connection, actor, [code], codebook_id)
        code_id = None if code is None else hierarchy.resolve(stored.codebook, code).id
        return codebook_notes.add_decision(connection, stored.id, text.strip(), actor=actor, code_id=code_id)


def retire_decision(engine: Engine, actor: Member, decision_id: UUID) -> None:
    """Take a decision back; it stays in the history."""
    with writing(engine) as connection:
        known = [
            decision.id
            for book in _books(connection, actor)
            for decision in codebook_notes.decisions_of(connection, book.id)
        ]
        if decision_id not in known:
            raise NotThere("This decision was taken back already.")
        codebook_notes.retire_note(connection, tables.codebook_decision, decision_id, actor=actor)


def examples_of(engine: Engine, actor: Member, code: str) -> list[Example]:
    """The real quotes that stand as examples of a code, as far as the person may see them."""
    with reading(engine) as connection:
        return codebook_notes.examples_of(connection, actor, _code_id(connection, actor, code))


def add_example(engine: Engine, actor: Member, coding_id: UUID) -> UUID:
    """Let the passage of a coding that the person may see stand as an example of its code."""
    with writing(engine) as connection:
        held = live_coding(connection, coding_id)
        visible = visible_codings(actor).where(tables.coding.c.id == (coding_id if held is None else held.id))
        row = connection.execute(visible).first()
        if row is None:
            raise NotThere("This coding is not there any more. Choose another quote.")
        known = codebook_notes.examples_of(connection, actor, row.code_id)
        if any((e.quote, e.start_char) == (row.quote, row.start_char) for e in known):
            raise UserFacingError("This quote is an example already.")
        return codebook_notes.add_example(connection, row, actor=actor)


def retire_example(engine: Engine, actor: Member, example_id: UUID) -> None:
    """Take an example away."""
    with writing(engine) as connection:
        keys = kept.code_keys(connection, actor.study_id)
        known = {
            example.id
            for code_id in keys
            for example in codebook_notes.examples_of(connection, actor, code_id)
        }
        if example_id not in known:
            raise NotThere("This example was taken away already.")
        codebook_notes.retire_note(connection, tables.code_example, example_id, actor=actor)


def _code_id(connection: Connection, actor: Member, code: str) -> UUID:
    return hierarchy.resolve(codes_ever(connection, actor), code).id


# --- proposals ----------------------------------------------------------------------------------------


def propose_code(
    engine: Engine,
    actor: Member,
    *,
    label: str,
    parent: str | None = None,
    language: str = "en",
    round_name: str | None = None,
    definition: str = "",
) -> Code:
    """Propose a code while coding; its author can give it to passages at once.

    While a blind round is open, a code proposed in it is seen by its author alone, and only the
    documents of the round can be coded with it. Who is in an open blind round and names none
    proposes in that one. The team decides on it after the reveal.

    Parameters
    ----------
    parent : str, optional
        The code under which it shall stand, by id or label.
    round_name : str, optional
        The open round that it is proposed in.

    Raises
    ------
    UserFacingError
        If no label is given, or the person may see a code of this name under the same parent.
    """
    label = " ".join(label.split())
    if not label:
        raise UserFacingError("A code needs a label: the name under which coders look for it.")
    with writing(engine) as connection:
        in_round = _round_of_proposal(connection, actor, round_name)
        offered = codes_offered(connection, actor, in_round)
        above = None if parent is None else hierarchy.resolve(offered.codebook, parent)
        _refuse_same_name(offered.codebook, above, label)
        stored = book_of(connection, actor, [None if above is None else above.key])
        mine = [p.code for p in proposed.proposals(connection, actor) if p.author_id == actor.id]
        taken = [*(code.key for code in (*offered.codebook.codes, *mine))]
        code = Code(
            uuid4(),
            _own_key(offered.codebook, above, label, actor, taken),
            {language: label},
            None if above is None else above.key,
            definition.strip(),
        )
        proposed.add_proposal(
            connection,
            code,
            actor=actor,
            codebook_id=stored.id,
            parent_id=None if above is None else above.id,
            round_id=None if in_round is None else in_round.id,
        )
        return code


def proposals_of(engine: Engine, actor: Member) -> list[ProposalLine]:
    """The codes that were proposed, as far as the person may see them, oldest first."""
    with reading(engine) as connection:
        names = {found.id: found.name for found in rounds.rounds(connection, actor.study_id)}
        counts = _counts(connection, actor)
        return [
            ProposalLine(p, names[p.round_id] if p.round_id else "", counts[p.code.key])
            for p in proposed.proposals(connection, actor)
        ]


def accept_proposal(
    engine: Engine,
    actor: Member,
    proposal_id: UUID,
    *,
    key: str | None = None,
    label: Mapping[str, str] | None = None,
    parent: str | None = None,
    definition: str = "",
    reason: str = "",
    based_on: int | None = None,
) -> StoredCodebook:
    """Take a proposed code into its codebook; the codings that bear it keep it."""
    with writing(engine) as connection:
        proposal = undecided_proposal(connection, actor, proposal_id)
        stored = codebook_in_force(connection, actor.study_id, proposal.codebook_id)
        _refuse_stale(connection, stored, based_on)
        book = stored.codebook
        wanted = parent or proposal.code.parent
        above = hierarchy.resolve(book, wanted).key if wanted and _has(book, wanted) else None
        names = {**proposal.code.label, **(label or {})}
        taken = kept.code_keys(connection, actor.study_id).values()
        changed = hierarchy.add_code(
            book,
            key=key or free_key(book, above, next(iter(names.values())), taken),
            label=names,
            parent=above,
            definition=definition or proposal.code.definition,
        )
        known = {code.id for code in book.codes}
        codes = tuple(c if c.id in known else replace(c, id=proposal.code.id) for c in changed.codes)
        return store_change(
            connection,
            actor,
            stored,
            replace(changed, codes=codes),
            reason=reason,
            detail={"accepted": proposal.id.hex},
            also=[proposed.decision_row(proposal, "accepted")],
        )


def decline_proposal(engine: Engine, actor: Member, proposal_id: UUID, *, reason: str = "") -> None:
    """Leave a proposed code out. Codings that bear it keep it, and are listed to be looked at again."""
    with writing(engine) as connection:
        proposal = undecided_proposal(connection, actor, proposal_id)
        proposed.decide(connection, proposal, "declined", actor=actor, reason=reason)


def withdraw_proposal(engine: Engine, actor: Member, proposal_id: UUID) -> None:
    """Take back a code that one proposed oneself, as long as no coding of one's own bears it."""
    with writing(engine) as connection:
        mine = [p for p in proposed.proposals(connection, actor) if p.author_id == actor.id]
        proposal = next((p for p in mine if p.id == proposal_id and p.outcome is None), None)
        if proposal is None:
            raise NotThere("This is no proposal of yours that could be withdrawn.")
        if _counts(connection, actor)[proposal.code.key]:
            raise UserFacingError("Codings of yours bear this code. Give them another code first.")
        proposed.withdraw(connection, proposal, actor=actor)


def undecided_proposal(connection: Connection, actor: Member, proposal_id: UUID) -> Proposal:
    """A proposal that the team can decide on now.

    Raises
    ------
    NotThere
        If there is none, or the person may not see it yet.
    NotAllowed
        If its round is not revealed, or it was decided on.
    """
    found = next((p for p in proposed.proposals(connection, actor) if p.id == proposal_id), None)
    if found is None:
        raise NotThere("This proposal is not there, or its round is not revealed yet.")
    if found.outcome is not None:
        raise NotAllowed(f"'{found.code.name()}' was {found.outcome} already.")
    open_rounds = {r.id: r for r in rounds.rounds(connection, actor.study_id) if not r.revealed}
    if found.round_id in open_rounds:
        raise NotAllowed(
            f"'{found.code.name()}' was proposed in the round '{open_rounds[found.round_id].name}'. "
            "It can be decided on when the round is revealed."
        )
    return found


def _round_of_proposal(connection: Connection, actor: Member, name: str | None) -> Round | None:
    own = [
        found
        for found in rounds.rounds(connection, actor.study_id)
        if not found.revealed and actor.id in {coder.id for coder in found.coders}
    ]
    if name is None:
        return next((found for found in reversed(own) if found.blind), None)
    found = next((found for found in own if found.name == name), None)
    if found is None:
        raise NotThere(f"You do not code in an open round '{name}'.")
    return found


def _refuse_same_name(codebook: Codebook, above: Code | None, label: str) -> None:
    parent = None if above is None else above.key
    same = [
        c for c in hierarchy.children(codebook, parent) if _folded(label) in map(_folded, c.label.values())
    ]
    if same:
        raise UserFacingError(f"'{label}' is there already: {same[0].key}. Use that code.")


def _own_key(codebook: Codebook, above: Code | None, label: str, actor: Member, taken: Sequence[str]) -> str:
    """An id that two who propose the same without knowing of each other do not share."""
    stem = hierarchy.next_key(
        replace(codebook, codes=tuple(c for c in codebook.codes if "~" not in c.key)),
        None if above is None or "~" in above.key else above.key,
        label,
    )
    name = re.sub(r"\W+", "", _folded(actor.name)) or actor.id.hex[:6]
    candidates = (f"{stem}~{name}{'' if n == 1 else n}" for n in range(1, len(taken) + 2))
    return next(key for key in candidates if key not in taken)


def _folded(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return " ".join("".join(c for c in decomposed if not unicodedata.combining(c)).split())
