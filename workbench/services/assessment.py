"""What people write in steps 3 and 4: how far sources converge, work-ups of rows, what each source adds."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from sqlalchemy import Connection, Engine

from codebook.hierarchy import resolve
from corpus.errors import UserFacingError
from store import assessments as kept
from store.engine import reading, writing
from store.findings import judging_researchers
from store.rows import rows_now
from store.studies import Member
from store.visibility import hidden_rows, may_read_results
from triangulation.assessment import GlobalJudgement, Scale
from triangulation.completeness import SourceNote
from triangulation.models import Row
from triangulation.workups import FIELDS, WorkUp, cards_for, lacking
from workbench.services.codebooks import codes_ever
from workbench.services.errors import NotAllowed, NotThere
from workbench.services.matrix_rows import source_named
from workbench.services.triangulation import triangulate


def may_write_for_team(engine: Engine, actor: Member) -> bool:
    """Whether a person may read results, and so write what the team makes of them."""
    with reading(engine) as connection:
        return may_read_results(connection, actor)


def global_judgements(engine: Engine, actor: Member) -> tuple[GlobalJudgement, ...]:
    """How far the sources converge as a whole, in the words that the person may read.

    One's own always; those of others once both have locked; the team's once results may be read.
    """
    with reading(engine) as connection:
        return tuple(kept.global_judgements(connection, actor))


def write_global_judgement(
    engine: Engine, actor: Member, text: str, *, scale: Scale | str | None = None
) -> None:
    """Write one's own judgement of the whole; every version is kept, and whether it came before the lock."""
    with writing(engine) as connection:
        _refuse_who_judges_nothing(connection, actor)
        kept.write_global_judgement(
            connection,
            actor=actor,
            researcher=actor,
            text=_written(text),
            scale=None if scale is None else Scale(scale),
        )


def write_team_judgement(
    engine: Engine, actor: Member, text: str, *, scale: Scale | str | None = None
) -> None:
    """Write the team's judgement of the whole, once results may be read."""
    with writing(engine) as connection:
        _refuse_who_may_not_read(connection, actor)
        kept.write_global_judgement(
            connection,
            actor=actor,
            researcher=None,
            text=_written(text),
            scale=None if scale is None else Scale(scale),
        )


def theme_key(engine: Engine, actor: Member, name: str) -> str:
    """The key of a theme that a person names by its key or label."""
    with reading(engine) as connection:
        return resolve(codes_ever(connection, actor), name).key


def work_ups(engine: Engine, actor: Member) -> tuple[WorkUp, ...]:
    """The cards as they stand now; none for a person who may not read results yet."""
    with reading(engine) as connection:
        return tuple(kept.work_ups(connection, actor, _rows(connection, actor)))


def rows_lacking_a_work_up(engine: Engine, actor: Member) -> tuple[Row, ...]:
    """The rows that ask for a work-up and have none that is complete, as the person may see them."""
    found = triangulate(engine, actor)
    return lacking(cards_for(found.needs_work_up, work_ups(engine, actor)))


def work_up_versions(engine: Engine, actor: Member, row: Row) -> tuple[WorkUp, ...]:
    """All versions of a row's card, the newest first."""
    with reading(engine) as connection:
        return tuple(kept.work_up_versions(connection, actor, _rows(connection, actor), row))


def write_work_up(
    engine: Engine,
    actor: Member,
    row: Row,
    answers: Mapping[str, str],
    *,
    version: int | None = None,
) -> None:
    """Write what the team makes of a row; questions that are not named keep their answer.

    Parameters
    ----------
    answers : mapping
        Field of `WorkUp` → text; an empty text takes an answer away.
    version : int, optional
        The version that the person had before them, 0 for none. A newer one by somebody else is not
        overwritten.

    Raises
    ------
    NotAllowed
        If the person may not read results yet.
    NotThere
        If the matrix has no such row.
    UserFacingError
        If a question is not one of the card's, nothing is answered, or somebody saved meanwhile.
    """
    unknown = sorted(set(answers) - set(FIELDS))
    if unknown:
        raise UserFacingError(f"A work-up has no question '{unknown[0]}'. It has: {', '.join(FIELDS)}.")
    with writing(engine) as connection:
        _refuse_who_may_not_read(connection, actor)
        rows = _rows(connection, actor)
        row_id = _row_id(rows, row)
        before = next((w for w in kept.work_ups(connection, actor, rows) if w.row == row), None)
        _refuse_to_overwrite(before, version)
        texts = {name: "" if before is None else getattr(before, name) for name in FIELDS}
        texts |= {name: text.strip() for name, text in answers.items()}
        if not any(texts.values()):
            raise UserFacingError("Nothing is written on this card. Answer a question, or say why none is.")
        kept.write_work_up(connection, actor=actor, row_id=row_id, answers=texts)


def notes_on_sources(engine: Engine, actor: Member) -> tuple[SourceNote, ...]:
    """What each source adds, in the words that the person may read: as for `global_judgements`."""
    with reading(engine) as connection:
        return tuple(kept.notes_on_sources(connection, actor))


def write_note_on_source(engine: Engine, actor: Member, source: str, text: str) -> None:
    """Write in one's own words what a source adds."""
    with writing(engine) as connection:
        _refuse_who_judges_nothing(connection, actor)
        source_id = source_named(connection, actor, source).id
        kept.write_note_on_source(
            connection, actor=actor, researcher=actor, source_id=source_id, text=_written(text)
        )


def write_team_note_on_source(engine: Engine, actor: Member, source: str, text: str) -> None:
    """Write what a source adds in the words of the team, once results may be read."""
    with writing(engine) as connection:
        _refuse_who_may_not_read(connection, actor)
        source_id = source_named(connection, actor, source).id
        kept.write_note_on_source(
            connection, actor=actor, researcher=None, source_id=source_id, text=_written(text)
        )


def _rows(connection: Connection, actor: Member) -> dict[UUID, Row]:
    """Every row that a person may see, with the row under which it stands now."""
    hidden = hidden_rows(connection, actor)
    rows = rows_now(connection, actor.study_id, viewer=actor)
    return {row_id: row for row_id, row in rows.items() if row_id not in hidden}


def _row_id(rows: Mapping[UUID, Row], row: Row) -> UUID:
    found = next((row_id for row_id, known in rows.items() if known == row), None)
    if found is None:
        words = f"{row.theme}: {row.statement}" if row.statement else row.theme
        raise NotThere(f"The matrix has no row '{words}'. Check its theme and its statement.")
    return found


def _written(text: str) -> str:
    if not text.strip():
        raise UserFacingError("There is no text yet. Write it in your own words; nothing is filled in.")
    return text.strip()


def _refuse_who_judges_nothing(connection: Connection, actor: Member) -> None:
    if actor.id not in judging_researchers(connection, actor.study_id):
        raise NotAllowed("You have judged nothing yet. Judge first; your own words come from that.")


def _refuse_who_may_not_read(connection: Connection, actor: Member) -> None:
    if not may_read_results(connection, actor):
        raise NotAllowed(
            "What the team makes of the results is open to those who may read them: lock your own "
            "judgements first, or wait until all who judge have locked theirs."
        )


def _refuse_to_overwrite(before: WorkUp | None, version: int | None) -> None:
    if version is None or before is None or before.version == version:
        return
    raise UserFacingError(
        f"{before.written_by} has saved this card meanwhile. Copy what you have written, open the card "
        "anew, and bring both together."
    )
