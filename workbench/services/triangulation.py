"""What follows from findings and judgements: the matrix, counts, completeness, researchers compared."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from sqlalchemy import Connection, Engine

from store import findings as kept
from store.engine import reading
from store.ratings import visible_ratings
from store.resolutions import visible_resolutions
from store.rows import listed_rows
from store.studies import Member, members
from store.visibility import may_read_results
from triangulation.assessment import Assessment, assess_convergence
from triangulation.completeness import Completeness, compare_completeness
from triangulation.consensus import Difference, TeamView, differences, team_view
from triangulation.matrix import build_matrix
from triangulation.models import (
    ConvergenceMatrix,
    Existence,
    Finding,
    Importance,
    Judgement,
    Rating,
    Resolution,
    Row,
    Rule,
)
from triangulation.opportunity import Chance, resolve_opportunities
from triangulation.protocol import Protocol
from triangulation.researchers import ResearcherComparison, compare_researchers
from triangulation.sets import RowSet, set_codes
from triangulation.sorting import order_rows
from triangulation.workups import Reason, rows_to_work_up
from workbench.services.codebooks import codes_ever
from workbench.services.errors import NotThere
from workbench.services.protocol import read_protocol


@dataclass(frozen=True)
class Triangulation:
    """The matrix and everything that follows from it, as one person may see it.

    What takes long and is asked for on few pages is computed when it is first asked for.
    """

    matrix: ConvergenceMatrix
    findings: tuple[Finding, ...]
    existences: tuple[Existence, ...]
    judgements: tuple[Judgement, ...]
    judges: tuple[str, ...]
    locked: tuple[str, ...]
    hidden: tuple[str, ...]  # judges whose judgements the viewer may not read yet
    protocol: Protocol
    opportunities: Mapping[tuple[Row, str], Chance]
    resolutions: tuple[Resolution, ...] = ()  # those that hold
    team: TeamView | None = None  # None while the judgements of fewer than two researchers can be read
    ratings: tuple[Rating, ...] = ()
    importances: tuple[Importance, ...] = ()

    @cached_property
    def assessment(self) -> Assessment:
        """How often each code occurs, for each researcher."""
        return assess_convergence(self.matrix, self.existences, self.findings)

    @cached_property
    def completeness(self) -> Completeness:
        """What each source raises, adds and lacks."""
        return compare_completeness(
            self.matrix, self.findings, self.existences, opportunities=self._could_speak
        )

    @cached_property
    def researchers(self) -> ResearcherComparison:
        """How far researchers agree."""
        return compare_researchers(
            self.matrix, self.existences, self.findings, self.ratings, self.importances
        )

    @cached_property
    def sets(self) -> tuple[RowSet, ...]:
        """The set-level codes of the rows."""
        return set_codes(self.matrix)

    @cached_property
    def needs_work_up(self) -> Mapping[Row, tuple[Reason, ...]]:
        """The rows that ask for a work-up, with the reasons."""
        return rows_to_work_up(self.matrix, self._could_speak, self.existences, self.findings)

    @cached_property
    def differences(self) -> tuple[Difference, ...]:
        """What researchers see differently, and what the team made of it; empty where there is no team."""
        return () if self.team is None else differences(self.researchers, self.resolutions, self.team)

    @property
    def _could_speak(self) -> Mapping[tuple[Row, str], str]:
        return {place: chance.state for place, chance in self.opportunities.items()}


def triangulate(engine: Engine, actor: Member, *, rule: Rule | str | None = None) -> Triangulation:
    """The convergence matrix with counts, completeness and researcher comparison.

    Parameters
    ----------
    rule : Rule, optional
        Another rule than the team's, to look; the choice itself is made with `choose_rule`.
    """
    with reading(engine) as connection:
        findings = kept.visible_findings(connection, actor)
        existences, judgements = kept.visible_judgements(connection, actor)
        ratings, importances = visible_ratings(connection, actor)
        people = {m.id: m.name for m in members(connection, actor.study_id)}
        judges = kept.judging_researchers(connection, actor.study_id)
        locked = kept.locked_researchers(connection, actor.study_id)
        protocol = read_protocol(connection, actor)
        rows = _rows_in_order(connection, actor)
        resolved = [one.resolution for one in visible_resolutions(connection, actor) if one.holds]
        results = may_read_results(connection, actor)
    chosen = Rule(rule) if rule else protocol.rule
    kinds = {source.label: source.kind for source in protocol.sources}
    matrix = build_matrix(rows, kinds, existences, judgements, findings, rule=chosen, index=protocol.index)
    shown = set(matrix.researchers)
    chances = resolve_opportunities(matrix.rows, kinds, protocol.opportunities)
    team = None
    if results and len(matrix.researchers) > 1:
        team = team_view(
            matrix,
            resolved,
            existences=existences,
            findings=findings,
            ratings=ratings,
            importances=importances,
        )
    return Triangulation(
        matrix=matrix,
        findings=tuple(findings),
        existences=tuple(existences),
        judgements=tuple(judgements),
        judges=tuple(people[i] for i in people if i in judges),
        locked=tuple(people[i] for i in people if i in locked),
        hidden=tuple(people[i] for i in people if i in judges and people[i] not in shown and i != actor.id),
        protocol=protocol,
        opportunities=chances,
        resolutions=tuple(resolved),
        team=team,
        ratings=tuple(ratings),
        importances=tuple(importances),
    )


def _rows_in_order(connection: Connection, actor: Member) -> tuple[Row, ...]:
    rows = listed_rows(connection, actor)
    try:
        themes = [code.key for code in codes_ever(connection, actor).codes]
    except NotThere:
        themes = []
    return order_rows(rows, themes)
