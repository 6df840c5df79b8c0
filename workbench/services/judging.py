"""What each researcher judges alone, behind a lock, and as files."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Engine

from codebook.hierarchy import knows, resolve
from codebook.models import Codebook
from corpus.errors import UserFacingError
from store import findings as kept
from store import ratings
from store.engine import reading, writing
from store.events import entity_of
from store.judgement_history import judgements_ever
from store.studies import Member, members
from triangulation.convergence import parse_code, parse_meaning, parse_part
from triangulation.judging import Pair, Silence, silent_of
from triangulation.matrix import is_judged
from triangulation.models import (
    Judgement,
    Row,
)
from triangulation.tables import (
    EXPECTED,
    SILENCES,
    JudgementRow,
    RefusedRow,
    read_judgements,
    write_judgements,
)
from workbench.services.codebooks import codes_ever
from workbench.services.errors import NotAllowed, NotThere
from workbench.services.findings import RowsImported
from workbench.services.matrix_rows import by_row, source_labels, source_named, stored_row, theme_named
from workbench.services.protocol import refuse_pair_outside, refuse_unless_judge
from workbench.services.ratings import refuse_if_locked
from workbench.services.studies import member_named

PART_NAMES = ("meaning", "prominence", "coverage", "examples")

_STILL_JUDGING = (
    "{name} judges in Trigpoint and has not locked; only {name} can import judgements of {name} now"
)


def judge_existence(engine: Engine, actor: Member, *, row: Row, source: str, speaks: bool) -> None:
    """Say whether a source speaks on a row, in one's own view."""
    with writing(engine) as connection:
        refuse_if_locked(connection, actor)
        kept.judge_existence(
            connection,
            actor=actor,
            researcher=actor,
            row_id=stored_row(connection, actor, row),
            source_id=source_named(connection, actor, source).id,
            speaks=speaks,
        )


def judge_pair(
    engine: Engine,
    actor: Member,
    *,
    row: Row,
    source_a: str,
    source_b: str,
    meaning: str | None = None,
    prominence: str | None = None,
    coverage: str | None = None,
    examples: str | None = None,
    assigned: str | None = None,
    silence: str | None = None,
    expected: str | None = None,
    reason: str = "",
    operation_id: UUID | None = None,
) -> None:
    """Compare two sources on a row: the four parts, or a code with a reason.

    Until the lock the last word counts.
    """
    if source_a == source_b:
        raise UserFacingError(f"'{source_a}' cannot be compared with itself.")
    parts = _checked(meaning, prominence, coverage, examples, assigned, silence, expected, reason)
    with writing(engine) as connection:
        if operation_id is not None and entity_of(connection, operation_id) is not None:
            return
        refuse_if_locked(connection, actor)
        _keep_pair(connection, actor, row, (source_a, source_b), parts, operation_id=operation_id)


def judge_row(
    engine: Engine,
    actor: Member,
    *,
    row: Row,
    pairs: Sequence[Pair],
    meaning: str | None = None,
    prominence: str | None = None,
    coverage: str | None = None,
    examples: str | None = None,
    assigned: str | None = None,
    reason: str = "",
    again: bool = False,
) -> tuple[Pair, ...]:
    """One comparison for several pairs of a row; exceptions are judged afterwards, pair by pair.

    Parameters
    ----------
    pairs : sequence of (str, str)
        Those in which both sources speak, as the researcher sees it.
    again : bool
        Judge pairs anew that the researcher has judged before; else they stay as they are.

    Returns
    -------
    tuple of (str, str)
        The pairs that were judged.
    """
    parts = _checked(meaning, prominence, coverage, examples, assigned, None, None, reason)
    with writing(engine) as connection:
        refuse_if_locked(connection, actor)
        before = _own_on(connection, actor, row)
        wanted = [pair for pair in pairs if again or not is_judged(before.get(_sorted(pair)))]
        for pair in wanted:
            _keep_pair(connection, actor, row, pair, parts)
    return tuple(wanted)


def confirm_who_speaks(
    engine: Engine,
    actor: Member,
    *,
    row: Row,
    speaks: Mapping[str, bool],
    silences: Mapping[str, Silence] | None = None,
    pairs: Sequence[Pair] = (),
) -> None:
    """Say of all sources at once whether they speak on a row, and why the silent ones do not.

    Parameters
    ----------
    silences : mapping, optional
        Silent source → what its silence is; it is kept with every pair in which the other speaks.
    pairs : sequence of (str, str)
        The pairs that are compared.
    """
    said = silences or {}
    for silence in said.values():
        _refuse_other_words(silence)
    with writing(engine) as connection:
        refuse_if_locked(connection, actor)
        before = _own_on(connection, actor, row)
        row_id = stored_row(connection, actor, row)
        for source, yes in speaks.items():
            source_id = source_named(connection, actor, source).id
            kept.judge_existence(
                connection, actor=actor, researcher=actor, row_id=row_id, source_id=source_id, speaks=yes
            )
        for pair in pairs:
            silent = silent_of(pair, speaks)
            if silent is None or silent not in said:
                continue
            held = before.get(_sorted(pair))
            words = {
                "silence": said[silent].kind,
                "expected": said[silent].expected,
                "reason": said[silent].reason.strip(),
            }
            if held is not None or any(words.values()):
                parts = dict.fromkeys((*PART_NAMES, "assigned")) if held is None else _parts(held)
                _keep_pair(connection, actor, row, pair, {**parts, **words})


def lock_judgements(engine: Engine, actor: Member) -> None:
    """Fix one's judgements, and from then on read those of others who have locked theirs."""
    with writing(engine) as connection:
        if actor.id in kept.locked_researchers(connection, actor.study_id):
            return
        refuse_unless_judge(connection, actor)
        if actor.id not in kept.judging_researchers(connection, actor.study_id):
            raise UserFacingError("You have judged nothing yet. Judge first, then lock.")
        kept.lock_judgements(connection, actor=actor, researcher=actor)


def reopen_judgements(engine: Engine, actor: Member, researcher: str, *, reason: str) -> None:
    """Let a researcher go on judging; the lead's decision, with its reason."""
    if not actor.is_lead:
        raise NotAllowed("Only the lead of the study can reopen judgements.")
    if not reason.strip():
        raise UserFacingError("Reopening needs a reason; it will stand in the log.")
    with writing(engine) as connection:
        member = next((m for m in members(connection, actor.study_id) if m.name == researcher), None)
        if member is None or member.id not in kept.locked_researchers(connection, actor.study_id):
            raise NotThere(f"{researcher} has not locked any judgements.")
        kept.unlock_judgements(connection, actor=actor, researcher=member, reason=reason)


def import_judgements(
    engine: Engine, actor: Member, path: Path, *, create_sources: bool = False
) -> RowsImported:
    """Read judgements that were made elsewhere, each as its researcher's own, and lock them.

    The lead may import for others, and with ``create_sources`` brings in sources and researchers
    that the file names. A pair that its researcher has judged before is refused, and so is every
    further judgement of a researcher who has locked: they may have seen those of others. Of another who
    judges in Trigpoint and has not locked, every row is refused alike: it would lock them, and tell what
    they have judged.
    """
    with writing(engine) as connection:
        book = codes_ever(connection, actor)
        rows, refused = read_judgements(
            path,
            resolve_theme=lambda name: theme_named(book, name),
            known_sources=None if create_sources else source_labels(connection, actor),
        )
        taken, late = 0, list(refused)
        people: dict[str, Member] = {}
        before: dict[UUID, set[tuple[UUID, UUID, UUID]]] = {}
        judged: set[UUID] = set()
        still_judging = kept.judging_researchers(connection, actor.study_id) - kept.locked_researchers(
            connection, actor.study_id
        )
        for row in rows:
            try:
                with connection.begin_nested():
                    researcher = _judge(connection, actor, row, people, create=create_sources)
                if researcher.id in still_judging - {actor.id}:
                    raise NotAllowed(_STILL_JUDGING.format(name=researcher.name))
                if researcher.id not in before:
                    before[researcher.id] = kept.judged_pairs(connection, researcher)
                with connection.begin_nested():
                    _keep_judgement(connection, actor, researcher, row, book, before[researcher.id])
                judged.add(researcher.id)
                taken += 1
            except UserFacingError as error:
                late.append(RefusedRow(row.number, str(error)))
        for member in people.values():
            if member.id in judged:
                kept.lock_judgements(connection, actor=actor, researcher=member)
    return RowsImported(taken, by_row(late))


def export_judgements(engine: Engine, actor: Member, path: Path) -> int:
    """Write the judgements that the person may read; returns how many."""
    with reading(engine) as connection:
        existences, judgements = kept.visible_judgements(connection, actor)
        rated, importances = ratings.visible_ratings(connection, actor)
    return write_judgements(path, judgements, existences, rated, importances)


@dataclass(frozen=True)
class PastJudgement:
    """A judgement with its moment; ``holds`` is False where its researcher judged anew later."""

    at: dt.datetime
    holds: bool
    judgement: Judgement


def history_of(engine: Engine, actor: Member, row: Row, pair: tuple[str, str]) -> tuple[PastJudgement, ...]:
    """Every judgement of a pair on a row by those whose judgements the person may read, first ones first."""
    with reading(engine) as connection:
        book = codes_ever(connection, actor)
        if not knows(book, row.theme):
            return ()
        theme = resolve(book, row.theme)
        told = judgements_ever(connection, actor, row=row, theme=theme, pair=pair)
        return tuple(PastJudgement(*one) for one in told)


def is_locked(engine: Engine, actor: Member) -> bool:
    """Whether the person has locked their judgements."""
    with reading(engine) as connection:
        return actor.id in kept.locked_researchers(connection, actor.study_id)


def _checked(
    meaning: str | None,
    prominence: str | None,
    coverage: str | None,
    examples: str | None,
    assigned: str | None,
    silence: str | None,
    expected: str | None,
    reason: str,
) -> dict[str, Any]:
    """The values of a comparison as they are stored; a code of one's own needs its reason."""
    code = parse_code(assigned) if assigned else None
    if code is not None and not reason.strip():
        raise UserFacingError("A code that you assign yourself needs a reason.")
    _refuse_other_words(Silence(silence, expected))
    return {
        "meaning": parse_meaning(meaning),
        "prominence": parse_part(prominence),
        "coverage": parse_part(coverage),
        "examples": parse_part(examples),
        "assigned": code,
        "silence": silence,
        "expected": expected,
        "reason": reason.strip(),
    }


def _refuse_other_words(silence: Silence) -> None:
    for word, allowed in ((silence.kind, SILENCES), (silence.expected, EXPECTED)):
        if word is not None and word not in allowed:
            raise UserFacingError(f"'{word}' says nothing of a silence. Use one of {', '.join(allowed)}.")


def _keep_pair(
    connection: Connection,
    actor: Member,
    row: Row,
    pair: Pair,
    parts: Mapping[str, Any],
    *,
    operation_id: UUID | None = None,
) -> None:
    refuse_pair_outside(connection, *pair, actor=actor)
    first, second = _sorted(pair)
    kept.judge_pair(
        connection,
        actor=actor,
        researcher=actor,
        row_id=stored_row(connection, actor, row),
        source_a_id=source_named(connection, actor, first).id,
        source_b_id=source_named(connection, actor, second).id,
        parts=parts,
        operation_id=operation_id,
    )


def _own_on(connection: Connection, actor: Member, row: Row) -> dict[Pair, Judgement]:
    """What the person has judged on a row, by pair."""
    _, judgements = kept.visible_judgements(connection, actor)
    return {
        (judged.source_a, judged.source_b): judged
        for judged in judgements
        if judged.researcher == actor.name and judged.row == row
    }


def _sorted(pair: Pair) -> Pair:
    return min(pair), max(pair)


def _judge(
    connection: Connection, actor: Member, row: JudgementRow, people: dict[str, Member], *, create: bool
) -> Member:
    name = row.judgement.researcher
    if name not in people:
        known = {m.name: m for m in members(connection, actor.study_id)}
        if name != actor.name and not actor.is_lead:
            raise NotAllowed(f"only the lead can import judgements of others ({name})")
        if name not in known and not create:
            raise NotThere(f"{name} is not in this study; add them, or import with --create-sources")
        people[name] = known[name] if name in known else member_named(connection, actor, name)
    return people[name]


def _keep_judgement(
    connection: Connection,
    actor: Member,
    researcher: Member,
    row: JudgementRow,
    book: Codebook,
    before: set[tuple[UUID, UUID, UUID]],
) -> None:
    judgement = row.judgement
    refuse_unless_judge(connection, researcher)
    refuse_pair_outside(connection, judgement.source_a, judgement.source_b, actor=actor)
    row_id = stored_row(connection, actor, judgement.row, book)
    source_a = source_named(connection, actor, judgement.source_a, create=True).id
    source_b = source_named(connection, actor, judgement.source_b, create=True).id
    if (row_id, source_a, source_b) in before:
        raise UserFacingError(f"{researcher.name} has judged this pair before; the first judgement stays")
    if researcher.id in kept.locked_researchers(connection, actor.study_id):
        raise NotAllowed(f"{researcher.name} has locked their judgements; the lead can reopen them")
    for existence in row.existences:
        kept.judge_existence(
            connection,
            actor=actor,
            researcher=researcher,
            row_id=row_id,
            source_id=source_a if existence.source == judgement.source_a else source_b,
            speaks=existence.speaks,
        )
    for rating in row.ratings:
        ratings.rate_source(
            connection,
            actor=actor,
            researcher=researcher,
            row_id=row_id,
            source_id=source_a if rating.source == judgement.source_a else source_b,
            prominence=rating.prominence,
        )
    if row.importance is not None:
        held = row.importance.importance
        ratings.set_importance(connection, actor=actor, researcher=researcher, row_id=row_id, importance=held)
    kept.judge_pair(
        connection,
        actor=actor,
        researcher=researcher,
        row_id=row_id,
        source_a_id=source_a,
        source_b_id=source_b,
        parts=_parts(judgement),
    )


def _parts(judgement: Judgement) -> Mapping[str, Any]:
    names = (*PART_NAMES, "assigned", "silence", "expected", "reason")
    return {name: getattr(judgement, name) for name in names}
