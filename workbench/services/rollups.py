"""Codings and findings counted in the groups of a report, and codes beside those of other frameworks.

A theme counts in the group that names it, else in that of the code above it; a single theme or a single
finding can be placed otherwise.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from sqlalchemy import Engine

from codebook import hierarchy
from codebook.models import Codebook
from corpus.errors import UserFacingError
from corpus.spreadsheets import write_rows
from store import codebooks as kept
from store import findings
from store.codebooks import StoredCodebook
from store.engine import reading, writing
from store.findings import Placement
from store.studies import Member
from triangulation.models import Finding, Row
from triangulation.sorting import row_of
from workbench.services.codebook_editing import change_codebook
from workbench.services.codebook_tree import count_codings
from workbench.services.codebooks import codebook_in_force
from workbench.services.errors import NotAllowed, NotThere


@dataclass(frozen=True)
class GroupedFinding:
    """A finding in the group where it counts; ``usual`` is its theme's, ``reason`` why it is elsewhere."""

    finding: Finding
    group: str | None
    usual: str | None
    reason: str = ""


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
        counts = {key: n for key, n in count_codings(connection, actor).items() if key in named}
    return hierarchy.rolled_up(stored.codebook, counts, rollup, exceptions=exceptions)


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

    with writing(engine) as connection:
        return change_codebook(connection, actor, change, reason, names=[code], based_on=based_on)


def findings_in_groups(
    engine: Engine, actor: Member, rollup: str, *, codebook_id: UUID | None = None
) -> list[GroupedFinding]:
    """The findings on themes of a codebook that a person may see, in the order of the groups."""
    with reading(engine) as connection:
        stored = codebook_in_force(connection, actor.study_id, codebook_id)
        gone = kept.retired_codes(connection, stored.id)
        known = {code.key for code in (*stored.codebook.codes, *gone)}
        found = [f for f in findings.visible_findings(connection, actor) if f.row.theme in known]
        placed = findings.placements(connection, actor.study_id, rollup)
    groups: list[str | None] = [*hierarchy.groups_of(stored.codebook, rollup), None]
    told = [_grouped(stored.codebook, finding, rollup, placed.get(finding.id)) for finding in found]
    return sorted(told, key=lambda one: groups.index(one.group))


def groups_of_rows(
    engine: Engine,
    actor: Member,
    rollup: str,
    rows: Iterable[Row],
    *,
    codebook_id: UUID | None = None,
) -> dict[Row, str | None]:
    """The group of a roll-up in which each row counts: that of its findings, where all count in one.

    A row whose findings count in different groups, or that has none, counts where its theme does.
    """
    with reading(engine) as connection:
        book = codebook_in_force(connection, actor.study_id, codebook_id).codebook
    known = tuple(rows)
    found: dict[Row, set[str | None]] = {}
    for one in findings_in_groups(engine, actor, rollup, codebook_id=codebook_id):
        found.setdefault(row_of(one.finding, known), set()).add(one.group)
    told = {}
    for row in known:
        groups = found.get(row, set())
        told[row] = next(iter(groups)) if len(groups) == 1 else hierarchy.group_of(book, row.theme, rollup)
    return told


def place_finding(
    engine: Engine,
    actor: Member,
    finding_id: UUID,
    *,
    rollup: str,
    group: str | None,
    reason: str = "",
    codebook_id: UUID | None = None,
) -> None:
    """Let a single finding count in another group of a roll-up than its theme; None takes that back.

    Raises
    ------
    NotAllowed
        If the finding is another's and the actor does not lead the study.
    UserFacingError
        If there is no such group, no reason is given, or the finding counts there already.
    """
    with writing(engine) as connection:
        book = codebook_in_force(connection, actor.study_id, codebook_id).codebook
        groups = hierarchy.groups_of(book, rollup)
        if group is not None and group not in groups:
            raise UserFacingError(
                f"The roll-up '{rollup}' has no group '{group}'. It has {', '.join(groups)}."
            )
        visible = findings.visible_findings(connection, actor)
        finding = next((one for one in visible if one.id == finding_id), None)
        if finding is None:
            raise NotThere("This finding was taken back already.")
        if finding.researcher != actor.name and not actor.is_lead:
            raise NotAllowed("Only who wrote a finding, or the lead, can place it in another group.")
        held = findings.placements(connection, actor.study_id, rollup).get(finding_id)
        now = _grouped(book, finding, rollup, held)
        if group == (now.group if held else None) or (held is None and group == now.usual):
            raise UserFacingError("The finding counts there already.")
        if group is not None and not reason.strip():
            raise UserFacingError("Placing a finding in another group needs a reason; the report tells it.")
        findings.place_finding(
            connection, finding_id, rollup=rollup, group=group, reason=reason.strip(), actor=actor
        )


def rollup_file(engine: Engine, actor: Member, rollup: str, *, codebook_id: UUID | None = None) -> bytes:
    """The findings by the groups of a roll-up, each with its theme's group and a reason, as a CSV table."""
    told = findings_in_groups(engine, actor, rollup, codebook_id=codebook_id)
    columns = ("group", "usual_group", "reason", "source", "theme", "row", "statement", "researcher")
    rows = [
        (
            one.group,
            one.usual,
            one.reason,
            one.finding.source,
            one.finding.row.theme,
            one.finding.row.statement,
            one.finding.statement,
            one.finding.researcher,
        )
        for one in told
    ]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "groups.csv"
        write_rows(path, columns, rows)
        return path.read_bytes()


def _grouped(book: Codebook, finding: Finding, rollup: str, placed: Placement | None) -> GroupedFinding:
    """A group that the codebook has no longer is none: the finding counts with its theme again."""
    usual = hierarchy.group_of(book, finding.row.theme, rollup)
    if placed is None or placed.group not in hierarchy.groups_of(book, rollup):
        return GroupedFinding(finding, usual, usual)
    return GroupedFinding(finding, placed.group, usual, placed.reason)


def crosswalk_file(engine: Engine, actor: Member, *, codebook_id: UUID | None = None) -> bytes:
    """The counterparts of each code in TICD and CFIR 2022, as the bytes of a CSV table."""
    with reading(engine) as connection:
        codebook = codebook_in_force(connection, actor.study_id, codebook_id).codebook
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "crosswalk.csv"
        rows = [(code.key, code.name(), code.ticd, code.cfir2022) for code in codebook.codes]
        write_rows(path, ("code", "label", "ticd", "cfir2022"), rows)
        return path.read_bytes()
