"""Settling what researchers see differently: with a reason, a minority view, or not at all."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from uuid import UUID

from sqlalchemy import Connection, Engine

from corpus.errors import UserFacingError
from store import resolutions
from store.engine import reading, writing
from store.events import entity_of
from store.resolutions import KeptResolution
from store.studies import Member, members
from store.visibility import may_read_results
from triangulation.consensus import Place, place_of, place_of_unit
from triangulation.convergence import parse_code
from triangulation.models import About, ConvergenceCode, Prominence, Resolution, Row
from triangulation.resolution_files import Told, read_resolutions, write_resolution_log
from workbench.services.codebooks import codes_ever
from workbench.services.errors import NotAllowed, NotThere
from workbench.services.matrix_rows import source_named, stored_row, theme_named
from workbench.services.table_files import file_bytes
from workbench.services.triangulation import Triangulation, triangulate

#: What can be agreed on, by what it is about.
OUTCOMES: Mapping[About, tuple[str, ...]] = {
    About.EXISTENCE: ("yes", "no"),
    About.CODE: tuple(code.value for code in ConvergenceCode if code is not ConvergenceCode.UNDETERMINED),
    About.IMPORTANCE: ("main", "minor"),
    About.PROMINENCE: tuple(weight.value for weight in Prominence),
}

_SOURCES = {About.EXISTENCE: 1, About.CODE: 2, About.IMPORTANCE: 0, About.PROMINENCE: 1}


@dataclass(frozen=True)
class LoggedResolution:
    """A resolution in the log; ``state`` is ``holds``, ``replaced`` or ``taken back``."""

    id: UUID
    resolution: Resolution
    author: str
    state: str


def settle(
    engine: Engine,
    actor: Member,
    *,
    row: Row,
    about: About | str,
    outcome: str | None,
    reason: str,
    decided_by: Sequence[str],
    source_a: str | None = None,
    source_b: str | None = None,
    minority: str = "",
    minority_by: str | None = None,
    operation_id: UUID | None = None,
) -> None:
    """Write down what researchers agreed on where they differ, or that it stays unresolved.

    A new one takes the place of the one that held, which stays in the log. No judgement is touched, so
    researcher agreement stays what it was.

    Parameters
    ----------
    outcome : str or None
        One of `OUTCOMES`; None where it stays unresolved.
    decided_by : sequence of str
        Who decided, by name; at least one.
    minority, minority_by : str, optional
        The view of somebody who does not share the outcome, and whose it is.

    Raises
    ------
    UserFacingError
        If the researchers do not differ there, no reason is given, or the outcome is no outcome of it.
    NotAllowed
        If the actor may not read results yet, or fewer than two researchers can be compared.
    """
    wanted = _in_order(
        Resolution(
            row,
            _about(about),
            source_a,
            source_b,
            _as_written(_about(about), outcome),
            reason,
            tuple(decided_by),
            minority,
            minority_by,
        )
    )
    found = triangulate(engine, actor)
    _refuse_without_results(found)
    checked = _checked(wanted, _differing(found))
    with writing(engine) as connection:
        if operation_id is not None and entity_of(connection, operation_id) is not None:
            return
        _keep(connection, actor, checked, operation_id)


def take_back(engine: Engine, actor: Member, resolution_id: UUID) -> None:
    """Let a resolution hold no longer: the difference is open again, the resolution stays in the log."""
    with writing(engine) as connection:
        held = {kept.id for kept in resolutions.visible_resolutions(connection, actor) if kept.holds}
        if resolution_id not in held:
            raise NotThere("This resolution does not hold any more, or you may not read it yet.")
        resolutions.take_back(connection, resolution_id, actor=actor)


def resolution_log(engine: Engine, actor: Member) -> tuple[LoggedResolution, ...]:
    """Every resolution there was, newest first; empty for a person who may not read results yet."""
    with reading(engine) as connection:
        kept = resolutions.visible_resolutions(connection, actor)
    return tuple(reversed(_with_states(kept)))


def resolution_file(engine: Engine, actor: Member) -> bytes:
    """The log as a CSV file, oldest first."""
    told = [Told(one.resolution, one.author, one.state) for one in reversed(resolution_log(engine, actor))]
    return file_bytes(lambda path: write_resolution_log(path, told))


def import_resolutions(engine: Engine, actor: Member, path: Path) -> int:
    """Write down all resolutions of a file, or none where one of them is refused; gives their number."""
    found = triangulate(engine, actor)
    _refuse_without_results(found)
    differing = _differing(found)
    with writing(engine) as connection:
        book = codes_ever(connection, actor)
        rows = read_resolutions(path, resolve_theme=lambda name: theme_named(book, name))
        for row in rows:
            try:
                _keep(connection, actor, _checked(_in_order(row.resolution), differing))
            except UserFacingError as error:
                raise UserFacingError(f"{path.name}, row {row.number}: {error}") from error
    return len(rows)


def _refuse_without_results(found: Triangulation) -> None:
    if found.team is None:
        raise NotAllowed(
            "There is nothing to settle before you may read the judgements of two researchers: each judges "
            "alone, and locks."
        )


def _differing(found: Triangulation) -> Collection[Place]:
    return {place_of_unit(unit) for unit in found.researchers.differences}


def _as_written(about: About, outcome: str | None) -> str | None:
    """A code by its letter is the code; whatever else stays as it was written, to be checked."""
    if about is not About.CODE or outcome is None:
        return outcome
    try:
        return parse_code(outcome) or outcome
    except ValueError:
        return outcome


def _about(about: About | str) -> About:
    try:
        return About(about)
    except ValueError as error:
        raise UserFacingError(f"'{about}' is none of {', '.join(About)}.") from error


def _in_order(resolution: Resolution) -> Resolution:
    """The same, its two sources in the order of the matrix."""
    a, b = resolution.source_a, resolution.source_b
    if a is not None and b is not None and b < a:
        return replace(resolution, source_a=b, source_b=a)
    return resolution


def _checked(resolution: Resolution, differing: Collection[Place]) -> Resolution:
    """The resolution, trimmed; refused where it says too little or settles nothing."""
    about = resolution.about
    given = sum(source is not None for source in (resolution.source_a, resolution.source_b))
    if given != _SOURCES[about] or (given == 1 and resolution.source_a is None):
        wanted = {0: "of the row, without a source", 1: "of one source", 2: "of two sources"}[_SOURCES[about]]
        raise UserFacingError(f"What is settled about {about} is {wanted}.")
    if resolution.outcome is not None and resolution.outcome not in OUTCOMES[about]:
        allowed = ", ".join(OUTCOMES[about])
        raise UserFacingError(f"'{resolution.outcome}' is no outcome about {about}; there are: {allowed}.")
    if place_of(resolution) not in differing:
        raise UserFacingError("The researchers do not differ there, so there is nothing to settle.")
    if not resolution.reason.strip():
        raise UserFacingError("Write the reason: it stands in the log beside the outcome.")
    if not resolution.decided_by:
        raise UserFacingError("Say who decided.")
    if bool(resolution.minority.strip()) != (resolution.minority_by is not None):
        raise UserFacingError("A minority view has words and somebody who holds it: give both, or neither.")
    return replace(
        resolution, reason=" ".join(resolution.reason.split()), minority=" ".join(resolution.minority.split())
    )


def _keep(
    connection: Connection, actor: Member, resolution: Resolution, operation_id: UUID | None = None
) -> None:
    if not may_read_results(connection, actor):
        raise NotAllowed("You may not read the results yet: lock your judgements first.")
    people = {member.name: member.id for member in members(connection, actor.study_id)}
    named = [*resolution.decided_by, *([resolution.minority_by] if resolution.minority_by else [])]
    strange = [name for name in named if name not in people]
    if strange:
        raise NotThere(f"{strange[0]} is not in this study. There are: {', '.join(people)}.")

    def source_id(label: str | None) -> UUID | None:
        return None if label is None else source_named(connection, actor, label).id

    resolutions.settle(
        connection,
        actor=actor,
        row_id=stored_row(connection, actor, resolution.row),
        about=resolution.about,
        source_a_id=source_id(resolution.source_a),
        source_b_id=source_id(resolution.source_b),
        outcome=resolution.outcome,
        reason=resolution.reason,
        deciders=[people[name] for name in resolution.decided_by],
        minority=resolution.minority,
        minority_id=people.get(resolution.minority_by or ""),
        operation_id=operation_id,
    )


def _with_states(kept: Sequence[KeptResolution]) -> list[LoggedResolution]:
    newest = {place_of(one.resolution): one.id for one in kept}
    return [LoggedResolution(one.id, one.resolution, one.author, _state(one, newest)) for one in kept]


def _state(one: KeptResolution, newest: Mapping[Place, UUID]) -> str:
    if one.holds:
        return "holds"
    return "taken back" if newest[place_of(one.resolution)] == one.id else "replaced"
