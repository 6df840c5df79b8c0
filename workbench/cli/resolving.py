"""What researchers settled where they differ, and which conclusions hold."""

from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from workbench.cli.calls import Call, at_study, command, names_in
from workbench.cli.output import say, write_json, write_table

if TYPE_CHECKING:
    from triangulation.consensus import TeamView
    from triangulation.researchers import ResearcherComparison
    from triangulation.robustness import Conclusion, Outcome, Robustness
    from workbench.services.resolutions import LoggedResolution

Kind = Literal["existence", "code", "importance", "prominence"]


def add_to(app: typer.Typer) -> None:
    command(app, "resolve")(resolve)
    command(app, "resolutions")(resolutions)
    command(app, "robustness")(robustness)


def resolve(
    call: Call,
    theme: Annotated[str, typer.Option(help="The theme of the row: key or label.")],
    about: Annotated[Kind, typer.Option(help="What the researchers see differently.")],
    outcome: Annotated[
        str,
        typer.Option(
            help="yes or no (existence); agreement, partial, silence or dissonance (code); main or minor "
            "(importance); main, secondary or passing (prominence); unresolved."
        ),
    ],
    reason: Annotated[str, typer.Option(help="Why; it stands in the log.")],
    decided_by: Annotated[str, typer.Option(help="Who decided, separated by commas.")],
    row: Annotated[str, typer.Option(help="The statement of the row; empty is the theme itself.")] = "",
    source_a: Annotated[str | None, typer.Option(help="The source; of a code the first one.")] = None,
    source_b: Annotated[str | None, typer.Option(help="Of a code, the other source.")] = None,
    minority: Annotated[str, typer.Option(help="The view of somebody who does not share it.")] = "",
    minority_by: Annotated[str | None, typer.Option(help="Whose view that is.")] = None,
) -> None:
    """Write down what researchers agreed on where they differ; judgements and agreement stay as they are."""
    from triangulation.models import Row
    from triangulation.resolution_files import UNRESOLVED
    from workbench.services import resolutions
    from workbench.services.codebooks import codes_known
    from workbench.services.matrix_rows import theme_named

    with at_study(call) as (engine, actor):
        key = theme_named(codes_known(engine, actor), theme) or theme
        resolutions.settle(
            engine,
            actor,
            row=Row(key, row),
            about=about,
            source_a=source_a,
            source_b=source_b,
            outcome=None if outcome == UNRESOLVED else outcome,
            reason=reason,
            decided_by=names_in(decided_by),
            minority=minority,
            minority_by=minority_by,
        )
        (written, *_) = resolutions.resolution_log(engine, actor)
    if call.json:
        write_json(_resolution(written))
    else:
        say(f"Written down: {outcome}, decided by {', '.join(written.resolution.decided_by)}.")


def resolutions(call: Call) -> None:
    """Everything that researchers settled, newest first, with what was replaced or taken back."""
    from workbench.services.resolutions import resolution_log

    with at_study(call) as (engine, actor):
        log = resolution_log(engine, actor)
    if call.json:
        write_json([_resolution(one) for one in log])
        return
    write_table(
        ("at", "state", "about", "theme", "row", "sources", "outcome", "decided by", "reason"),
        [
            (
                one.resolution.at[:16],
                one.state,
                one.resolution.about,
                one.resolution.row.theme,
                one.resolution.row.statement,
                " / ".join(s for s in (one.resolution.source_a, one.resolution.source_b) if s),
                one.resolution.outcome or "unresolved",
                ", ".join(one.resolution.decided_by),
                one.resolution.reason,
            )
            for one in log
        ],
    )


def robustness(call: Call) -> None:
    """Which conclusions hold under other rules and units, and with one person or source fewer."""
    from workbench.services.robustness import robustness_of

    with at_study(call) as (engine, actor):
        found = robustness_of(engine, actor)
    if call.json:
        write_json(_robustness(found))
    else:
        _tell_robustness(found)


def _resolution(one: "LoggedResolution") -> dict[str, Any]:
    said = one.resolution
    return {
        "id": one.id,
        "theme": said.row.theme,
        "row": said.row.statement,
        "about": said.about,
        "source_a": said.source_a,
        "source_b": said.source_b,
        "outcome": said.outcome,
        "reason": said.reason,
        "decided_by": said.decided_by,
        "minority": said.minority,
        "minority_by": said.minority_by,
        "written_by": one.author,
        "at": said.at,
        "state": one.state,
    }


def _robustness(found: "Robustness") -> dict[str, Any]:
    from triangulation.robustness import Change

    def share(change: Change | None) -> dict[str, int]:
        counted = found.share(change=change)
        return {
            "yes": counted.yes,
            "no": counted.no,
            "cannot_tell": counted.cannot_tell,
            "n": counted.n,
        }

    return {
        "survives": {"all": share(None), **{change.value: share(change) for change in Change}},
        "variations": [{"change": v.change, "name": v.name} for v in found.variations],
        "conclusions": [_conclusion(conclusion) for conclusion in found.conclusions],
        "undrawn": [{"theme": row.theme, "row": row.statement, "view": view} for row, view in found.undrawn],
        "reasons": dict(found.reasons),
    }


def _conclusion(conclusion: "Conclusion") -> dict[str, Any]:
    return {
        "about": conclusion.about,
        "theme": conclusion.row.theme,
        "row": conclusion.row.statement,
        "view": conclusion.view,
        "value": conclusion.value,
        "sources": conclusion.k,
        "survives": conclusion.survives,
        "outcomes": [_outcome(outcome) for outcome in conclusion.outcomes],
    }


def _outcome(outcome: "Outcome") -> dict[str, Any]:
    return {
        "change": outcome.variation.change,
        "name": outcome.variation.name,
        "survives": outcome.survives,
        "value": outcome.value,
        "sources": outcome.k,
        "reason": outcome.reason,
        "pairs": [
            {"source_a": a, "source_b": b, "before": was, "after": now} for a, b, was, now in outcome.pairs
        ],
        "quotes": outcome.quotes,
    }


def _tell_robustness(found: "Robustness") -> None:
    from triangulation.robustness import Change, Survives

    counted = [(None, "everything"), *((change, change.value.replace("_", " ")) for change in Change)]
    write_table(
        ("changed", "survive", "do not", "cannot be told", "conclusions"),
        [
            (name, share.yes, share.no, share.cannot_tell, share.n)
            for change, name in counted
            for share in (found.share(change=change),)
        ],
    )
    typer.echo()
    write_table(
        ("about", "theme", "row", "is", "does not survive"),
        [
            (
                conclusion.about.value.replace("_", " "),
                conclusion.row.theme,
                conclusion.row.statement,
                conclusion.value.replace("_", " "),
                "; ".join(
                    f"{o.variation.change.value.replace('_', ' ')} {o.variation.name}: {o.reason}"
                    for o in conclusion.outcomes
                    if o.survives is Survives.NO
                ),
            )
            for conclusion in found.conclusions
            if conclusion.survives is Survives.NO
        ],
    )
    for reason in found.reasons.values():
        say(reason)


def compared(comparison: "ResearcherComparison") -> dict[str, Any]:
    """What `trigpoint triangulate` tells of researchers beside the three figures of old."""
    return {
        "ordered_alpha": comparison.both_speak_ordered.value,
        "confusion": [
            {
                "researchers": names,
                "n": confusion.n,
                "without_view": confusion.without_view,
                "counts": [
                    {"first": first, "second": second, "n": n}
                    for (first, second), n in sorted(confusion.counts.items())
                ],
            }
            for names, confusion in comparison.confusion.items()
        ],
    }


def team(view: "TeamView | None") -> dict[str, Any] | None:
    """The team's cells by how they came about, and its totals; None while there is no team's view."""
    from dataclasses import asdict

    from triangulation.assessment import assess_convergence
    from triangulation.consensus import TEAM, State

    if view is None:
        return None
    return {
        **{state.value: view.count(state) for state in State},
        "by_one": view.by_one,
        "totals": asdict(assess_convergence(view.matrix).by_researcher[TEAM]),
    }
