"""``find``, ``matrix``, ``cooccurrence``, ``timeline``, ``words``: questions asked of codings and texts."""

import datetime as dt
import functools
import inspect
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from workbench.cli.calls import LEAVES, Call, at_study, command, make_group, names_in
from workbench.cli.leaving import leaving
from workbench.cli.output import say, write_json, write_table

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from codebook.models import Valence
    from codebook.retrieval import Condition, Measure, Scope
    from store.studies import Member


def add_to(app: typer.Typer) -> None:
    _command(app, "find")(find)
    _command(app, "matrix")(matrix)
    _command(app, "cooccurrence")(cooccurrence)
    _command(app, "timeline")(timeline)
    words = make_group(app, "Words of the texts, by dictionary form.", name="words")
    _command(words, "frequency")(frequency)
    _command(words, "keyness")(keyness)
    _command(words, "concordance")(concordance)


# --- what is asked about ------------------------------------------------------------------------------


@dataclass(frozen=True)
class Filters:
    """The documents and coders that are asked about, as they were said."""

    source: list[str] | None
    kind: list[str] | None
    coder: list[str] | None
    attribute: list[str] | None
    speaking: list[str] | None
    linked: list[str] | None
    since: dt.datetime | None
    until: dt.datetime | None


def _some(option: str, text: str) -> Any:
    return Annotated[list[str] | None, typer.Option(option, metavar="NAME", help=f"{text}; may be repeated.")]


def _date(option: str, text: str) -> Any:
    return Annotated[
        dt.datetime | None, typer.Option(option, formats=["%Y-%m-%d"], metavar="DATE", help=text)
    ]


_FILTERS: tuple[tuple[str, Any, Any], ...] = (
    ("source", _some("--source", "Only this source"), None),
    ("kind", _some("--kind", "Only sources of this kind"), None),
    ("coder", _some("--coder", "Only the codings of this person"), None),
    ("attribute", _some("--attribute", "Only documents with this attribute, as NAME=VALUE"), None),
    (
        "speaking",
        _some("--speaking", "Only what is said by participants of whom this is said, as role=VALUE"),
        None,
    ),
    (
        "linked",
        _some("--linked", "Only documents linked to a person or site of whom this is said, as NAME=VALUE"),
        None,
    ),
    ("since", _date("--since", "Only documents of this date or later."), None),
    ("until", _date("--until", "Only documents of this date or earlier."), None),
)

Codes = Annotated[
    str, typer.Option("--codes", metavar="CODES", help="Codes or labels, separated by commas; else all.")
]
Rows = Annotated[str, typer.Option("--rows", help="levels, themes, both, or the name of a roll-up.")]
Period = Annotated[Literal["year", "quarter", "month"], typer.Option("--period", help="How long one is.")]
Distance = Annotated[int | None, typer.Option("--distance", min=0, help="How far apart, at most.")]
CountedIn = Annotated[
    Literal["sentences", "characters", "section"],
    typer.Option("--counted-in", help="What a distance is counted in; section: the same one."),
]
File = Annotated[
    Path | None,
    typer.Option("--out", dir_okay=False, help="Write a file instead; its ending says which."),
    LEAVES,
]


def _command(group: typer.Typer, name: str) -> Callable[[Callable[..., None]], None]:
    """Register a function that takes `Filters` after the `Call`; their options are added to its own."""

    def register(function: Callable[..., None]) -> None:
        call, _, *own = inspect.signature(function).parameters.values()
        filters = [
            inspect.Parameter(option, inspect.Parameter.KEYWORD_ONLY, annotation=kind, default=default)
            for option, kind, default in _FILTERS
        ]

        @functools.wraps(function)
        def asked(call: Call, **given: Any) -> None:
            function(call, Filters(**{option: given.pop(option) for option, *_ in _FILTERS}), **given)

        own = [parameter.replace(kind=inspect.Parameter.KEYWORD_ONLY) for parameter in own]
        asked.__signature__ = inspect.Signature([call, *own, *filters])  # type: ignore[attr-defined]
        command(group, name)(asked)

    return register


def _scope(engine: "Engine", actor: "Member", filters: Filters) -> "Scope":
    """The scope that filters mean; what there is none of is a mistake, and no empty answer."""
    from codebook.retrieval import Scope
    from workbench.services.asking import choices

    there = choices(engine, actor)
    return Scope(
        sources=_there(filters.source or (), there.sources, "source"),
        kinds=_there(filters.kind or (), there.kinds, "kind"),
        attributes=_wanted(filters.attribute, there.attributes, "attribute"),
        since=None if filters.since is None else filters.since.date(),
        until=None if filters.until is None else filters.until.date(),
        coders=_there(filters.coder or (), there.coders, "coder"),
        speaking=_wanted(filters.speaking, there.speaking, "attribute of those who speak"),
        linked=_wanted(filters.linked, there.linked, "attribute of linked persons and sites"),
    )


def _wanted(
    asked: Iterable[str] | None, there: Mapping[str, tuple[str, ...]], what: str
) -> dict[str, tuple[str, ...]]:
    """Attributes and the values wanted of each, from NAME=VALUE."""
    found: dict[str, tuple[str, ...]] = {}
    for said in asked or ():
        name, _, value = said.partition("=")
        _there([name], there, what)
        _there([value], there[name], f"value of {name}")
        found[name] = (*found.get(name, ()), value)
    return found


def _there(wanted: Sequence[str], there: Iterable[str], what: str) -> tuple[str, ...]:
    from workbench.services.errors import NotThere

    listed = list(there)
    for name in wanted:
        if name not in listed:
            among = ", ".join(listed[:20]) or "none that you may see"
            raise NotThere(f"There is no {what} '{name}' here. There are: {among}")
    return tuple(wanted)


# --- codings ------------------------------------------------------------------------------------------


def find(
    call: Call,
    filters: Filters,
    codes: Codes = "",
    both: Annotated[
        list[str] | None,
        typer.Option("--and", metavar="RELATION:CODES", help="What must stand beside it; may be repeated."),
    ] = None,
    without: Annotated[
        list[str] | None,
        typer.Option("--not", metavar="RELATION:CODES", help="What may not; may be repeated."),
    ] = None,
    distance: Distance = None,
    counted_in: CountedIn = "sentences",
    valence: Annotated[
        list[str] | None,
        typer.Option(
            "--valence",
            metavar="VALENCE",
            help="facilitator, barrier, mixed, neutral or none; may be repeated.",
        ),
    ] = None,
    speaker: Annotated[
        list[str] | None,
        typer.Option("--speaker", metavar="NAME", help="Only this speaker; may be repeated."),
    ] = None,
    by: Annotated[
        Literal["place", "speaker", "linked"],
        typer.Option(
            "--by", help="What stands together: by place, who speaks, or what documents are linked to."
        ),
    ] = "place",
    out: File = None,
) -> None:
    """Find passages by their codes and by what stands beside them.

    RELATION is how the passage stands to the other: overlapping (where none is said), within, around,
    near, preceding, following.
    """
    from codebook.retrieval import Question
    from workbench.services.asking import choices, codes_named
    from workbench.services.retrieval import find_passages, passages_file

    format = _format(out)
    with at_study(call) as (engine, actor):

        def condition(said: str, *, absent: bool) -> "Condition":
            return _condition(engine, actor, said, absent=absent, distance=distance, counted_in=counted_in)

        question = Question(
            codes_named(engine, actor, names_in(codes)),
            (
                *(condition(said, absent=False) for said in both or ()),
                *(condition(said, absent=True) for said in without or ()),
            ),
            tuple(_valence(name) for name in valence or ()),
            _there(speaker or (), choices(engine, actor).speakers, "speaker"),
        )
        found = find_passages(engine, actor, question, _scope(engine, actor, filters), order=by)
    if out is not None:
        _write(call, out, "passages", passages_file(found.shown, format))
    elif call.json:
        write_json(
            [
                {
                    "coding": p.id,
                    "document": p.document_id,
                    "title": p.title,
                    "source": p.source,
                    "kind": p.kind,
                    "date": p.date,
                    "speaker": p.speaker,
                    "role": p.role or None,
                    "linked_to": p.linked_to,
                    "code": p.code,
                    "coder": p.coder,
                    "valence": p.valence,
                    "start_char": p.start_char,
                    "end_char": p.end_char,
                    "quote": p.quote,
                    "left": p.before,
                    "right": p.after,
                }
                for p in found.shown
            ]
        )
    else:
        write_table(
            ("document", "start", "speaker", "code", "valence", "coder", "quote"),
            [(p.title, p.start_char, p.speaker, p.code, p.valence, p.coder, p.quote) for p in found.shown],
        )
    say(f"{found.codings:,} codings, in {found.documents:,} of {found.of_documents:,} documents")


def _condition(
    engine: "Engine", actor: "Member", said: str, *, absent: bool, distance: int | None, counted_in: str
) -> "Condition":
    from codebook.retrieval import Condition, Relation
    from workbench.services.asking import codes_named

    word, colon, codes = said.partition(":")
    if not colon or word not in set(Relation):
        word, codes = Relation.OVERLAPPING, said
    return Condition(
        codes_named(engine, actor, names_in(codes)),
        Relation(word),
        absent,
        1 if distance is None else distance,
        _measure(counted_in),
    )


def matrix(
    call: Call,
    filters: Filters,
    rows: Rows = "levels",
    columns: Annotated[
        str,
        typer.Option(
            "--columns",
            help="kind, source, time, speaker, valence, coder, an attribute of documents, "
            "speaking:ATTRIBUTE of who speaks, or linked:ATTRIBUTE of what documents are linked to.",
        ),
    ] = "kind",
    cells: Annotated[
        Literal["documents", "participants", "persons", "sites", "codings", "text"],
        typer.Option("--cells", help="What a cell counts; persons and sites: linked ones; text: characters."),
    ] = "documents",
    period: Period = "year",
    out: File = None,
) -> None:
    """Count codes by source, speaker, time, valence, coder or attribute, each beside its denominator."""
    from codebook.crosstab import Cell, Side
    from workbench.services import code_matrix
    from workbench.services.asking import choices

    format = _format(out)
    of_attribute = (Side.ATTRIBUTE, Side.SPEAKING, Side.LINKED)
    sides = {"time": Side.PERIOD} | {
        side.value: side for side in Side if side not in (Side.PERIOD, *of_attribute)
    }
    cell = Cell.SEGMENTS if cells == "codings" else Cell(cells)
    with at_study(call) as (engine, actor):
        there = choices(engine, actor)
        _there([rows], ("levels", "themes", "both", *there.rollups), "kind of rows")
        attributes = {name: (Side.ATTRIBUTE, name) for name in there.attributes}
        attributes |= {f"speaking:{name}": (Side.SPEAKING, name) for name in there.speaking}
        attributes |= {f"linked:{name}": (Side.LINKED, name) for name in there.linked}
        _there([columns], (*sides, *attributes), "kind of columns")
        side, attribute = (sides[columns], None) if columns in sides else attributes[columns]
        wish = code_matrix.MatrixWish(rows, side, attribute, period, cell)
        found = code_matrix.matrix(engine, actor, wish, _scope(engine, actor, filters))
    table = found.table
    of = table.denominators.tolist()
    if out is not None:
        _write(call, out, "code_matrix", code_matrix.matrix_file(found, format, none="none given"))
        return
    counted = list(zip(table.rows, table.counts.tolist(), table.totals.tolist(), strict=True))
    if call.json:
        write_json(
            {
                "cells": cells,
                "columns": [{"label": a, "of": n} for a, n in zip(table.labels, of, strict=True)],
                "of": table.total_denominator,
                "labels": found.labels,
                "not_linked": found.not_linked,
                "rows": [
                    {"code": key, "label": found.names[key], "counts": counts, "total": total}
                    for key, counts, total in counted
                ],
            }
        )
    else:
        heads = [f"{label or 'none given'} (of {n:,})" for label, n in zip(table.labels, of, strict=True)]
        write_table(
            ("code", *heads, f"all (of {table.total_denominator:,})", "label"),
            [(key, *counts, total, found.names[key]) for key, counts, total in counted],
        )
    if found.labels:
        say(f"Labels that have no participant yet, counted once a document: {found.labels:,}")
    if found.not_linked:
        say(f"Documents that are linked to none, and so not here: {found.not_linked:,}")


def cooccurrence(
    call: Call,
    filters: Filters,
    rows: Annotated[str, typer.Option("--rows", help="themes, levels, or the name of a roll-up.")] = "themes",
    distance: Annotated[
        int | None, typer.Option("--distance", min=0, help="How far apart, at most; else overlapping.")
    ] = None,
    counted_in: CountedIn = "sentences",
    same_coder: Annotated[bool, typer.Option("--same-coder", help="Only pairs of one coder.")] = False,
    fewest: Annotated[int, typer.Option("--fewest", min=1, help="Only links with so many pairs.")] = 1,
    out: File = None,
) -> None:
    """Count the pairs of codings of two codes that overlap, or are near each other."""
    from workbench.services.asking import choices
    from workbench.services.cooccurrence import (
        TogetherWish,
        together,
        together_file,
        together_graphml,
        together_rows,
    )

    format = _format(out, "graphml", "svg")
    if counted_in == "section" and distance is None:
        distance = 0  # in the same section is near enough
    with at_study(call) as (engine, actor):
        _there([rows], ("themes", "levels", *choices(engine, actor).rollups), "kind of rows")
        wish = TogetherWish(rows, distance, _measure(counted_in), same_coder, fewest)
        found = together(engine, actor, wish, _scope(engine, actor, filters))
    columns, listed = together_rows(found)
    if out is not None:
        if format == "graphml":
            _write(call, out, "co_occurrence", together_graphml(found))
        elif format == "svg":
            from workbench.views.questions_network import network_svg

            _write(call, out, "co_occurrence", network_svg(found, theme="light").encode())
        else:
            _write(call, out, "co_occurrence", together_file(found, format))
    else:
        _show(call, columns, listed)
    say(f"{len(listed):,} pairs of codes")


def timeline(
    call: Call, filters: Filters, codes: Codes = "", period: Period = "year", out: File = None
) -> None:
    """Count codings by the date of their documents and by valence."""
    from workbench.services.asking import codes_named
    from workbench.services.timeline import over_time, time_file, time_rows

    format = _format(out, "svg")
    with at_study(call) as (engine, actor):
        chosen = codes_named(engine, actor, names_in(codes))
        found = over_time(engine, actor, chosen, period, _scope(engine, actor, filters))
    if format == "svg" and out is not None:
        from workbench.views.questions_time import time_svg

        _write(call, out, "timeline", time_svg(found, "codings", theme="light").encode())
    elif out is not None:
        _write(call, out, "timeline", time_file(found, format))
    else:
        _show(call, *time_rows(found))
    if found.undated:
        say(
            f"Without a date, and so not here: {found.undated:,} documents, {found.undated_codings:,} codings"
        )


# --- words --------------------------------------------------------------------------------------------

Grammar = Annotated[bool, typer.Option("--with-grammar", help="Words of grammar too.")]


def frequency(call: Call, filters: Filters, with_grammar: Grammar = False, out: File = None) -> None:
    """Count how often each word occurs, and in how many documents."""
    from workbench.services.vocabulary import frequencies, words_file, words_rows

    format = _format(out)
    with at_study(call) as (engine, actor):
        scope = _scope(engine, actor, filters)
        found = frequencies(engine, actor, scope, leave_out_grammar=not with_grammar)
    if out is not None:
        _write(call, out, "words", words_file(found, format))
    else:
        _show(call, *words_rows(found))
    say(f"{found.total:,} words in {found.documents:,} documents")


def keyness(
    call: Call,
    filters: Filters,
    with_grammar: Grammar = False,
    fewest: Annotated[int, typer.Option("--fewest", min=1, help="Only words so frequent in all.")] = 3,
    out: File = None,
) -> None:
    """Find the words that set the documents that the filters name apart from all others."""
    from codebook.retrieval import Scope
    from workbench.services.errors import NotThere
    from workbench.services.vocabulary import key_words, words_file, words_rows

    format = _format(out)
    with at_study(call) as (engine, actor):
        scope = _scope(engine, actor, filters)
        if scope == Scope(attributes={}, speaking={}, linked={}):
            raise NotThere(
                "Name the documents of interest, for example with --source; all others are compared."
            )
        found = key_words(engine, actor, scope, leave_out_grammar=not with_grammar, fewest=fewest)
    if out is not None:
        _write(call, out, "words", words_file(found, format))
    else:
        _show(call, *words_rows(found))


def concordance(
    call: Call,
    filters: Filters,
    word: Annotated[str, typer.Argument(help="A word in any form, or several that follow each other.")],
    out: File = None,
) -> None:
    """List every place where a word stands, in any of its forms, with its line."""
    from workbench.services.vocabulary import lines, lines_file

    format = _format(out)
    with at_study(call) as (engine, actor):
        found = lines(engine, actor, word, _scope(engine, actor, filters))
    if out is not None:
        _write(call, out, "lines", lines_file(found, format))
    elif call.json:
        write_json(
            [
                {
                    "document": line.document_id,
                    "title": line.title,
                    "source": line.source,
                    "start_char": line.match.start_char,
                    "end_char": line.match.end_char,
                    "quote": line.match.quote,
                    "left": line.match.left,
                    "right": line.match.right,
                }
                for line in found
            ]
        )
    else:
        write_table(
            ("document", "start", "line"),
            [
                (n.title, n.match.start_char, f"{n.match.left[-40:]}[{n.match.quote}]{n.match.right[:40]}")
                for n in found
            ],
        )
    say(f"{len(found):,} places in {len({line.document_id for line in found}):,} documents")


# --- files and answers --------------------------------------------------------------------------------


def _measure(word: str) -> "Measure":
    from codebook.retrieval import Measure

    return Measure(word)


def _valence(name: str) -> "Valence | None":
    from codebook.models import Valence

    _there([name], (*Valence, "none"), "valence")
    return None if name == "none" else Valence(name)


def _format(out: Path | None, *more: str) -> Any:
    """What kind of file a name asks for."""
    if out is None:
        return None
    known = ("csv", "xlsx", *more)
    ending = out.suffix.lower().removeprefix(".")
    if ending not in known:
        listed = ", ".join(f".{name}" for name in known)
        raise typer.BadParameter(f"{out.name}: the ending has to be one of {listed}", param_hint="--out")
    if not out.parent.is_dir():
        raise typer.BadParameter(f"there is no folder {out.parent}", param_hint="--out")
    return ending


def _write(call: Call, out: Path, what: str, told: bytes) -> None:
    with at_study(call) as (engine, actor), leaving(call, engine, actor, what, out) as path:
        path.write_bytes(told)
    if call.json:
        write_json({"path": str(out)})
    say(f"Wrote {out}")


def _show(call: Call, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Rows as a table; in JSON as an array of objects."""
    if call.json:
        write_json([dict(zip(columns, row, strict=True)) for row in rows])
    else:
        write_table(columns, rows)
