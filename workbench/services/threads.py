"""Threads: a question that is carried from source to source, step by step, and its trail as a file."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Engine

from corpus.errors import UserFacingError
from store import threads as kept
from store.engine import reading, writing
from store.excerpts import NewExcerpt
from store.findings import visible_findings
from store.studies import Member
from triangulation import threads as followed
from triangulation.models import Excerpt, Row
from triangulation.threads import Step, Thread
from workbench.services.errors import NotAllowed, NotThere
from workbench.services.findings import Library, excerpts_of_codings
from workbench.services.matrix_rows import one_line, source_named, stored_row


@dataclass(frozen=True)
class TakenBack:
    """Threads, and steps by the thread they stood in, that can be brought back."""

    threads: tuple[Thread, ...]
    steps: Mapping[UUID, tuple[Step, ...]]


def threads_of(engine: Engine, actor: Member) -> list[Thread]:
    """The threads with their steps, as far as the person may see them."""
    with reading(engine) as connection:
        return kept.visible_threads(connection, actor)


def taken_back(engine: Engine, actor: Member) -> TakenBack:
    """What was taken back of threads, as far as the person may see it."""
    with reading(engine) as connection:
        return TakenBack(
            tuple(kept.visible_threads(connection, actor, taken_back=True)),
            {i: tuple(steps) for i, steps in kept.steps_taken_back(connection, actor).items()},
        )


def begin_thread(engine: Engine, actor: Member, question: str) -> UUID:
    """Begin to follow a question; returns the thread's id."""
    with writing(engine) as connection:
        return kept.begin_thread(
            connection, _needed(question, "A thread needs a question: what is followed?"), actor=actor
        )


def add_step(
    engine: Engine,
    actor: Member,
    thread_id: UUID,
    *,
    asked: str,
    source: str | None = None,
    found: str = "",
    row: Row | None = None,
    finding_id: UUID | None = None,
    coding_ids: Sequence[UUID] = (),
    quotes: Sequence[str] = (),
) -> UUID:
    """The next step of a thread: what is asked, of which source, and what was found.

    Parameters
    ----------
    coding_ids : sequence of UUID
        Codings whose passages were found.
    quotes : sequence of str
        Words that were found; those that stand exactly once in the source's documents get their place.
    """
    with writing(engine) as connection:
        _thread(connection, actor, thread_id)
        said = _said(
            connection, actor, asked=asked, source=source, found=found, row=row, finding_id=finding_id
        )
        excerpts = excerpts_of_codings(connection, actor, coding_ids)
        return kept.add_step(
            connection,
            thread_id,
            actor=actor,
            said=said,
            excerpts=[*excerpts, *_looked_up(connection, actor, source, quotes)],
        )


def change_step(
    engine: Engine,
    actor: Member,
    step_id: UUID,
    *,
    without: Collection[Excerpt] = (),
    coding_ids: Sequence[UUID] = (),
    **said: Any,
) -> UUID:
    """Say a step anew; who wrote it or the lead may. What is not named, as in `add_step`, stays."""
    with writing(engine) as connection:
        _own_step(connection, actor, step_id)
        return kept.change_step(
            connection,
            step_id,
            actor=actor,
            said=_said(connection, actor, **said),
            without=without,
            more=excerpts_of_codings(connection, actor, coding_ids),
        )


def retire_step(engine: Engine, actor: Member, step_id: UUID) -> None:
    """Take a step back; who wrote it or the lead may."""
    with writing(engine) as connection:
        _own_step(connection, actor, step_id)
        kept.retire_step(connection, step_id, actor=actor)


def bring_back_step(engine: Engine, actor: Member, step_id: UUID) -> UUID:
    """Undo taking a step back: it stands at its place again."""
    with writing(engine) as connection:
        gone = [step for steps in kept.steps_taken_back(connection, actor).values() for step in steps]
        found = next((step for step in gone if step.id == step_id), None)
        if found is None:
            raise NotThere("This step is not among those that were taken back.")
        _refuse_others(actor, found.by, "step")
        return kept.change_step(connection, step_id, actor=actor)


def retire_thread(engine: Engine, actor: Member, thread_id: UUID) -> None:
    """Take a thread back with its steps; who began it or the lead may."""
    with writing(engine) as connection:
        _refuse_others(actor, _thread(connection, actor, thread_id).by, "thread")
        kept.retire_thread(connection, thread_id, actor=actor)


def bring_back_thread(engine: Engine, actor: Member, thread_id: UUID) -> UUID:
    """Undo taking a thread back; who began it or the lead may. Returns the id that it has from now on."""
    with writing(engine) as connection:
        gone = kept.visible_threads(connection, actor, taken_back=True)
        found = next((thread for thread in gone if thread.id == thread_id), None)
        if found is None:
            raise NotThere("This thread is not among those that were taken back.")
        _refuse_others(actor, found.by, "thread")
        return kept.bring_back_thread(connection, thread_id, actor=actor)


def trail_of(engine: Engine, actor: Member, thread_id: UUID) -> str:
    """A thread as Markdown, with the quotes that the person may see."""
    with reading(engine) as connection:
        return followed.trail(_thread(connection, actor, thread_id))


def _thread(connection: Connection, actor: Member, thread_id: UUID) -> Thread:
    found = next((t for t in kept.visible_threads(connection, actor) if t.id == thread_id), None)
    if found is None:
        raise NotThere("This thread was taken back. Reload the page.")
    return found


def _own_step(connection: Connection, actor: Member, step_id: UUID) -> None:
    steps = (step for thread in kept.visible_threads(connection, actor) for step in thread.steps)
    found = next((step for step in steps if step.id == step_id), None)
    if found is None:
        raise NotThere("This step was taken back or changed already. Reload the page.")
    _refuse_others(actor, found.by, "step")


def _refuse_others(actor: Member, by: str, what: str) -> None:
    if by != actor.name and not actor.is_lead:
        raise NotAllowed(f"Only {by} or the lead can do this with this {what}.")


def _said(connection: Connection, actor: Member, **said: Any) -> dict[str, Any]:
    """The columns of a step, of what is said."""
    columns: dict[str, Any] = {}
    if "asked" in said:
        columns["asked"] = _needed(said["asked"], "A step needs a question: what was asked?")
    if "found" in said:
        columns["found"] = one_line(said["found"])
    if "source" in said:
        label = said["source"]
        columns["source_id"] = None if label is None else source_named(connection, actor, label).id
    if "row" in said:
        row = said["row"]
        columns["matrix_row_id"] = None if row is None else stored_row(connection, actor, row)
    if "finding_id" in said:
        finding_id = said["finding_id"]
        if finding_id is not None and finding_id not in {f.id for f in visible_findings(connection, actor)}:
            raise NotThere("The finding was taken back or changed meanwhile. Choose it again.")
        columns["finding_id"] = finding_id
    return columns


def _needed(text: str, missing: str) -> str:
    words = one_line(text)
    if not words:
        raise UserFacingError(missing)
    return words


def _looked_up(
    connection: Connection, actor: Member, source: str | None, quotes: Sequence[str]
) -> list[NewExcerpt]:
    if not quotes or source is None:
        return [NewExcerpt(quote) for quote in quotes]
    library = Library(connection, actor)
    return [library.excerpt(source, quote) for quote in quotes]
