"""What can be counted of each row in each source."""

from typing import TYPE_CHECKING, Any

import typer

from workbench.cli.calls import Call, at_study, command
from workbench.cli.output import write_json, write_table

if TYPE_CHECKING:
    from triangulation.models import Row
    from triangulation.prominence import Count, ProminenceEvidence
    from workbench.services.prominence import CountedEvidence


def add_to(app: typer.Typer) -> None:
    command(app, "prominence")(prominence)


def prominence(call: Call) -> None:
    """How much weight each source gives each row, counted: with denominators, of what you may see.

    Codings are counted under the theme of a row, quotes under the row itself. The counts are no rating:
    that is each researcher's own.
    """
    from workbench.services.prominence import prominence_evidence

    with at_study(call) as (engine, actor):
        found = prominence_evidence(engine, actor)
    places = [(row, source) for row in found.rows for source in found.sources]
    if call.json:
        write_json([_place(found, row, source) for row, source in places])
        return
    write_table(
        ("theme", "source", "documents", "participants", "segments", "share_of_text", "quotes", "row"),
        [_line(found, row, source) for row, source in places],
    )


def _place(found: "CountedEvidence", row: "Row", source: str) -> dict[str, Any]:
    coverage = found.coverage[row, source]
    return {
        "theme": row.theme,
        "row": row.statement,
        "source": source,
        **_counts(found.themes[row.theme, source]),
        "quotes": _counts(found.quotes[row, source]),
        "coverage": {"sites": coverage.sites, "groups": coverage.groups, "periods": coverage.periods},
    }


def _counts(evidence: "ProminenceEvidence") -> dict[str, Any]:
    counted = {
        "documents": evidence.documents,
        "participants": evidence.participants,
        "segments": evidence.segments,
        "characters": evidence.characters,
        "most_from_one": evidence.most_from_one,
    }
    told: dict[str, Any] = {}
    for name, count in counted.items():
        told |= {name: count.n, f"{name}_of": count.of}
    return told | {
        "share_of_text": evidence.characters.share,
        "periods": evidence.periods,
        "periods_of": evidence.periods_of,
        "undated": evidence.undated,
        "not_read": evidence.not_read,
        "labels": evidence.labels,
        "by": evidence.by,
        "reasons": {name: count.reason for name, count in counted.items() if count.reason},
    }


def _line(found: "CountedEvidence", row: "Row", source: str) -> tuple[object, ...]:
    evidence = found.themes[row.theme, source]
    share = evidence.characters.share
    return (
        row.theme,
        source,
        _of(evidence.documents),
        _of(evidence.participants),
        _of(evidence.segments),
        None if share is None else round(share, 4),
        _of(found.quotes[row, source].segments),
        row.statement,
    )


def _of(count: "Count") -> str | None:
    return None if count.n is None else f"{count.n} of {count.of}"
