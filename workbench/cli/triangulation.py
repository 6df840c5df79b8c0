"""Findings, judgements, the convergence matrix and the report."""

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from workbench.cli import resolving
from workbench.cli.calls import REFUSED, Call, InputFile, Out, at_study, command, make_group
from workbench.cli.leaving import leaving
from workbench.cli.output import say, write_json, write_table

if TYPE_CHECKING:
    from triangulation.completeness import Completeness
    from triangulation.models import Cell, Row
    from triangulation.researcher_agreement import ResearcherAgreement
    from workbench.services.findings import RowsImported
    from workbench.services.triangulation import Triangulation

CreateSources = Annotated[
    bool, typer.Option("--create-sources", help="Create what the file names and the study has not.")
]
Rule = Literal["parts", "elements_strict", "meaning_prominence", "meaning_first", "own"]


def add_to(app: typer.Typer) -> None:
    findings = make_group(app, "What each source says on a theme.", name="findings")
    command(findings, "import")(import_findings)
    command(findings, "export")(export_findings)
    judge = make_group(app, "What each researcher judges alone.", name="judge")
    command(judge, "import")(import_judgements)
    command(judge, "export")(export_judgements)
    command(judge, "lock")(lock)
    command(judge, "reopen")(reopen)
    command(app, "triangulate")(triangulate)
    command(app, "report")(report)


def import_findings(call: Call, file: InputFile, create_sources: CreateSources = False) -> None:
    """Read findings from a CSV file. Rows that don't fit are refused; the exit status is then 3.

    Columns: source, theme, statement; and row, valence, researcher, prominence, coverage, importance,
    excerpts, question, sites, groups, periods, origin, scale, weight.
    """

    from workbench.services import findings

    with at_study(call) as (engine, actor):
        taken = findings.import_findings(engine, actor, file, create_sources=create_sources)
    _tell_import(call, taken, "findings")


def export_findings(call: Call, out: Out) -> None:
    """Write the findings that you may see to a file."""
    from workbench.services.findings import export_findings

    with at_study(call) as (engine, actor), leaving(call, engine, actor, "findings", out) as path:
        number = export_findings(engine, actor, path)
    _tell_export(call, out, number, "findings")


def import_judgements(call: Call, file: InputFile, create_sources: CreateSources = False) -> None:
    """Read judgements made elsewhere, each as its researcher's own, and lock them.

    Columns: theme, source_a, source_b, researcher; and row, meaning, prominence, coverage, examples,
    speaks_a, speaks_b, assigned, silence, expected, reason. A code in "assigned" alone is enough.
    With --create-sources the file's sources and researchers are created. Rows that don't fit are
    refused; the exit status is then 3.
    """

    from workbench.services import judging

    with at_study(call) as (engine, actor):
        taken = judging.import_judgements(engine, actor, file, create_sources=create_sources)
    _tell_import(call, taken, "judgements")


def export_judgements(call: Call, out: Out) -> None:
    """Write the judgements that you may read to a file."""
    from workbench.services.judging import export_judgements

    with at_study(call) as (engine, actor), leaving(call, engine, actor, "judgements", out) as path:
        number = export_judgements(engine, actor, path)
    _tell_export(call, out, number, "judgements")


def lock(call: Call) -> None:
    """Lock your judgements. From then on you may read those of others who have locked theirs."""
    from workbench.services.judging import lock_judgements

    with at_study(call) as (engine, actor):
        lock_judgements(engine, actor)
    if call.json:
        write_json({"researcher": actor.name, "state": "locked"})
    else:
        say(f"The judgements of {actor.name} are locked.")


def reopen(
    call: Call,
    researcher: Annotated[str, typer.Option(help="Whose judgements.")],
    reason: Annotated[str, typer.Option(help="Why; it will stand in the log.")],
) -> None:
    """Let a researcher go on judging; the lead does this."""
    from workbench.services.judging import reopen_judgements

    with at_study(call) as (engine, actor):
        reopen_judgements(engine, actor, researcher, reason=reason)
    if call.json:
        write_json({"researcher": researcher, "state": "open"})
    else:
        say(f"{researcher} can judge again.")


def triangulate(
    call: Call,
    rule: Annotated[
        Rule | None, typer.Option(help="Another rule than the team's, to look; nothing is changed.")
    ] = None,
) -> None:
    """The convergence matrix with its counts, the agreement of researchers, and what is complete."""
    from workbench.services import triangulation

    with at_study(call) as (engine, actor):
        found = triangulation.triangulate(engine, actor, rule=rule)
    if call.json:
        write_json(_triangulation(found))
    else:
        _tell_triangulation(found)


def report(
    call: Call,
    format: Annotated[Literal["html", "docx", "xlsx", "md"], typer.Option(help="The kind of file.")],
    out: Out,
) -> None:
    """Write the triangulation report, its numbers taken from the study as it stands."""
    from workbench.services.reporting import write_report

    with at_study(call) as (engine, actor), leaving(call, engine, actor, "report", out) as path:
        written = write_report(engine, actor, path, format=format)
    if call.json:
        write_json({"path": str(out), "sections": written.sections})
    else:
        say(f"Wrote {out}")


def _tell_import(call: Call, taken: "RowsImported", what: str) -> None:
    if call.json:
        refused = [asdict(refusal) for refusal in taken.refused]
        # Judgements know no duplicates: a pair is judged once, and the first judgement stays.
        again = {"duplicates": taken.duplicates} if what == "findings" else {}
        write_json({"imported": taken.imported, **again, "refused": refused})
    else:
        if taken.refused:
            write_table(("refused row", "reason"), [(r.row, r.reason) for r in taken.refused])
        known = f", {taken.duplicates:,} there already" if taken.duplicates else ""
        say(f"{taken.imported:,} {what} imported{known}, {len(taken.refused):,} refused")
    if taken.refused:
        raise typer.Exit(REFUSED)


def _tell_export(call: Call, out: Path, number: int, what: str) -> None:
    if call.json:
        write_json({"path": str(out), what: number})
    else:
        say(f"Wrote {number:,} {what} to {out}")


def _triangulation(found: "Triangulation") -> dict[str, Any]:
    matrix, researchers = found.matrix, found.researchers
    return {
        "rule": matrix.rule,
        "sources": matrix.sources,
        "rows": [_row(row) for row in matrix.rows],
        "pairs": matrix.pairs,
        "cells": [_cell(cell) for cell in matrix.cells],
        "totals": {name: asdict(counts) for name, counts in found.assessment.by_researcher.items()},
        "researchers": {
            "names": researchers.researchers,
            "existence": _researchers(researchers.existence),
            "both_speak": _researchers(researchers.both_speak),
            "importance": _researchers(researchers.importance),
            "prominence": _researchers(researchers.prominence),
            "parts": {part: _researchers(seen) for part, seen in researchers.parts.items()},
            "flags": _researchers(researchers.flags),
            "all_cells": _researchers(researchers.all_cells),
            **resolving.compared(researchers),
        },
        "completeness": {
            "presence": [
                {**_row(row), "source": source, "presence": presence}
                for (row, source), presence in found.completeness.presence.items()
            ],
            "raised_by_nobody": [_row(row) for row in found.completeness.raised_by_nobody],
            **_completeness(found.completeness),
        },
        "sets": [
            {
                **_row(each.row),
                "researcher": each.researcher,
                "coverage": each.coverage,
                "sources": each.sources,
                "code": each.code,
            }
            for each in found.sets
        ],
        "team": resolving.team(found.team),
        "judges": found.judges,
        "locked": found.locked,
        "hidden": found.hidden,
    }


def _completeness(found: "Completeness") -> dict[str, Any]:
    """What step 4 says beyond presence: with the opportunity map, per source, and without each source."""
    return {
        "states": [
            {**_row(row), "source": source, "state": state} for (row, source), state in found.states.items()
        ],
        "asked_of_all": [_row(row) for row in found.asked_of_all],
        "adds": [
            {
                "source": adds.source,
                "only": [_row(row) for row in adds.only],
                "shared": [_row(row) for row in adds.shared],
            }
            for adds in found.adds
        ],
        "lost_without": [
            {
                "source": lost.source,
                "rows": [_row(row) for row in lost.rows],
                "single_source": [_row(row) for row in lost.single_source],
                "pairs": lost.pairs,
                "dissonances": [{**_row(row), "pair": pair} for row, pair in lost.dissonances],
                "dissonant_rows": [_row(row) for row in lost.dissonant_rows],
            }
            for lost in found.lost_without
        ],
    }


def _row(row: "Row") -> dict[str, str]:
    return {"theme": row.theme, "row": row.statement}


def _cell(cell: "Cell") -> dict[str, Any]:
    return {
        **_row(cell.row),
        "source_a": cell.source_a,
        "source_b": cell.source_b,
        "researcher": cell.researcher,
        "derived": cell.derived,
        "assigned": cell.assigned,
        "code": cell.code,
        "parts_judged": cell.parts_judged,
        "speaks_a": cell.speaks_a,
        "speaks_b": cell.speaks_b,
    }


def _researchers(agreement: "ResearcherAgreement") -> dict[str, Any]:
    return {
        "unit": agreement.unit,
        "n": agreement.n,
        "n_all": agreement.n_all,
        "percent_pairs": agreement.percent_pairs,
        "percent_all": agreement.percent_all,
        "fleiss_kappa": agreement.fleiss_kappa.value,
        "alpha": agreement.alpha.value,
        "alpha_low": agreement.alpha.low,
        "alpha_high": agreement.alpha.high,
        "agreeing_pairs": agreement.agreeing_pairs,
        "n_pairs": agreement.n_pairs,
        "agreeing_all": agreement.agreeing_all,
        "by_pair": [
            {
                "researchers": names,
                "agreeing": pair.agreeing,
                "n": pair.n,
                "percent": pair.percent,
                "kappa": pair.kappa.value,
            }
            for names, pair in agreement.by_pair.items()
        ],
        "reasons": dict(agreement.reasons),
    }


def _tell_triangulation(found: "Triangulation") -> None:
    matrix = found.matrix
    say(f"Rule {matrix.rule}; {len(matrix.sources)} sources, {len(matrix.rows)} rows")
    if found.hidden:
        say(f"Not shown before they are locked, and yours too: {', '.join(found.hidden)}")
    _tell_cells(matrix.cells, matrix.researchers)
    codes = ("agreement", "partial", "silence", "dissonance", "undetermined")
    typer.echo()
    write_table(
        ("researcher", "cells", *codes),
        [
            (name, counts.cells, *(getattr(counts, code) for code in codes))
            for name, counts in found.assessment.by_researcher.items()
        ],
    )
    typer.echo()
    compared = found.researchers
    named = (
        ("existence", compared.existence),
        ("both speak", compared.both_speak),
        ("importance", compared.importance),
        ("prominence, rated", compared.prominence),
        *((f"{part}, compared", seen) for part, seen in compared.parts.items()),
        ("completeness", compared.flags),
        ("all cells", compared.all_cells),
    )
    write_table(
        ("researchers agree on", "n", "percent_pairs", "percent_all", "fleiss_kappa", "alpha"),
        [
            (name, a.n, a.percent_pairs, a.percent_all, a.fleiss_kappa.value, a.alpha.value)
            for name, a in named
        ],
    )
    # Without a unit there is no figure to explain, save for the two that come first.
    for name, agreement in (one for n, one in enumerate(named) if n < 2 or one[1].n):
        for measure, reason in agreement.reasons.items():
            say(f"{name}, {measure}: {reason}")


def _tell_cells(cells: "Sequence[Cell]", researchers: Sequence[str]) -> None:
    codes: dict[tuple[str, ...], dict[str, str | None]] = {}
    for cell in cells:
        place = (cell.row.theme, cell.row.statement, cell.source_a, cell.source_b)
        codes.setdefault(place, {})[cell.researcher] = cell.code
    write_table(
        ("theme", "row", "source_a", "source_b", *researchers),
        [(*place, *(by.get(name) for name in researchers)) for place, by in codes.items()],
    )
