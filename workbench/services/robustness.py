"""Which conclusions of the triangulation hold under other rules and units, and with one fewer of each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from uuid import UUID

from sqlalchemy import Engine

from store.engine import reading
from store.plans import Plan, current_plan
from store.rounds import rounds
from store.studies import Member
from triangulation.models import Excerpt, Finding
from triangulation.robustness import (
    CoderFigures,
    Figure,
    Ground,
    Robustness,
    check_robustness,
)
from workbench.services.agreement import UNITS, CoderAgreement, compared_in, measured
from workbench.services.snapshot import Snapshot, snapshot_of
from workbench.services.triangulation import Triangulation, triangulate

#: Why units are not varied.
NO_PLAN = "The plan names no lower bound of coder agreement, so there is no verdict to keep."
NO_ROUND = "No round of double coding is revealed, so there are no figures of coder agreement."

#: Why no coder is left out.
NO_CODINGS = "You can read no coding, so no quote can rest on one coder alone."


def robustness_of(engine: Engine, actor: Member, *, found: Triangulation | None = None) -> Robustness:
    """Every conclusion that a person may read, under every variation; ``reasons`` say what was not varied.

    The team's conclusions are checked where its view can be read, else each researcher's own.
    """
    found = found or triangulate(engine, actor)
    coded_by = _coded_by(snapshot_of(engine, actor), found.findings)
    figures, why_not = _coder_figures(engine, actor)
    reasons = {} if why_not is None else {"unit": why_not}
    if not any(coded_by.values()):
        reasons["without_coder"] = NO_CODINGS
    return replace(
        check_robustness(_ground(found), coded_by=coded_by, figures=figures),
        reasons=reasons,
    )


def _ground(found: Triangulation) -> Ground:
    matrix = found.matrix
    return Ground(
        rows=matrix.rows,
        sources=matrix.sources,
        existences=found.existences,
        judgements=found.judgements,
        findings=found.findings,
        rule=matrix.rule,
        resolutions=found.resolutions,
        index=found.protocol.index,
        team=found.team is not None,
    )


def _coded_by(seen: Snapshot, findings: Iterable[Finding]) -> Mapping[tuple[str, Excerpt], frozenset[str]]:
    """Who coded the words of each quote under its theme, or the coding that the quote was taken from."""
    columns = seen.columns
    documents = [document.id for document in columns.texts.documents]
    by_document: dict[UUID, list[tuple[int, int, str, str]]] = defaultdict(list)
    coder_of: dict[UUID, str] = {}
    of_row = columns.document.tolist()
    for number, (start, end, code, coder) in enumerate(
        zip(
            columns.start.tolist(),
            columns.end.tolist(),
            columns.code.tolist(),
            columns.coder.tolist(),
            strict=True,
        )
    ):
        name = columns.coders[coder]
        by_document[documents[of_row[number]]].append((start, end, columns.codes[code], name))
        coder_of[columns.id(number)] = name
    found = {}
    for finding in findings:
        family = set(seen.families.get(finding.row.theme, (finding.row.theme,)))
        for excerpt in finding.excerpts:
            coders = set(_overlapping(excerpt, family, by_document))
            if excerpt.coding_id in coder_of:
                coders.add(coder_of[excerpt.coding_id])
            found[finding.row.theme, excerpt] = frozenset(coders)
    return found


def _overlapping(
    excerpt: Excerpt,
    family: set[str],
    by_document: Mapping[UUID, list[tuple[int, int, str, str]]],
) -> Iterable[str]:
    if excerpt.document_id is None or excerpt.start_char is None or excerpt.end_char is None:
        return []
    return [
        coder
        for start, end, code, coder in by_document.get(excerpt.document_id, ())
        if code in family and start < excerpt.end_char and end > excerpt.start_char
    ]


def _coder_figures(engine: Engine, actor: Member) -> tuple[CoderFigures | None, str | None]:
    """Coder agreement of the last revealed round in every unit, or why there is none."""
    with reading(engine) as connection:
        plan = current_plan(connection, actor.study_id)
        revealed = [found for found in rounds(connection, actor.study_id) if found.revealed]
    if plan is None or plan.wanted is None or plan.is_reflexive:
        return None, NO_PLAN
    if not revealed:
        return None, NO_ROUND
    return _figures(engine, actor, plan, revealed[-1].name), None


def _figures(engine: Engine, actor: Member, plan: Plan, round_name: str) -> CoderFigures:
    compared = compared_in(engine, actor, round_name, sentences=True)
    by_unit = {unit: _by_theme(measured(compared, unit)) for unit in UNITS}
    return CoderFigures(plan.wanted or 0.0, plan.unit, by_unit)


def _by_theme(agreement: CoderAgreement) -> Mapping[str, Figure]:
    return {
        found.code.key: Figure(found.measures.alpha_low, found.measures.reasons.get("alpha", ""))
        for found in agreement.codes
    }
