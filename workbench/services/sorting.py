"""Step 1 of the protocol: the rows that findings stand in, sorting alone, and lists put side by side."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy import Connection, Engine

from codebook.hierarchy import resolve
from corpus.errors import UserFacingError
from store import findings as kept_findings
from store import rows as kept
from store import sorting as alone
from store import tables
from store.documents import sources
from store.engine import reading, writing
from store.events import events_of
from store.rows import Clash
from store.studies import Member, member_names, members
from store.visibility import hidden_entities, readable_researchers
from triangulation.alignment import Alignment, align_lists, likely_matches
from triangulation.models import Row
from workbench.services.codebooks import codes_ever
from workbench.services.errors import NotAllowed, NotThere
from workbench.services.matrix_rows import one_line, stored_row


@dataclass(frozen=True)
class Moved:
    """A row that goes on under another, in the words of both; ``mine`` where the person may undo it."""

    id: UUID
    kind: str
    row: Row
    into: Row
    mine: bool


@dataclass(frozen=True)
class Sorting:
    """How the team sorts, as one person may see it.

    ``locked`` and ``still_sorting`` name researchers where each sorts alone; both are empty where the
    team sorts together. ``alignment`` is None until everybody who sorts alone has locked.
    ``scopes`` are rows that speak of one group of participants alone.
    """

    is_alone: bool
    locked: tuple[str, ...]
    still_sorting: tuple[str, ...]
    is_locked: bool
    needs_reason: bool
    scopes: dict[Row, str]
    moves: tuple[Moved, ...]
    alignment: Alignment | None


@dataclass(frozen=True)
class LogLine:
    """What was done to a row, or to the sorting of a researcher: who, when, why.

    ``what`` is ``add``, ``remove``, ``rename``, ``merge``, ``match``, ``undo``, ``scope``, ``unscope``,
    ``lock`` or ``reopen``. Rows are None where it was not done to a row; ``researcher`` is empty where
    it was.
    """

    at: str
    person: str
    what: str
    row: Row | None
    into: Row | None
    researcher: str
    reason: str


def sorting_of(engine: Engine, actor: Member) -> Sorting:
    """How the team sorts: alone or together, who has locked, what was renamed, merged and matched."""
    with reading(engine) as connection:
        study_id = actor.study_id
        is_alone = alone.sorts_alone(connection, study_id)
        locked = alone.locked_sorters(connection, study_id) if is_alone else set()
        unfinished = _still_sorting(connection, study_id)
        people = [(m.id, m.name) for m in members(connection, study_id)]
        written = kept.rows_written(connection, study_id)
        hidden = hidden_entities(connection, actor)
        moves = [move for move in kept.live_moves(connection, study_id) if move.id not in hidden]
        return Sorting(
            is_alone=is_alone,
            locked=tuple(name for person, name in people if person in locked),
            still_sorting=tuple(name for person, name in people if person in unfinished),
            is_locked=actor.id in locked,
            needs_reason=_is_judged(connection, study_id),
            scopes=kept.scopes(connection, actor),
            moves=tuple(
                Moved(
                    move.id,
                    move.kind,
                    written[move.from_id],
                    written[move.to_id],
                    actor.is_lead or move.made_by == actor.id,
                )
                for move in moves
            ),
            alignment=_alignment(connection, actor) if is_alone and not unfinished else None,
        )


def candidates_for(engine: Engine, actor: Member, row: Row) -> tuple[Row, ...]:
    """The other rows that the person may see, those that may mean the same first; nothing is left out."""
    with reading(engine) as connection:
        return likely_matches(row, kept.listed_rows(connection, actor))


def rename_row(engine: Engine, actor: Member, row: Row, statement: str, *, reason: str = "") -> None:
    """Say a row in other words; everything that stands in it goes along.

    While researchers sort alone, a person's own findings go on under the new words, and nothing
    else changes.

    Raises
    ------
    UserFacingError
        If there are no words, a row in these words is there, or somebody has judged and no reason is given.
    """
    words = one_line(statement)
    if not words:
        raise UserFacingError("A row needs words: the statement that sources are compared on.")
    if not row.statement:
        raise UserFacingError(
            "The theme itself has no words of a row to change. Add a row under it, and merge into that."
        )
    if words == row.statement:
        return
    with writing(engine) as connection:
        row_id = _row_id(connection, actor, row)
        code_id = _code_id(connection, actor, row)
        if _still_sorting(connection, actor.study_id):
            _resort_own(connection, actor, row_id, Row(row.theme, words), reason)
            return
        _refuse_without_reason(connection, actor, reason)
        if (
            kept.rename_row(
                connection,
                row_id,
                code_id=code_id,
                statement=words,
                actor=actor,
                reason=reason.strip(),
            )
            is None
        ):
            raise UserFacingError(
                f"There is a row '{words}' under this theme. Merge this one into it instead."
            )


def merge_rows(
    engine: Engine, actor: Member, row: Row, *, into: Row, kind: str = "merge", reason: str = ""
) -> None:
    """Let a row go on under another; everything that stands in it is shown there.

    Parameters
    ----------
    kind : {"merge", "match"}
        Rows of researchers who sorted alone are matched, once all have locked.

    Raises
    ------
    UserFacingError
        If a researcher has judged the same on both rows differently, or judges alone still and might have.
    """
    if row == into:
        raise UserFacingError("A row cannot be merged with itself. Choose another.")
    with writing(engine) as connection:
        row_id, into_id = _row_id(connection, actor, row), _row_id(connection, actor, into)
        if _still_sorting(connection, actor.study_id):
            if kind == "match":
                raise UserFacingError("Lists are matched when everybody who sorts alone has locked.")
            _resort_own(connection, actor, row_id, into, reason)
            return
        _refuse_without_reason(connection, actor, reason)
        _refuse_clashes(connection, actor, row_id, into_id)
        kept.move_row(connection, row_id, to=into_id, kind=kind, actor=actor, reason=reason.strip())


def undo_move(engine: Engine, actor: Member, move_id: UUID, *, reason: str = "") -> None:
    """Undo a renaming, merging or matching; whoever did it or the lead may."""
    with writing(engine) as connection:
        hidden = hidden_entities(connection, actor)
        found = next(
            (
                move
                for move in kept.live_moves(connection, actor.study_id)
                if move.id == move_id and move.id not in hidden
            ),
            None,
        )
        if found is None:
            raise NotThere("This was undone already. Reload the page.")
        if found.made_by != actor.id and not actor.is_lead:
            raise NotAllowed("Only who did this, or the lead, can undo it.")
        _refuse_without_reason(connection, actor, reason)
        kept.undo_move(connection, found, actor=actor, reason=reason.strip())


def remove_row(engine: Engine, actor: Member, row: Row) -> None:
    """Undo adding a row in which nothing stands; adding it again brings it back."""
    with writing(engine) as connection:
        row_id = _row_id(connection, actor, row)
        now = kept.rows_now(connection, actor.study_id, viewer=actor)
        kept.unlist_row(connection, row_id, actor=actor)
        if row in kept.listed_rows(connection, actor) and now[row_id] == row:
            raise UserFacingError(
                "Something stands in this row. Take its findings back or merge it into another."
            )


def scope_row(engine: Engine, actor: Member, row: Row, group: str) -> None:
    """Say that a row speaks of one group of participants alone; an empty group takes that back."""
    with writing(engine) as connection:
        kept.scope_row(connection, _row_id(connection, actor, row), one_line(group), actor=actor)


def lock_sorting(engine: Engine, actor: Member) -> None:
    """Fix what one has sorted alone; from then on one reads the lists of others who have locked."""
    with writing(engine) as connection:
        if not alone.sorts_alone(connection, actor.study_id):
            raise UserFacingError(
                "This team sorts together, so there is nothing to lock. The protocol says who sorts how."
            )
        if actor.id not in alone.locked_sorters(connection, actor.study_id):
            alone.lock_sorting(connection, actor=actor)


def reopen_sorting(engine: Engine, actor: Member, researcher: str, *, reason: str) -> None:
    """Let a researcher go on sorting; the lead's decision, with its reason."""
    if not actor.is_lead:
        raise NotAllowed("Only the lead of the study can reopen what was sorted.")
    if not reason.strip():
        raise UserFacingError("Reopening needs a reason; it will stand in the log.")
    with writing(engine) as connection:
        member = next((m for m in members(connection, actor.study_id) if m.name == researcher), None)
        if member is None or member.id not in alone.locked_sorters(connection, actor.study_id):
            raise NotThere(f"{researcher} has not locked what they sorted.")
        alone.reopen_sorting(connection, member.id, actor=actor, reason=reason.strip())


def sorting_log(engine: Engine, actor: Member) -> list[LogLine]:
    """What was done to rows, and who locked and reopened, as far as the person may see it; oldest first."""
    with reading(engine) as connection:
        return list(_log(connection, actor))


#: Actions in the log → what they are called here.
_WHAT = {
    "row.add": "add",
    "row.list": "add",
    "row.drop": "remove",
    "row.rename": "rename",
    "row.merge": "merge",
    "row.match": "match",
    "row.unmove": "undo",
    "row.scope": "scope",
    "row.unscope": "unscope",
    "sorting.lock": "lock",
    "sorting.reopen": "reopen",
}


def _log(connection: Connection, actor: Member) -> Iterator[LogLine]:
    study_id = actor.study_id
    hidden = hidden_entities(connection, actor)
    names = dict(member_names(connection, study_id))
    written = kept.rows_written(connection, study_id)
    rows_of = _rows_in_the_log(connection, study_id)
    added = kept.rows_added(connection, study_id)
    locks = tables.sorting_locked
    locked = {
        row.id: row.researcher_id
        for row in connection.execute(sa.select(locks).where(locks.c.study_id == study_id))
    }
    for event in events_of(connection, study_id):
        if event.action not in _WHAT or (event.entity_id in hidden and event.actor_id != actor.id):
            continue
        came_along = event.entity_id not in added and not event.detail.get("listed")
        if event.action == "row.add" and came_along:
            continue
        row, into = (written.get(i) if i else None for i in rows_of.get(event.entity_id, (None, None)))
        if event.entity == "matrix_row":
            row = written[UUID(event.detail["row"]) if "row" in event.detail else event.entity_id]
        yield LogLine(
            event.at,
            names.get(event.actor_id, ""),
            _WHAT[event.action],
            row,
            into,
            names.get(locked[event.entity_id], "") if event.entity_id in locked else "",
            event.reason,
        )


def _rows_in_the_log(connection: Connection, study_id: UUID) -> dict[UUID, tuple[UUID, UUID | None]]:
    """The rows that moves and scopes are of, by the id of the move or scope."""
    move, scope = tables.row_move, tables.row_scope
    moves = connection.execute(sa.select(move).where(move.c.study_id == study_id))
    scoped = connection.execute(sa.select(scope).where(scope.c.study_id == study_id))
    return {m.id: (m.from_row_id, m.to_row_id) for m in moves} | {
        s.id: (s.matrix_row_id, None) for s in scoped
    }


def _alignment(connection: Connection, actor: Member) -> Alignment:
    themes = [code.key for code in codes_ever(connection, actor).codes]
    return align_lists(kept_findings.rows_sorted(connection, actor), themes=themes)


def _still_sorting(connection: Connection, study_id: UUID) -> set[UUID]:
    """Who sorts alone and has not locked; nobody where the team sorts together."""
    if not alone.sorts_alone(connection, study_id):
        return set()
    return alone.sorters(connection, study_id) - alone.locked_sorters(connection, study_id)


def _row_id(connection: Connection, actor: Member, row: Row) -> UUID:
    """The id of a row that the person sees, as it stands now."""
    if row not in kept.listed_rows(connection, actor):
        raise NotThere(f"There is no row '{row.statement or row.theme}'. Reload the page.")
    return stored_row(connection, actor, row)


def _code_id(connection: Connection, actor: Member, row: Row) -> UUID:
    return resolve(codes_ever(connection, actor), row.theme).id


def _resort_own(connection: Connection, actor: Member, row_id: UUID, to: Row, reason: str) -> None:
    """Put a person's own findings under another row: others' lists stay as they are, and unseen."""
    if actor.id in alone.locked_sorters(connection, actor.study_id):
        raise NotAllowed("You have locked what you sorted. The lead can reopen it, with a reason.")
    finding = tables.finding
    own = connection.execute(
        sa.select(finding.c.id).where(
            finding.c.matrix_row_id == row_id,
            finding.c.researcher_id == actor.id,
            finding.c.retired_event.is_(None),
        )
    ).scalars()
    listed = list(own)
    if not listed:
        raise UserFacingError(
            "No finding of yours stands in this row. While you sort alone you change your own list alone."
        )
    new_id = stored_row(connection, actor, to)
    for finding_id in listed:
        kept_findings.change_finding(
            connection, finding_id, actor=actor, columns={"matrix_row_id": new_id}, reason=reason.strip()
        )


def _is_judged(connection: Connection, study_id: UUID) -> bool:
    """Whether anybody has judged anything; that somebody judges is no secret, what they judge is."""
    return bool(_judges(connection, study_id))


def _judges(connection: Connection, study_id: UUID) -> set[UUID]:
    judged = [
        sa.select(table.c.researcher_id).where(table.c.study_id == study_id, table.c.retired_event.is_(None))
        for table in (tables.existence, tables.judgement, tables.source_rating, tables.row_importance)
    ]
    return set(connection.execute(sa.union(*judged)).scalars())


def _refuse_without_reason(connection: Connection, actor: Member, reason: str) -> None:
    if not reason.strip() and _is_judged(connection, actor.study_id):
        raise UserFacingError(
            "Somebody has judged rows already, so a change of rows needs a reason; it will stand in the log."
        )


def _refuse_clashes(connection: Connection, actor: Member, one: UUID, other: UUID) -> None:
    readable = set(connection.execute(readable_researchers(actor)).scalars())
    unread = _judges(connection, actor.study_id) - readable
    names = dict(member_names(connection, actor.study_id))
    if unread:
        # Whether theirs clash must not be told, neither by a refusal nor by its absence.
        people = ", ".join(sorted(names[person] for person in unread))
        raise UserFacingError(
            f"Rows can't be merged while judgements are closed to you: {people} may have judged both. "
            "Rename the row, or merge when all judgements are locked."
        )
    found = kept.clashes(connection, actor, one, other)
    if found:
        raise UserFacingError(
            "; ".join(dict.fromkeys(_told(connection, actor, clash, names) for clash in found))
        )


def _told(connection: Connection, actor: Member, clash: Clash, names: dict[UUID, str]) -> str:
    labels = {source.id: source.label for source in sources(connection, actor.study_id)}
    of_sources = " and ".join(f"'{labels[source_id]}'" for source_id in clash.source_ids)
    if clash.researcher_id is None:
        what = {
            "work_up": "Both rows have a work-up. Bring them together in one of them first",
            "row_scope": "The rows speak of different groups of participants",
            "opportunity": f"The opportunity map says different things of both rows for {of_sources}",
            "resolution": "What the researchers settled differs between the rows",
        }
        return f"{what[clash.table]}. Make the two alike, then merge."
    person = names[clash.researcher_id]
    what = {
        "existence": f"whether {of_sources} speaks",
        "judgement": f"how {of_sources} compare",
        "source_rating": f"the weight within {of_sources}",
        "row_importance": "how important it is",
    }
    return (
        f"{person} has judged {what[clash.table]} on both rows, and differently. Let {person} make the two "
        "alike (the lead can reopen their judgements), or leave the rows apart."
    )
