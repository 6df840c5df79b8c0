"""Facilitators and barriers in words: statements by level, each with the sources that support it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import get_args

import streamlit as st
from sqlalchemy import Engine

from codebook.hierarchy import children
from codebook.models import Codebook
from store.studies import Member
from triangulation.consensus import TEAM
from triangulation.determinants import GroupOfDeterminants, Support, facilitators_and_barriers
from triangulation.models import Finding, Row
from workbench import session
from workbench.messages import say
from workbench.services import rollups
from workbench.services.table_files import Format, table_bytes
from workbench.services.triangulation import Triangulation
from workbench.views.drawing import escaped, row_name
from workbench.views.leaving import download
from workbench.views.triangulate.matrix_choices import Look, forget_what_is_gone, notes_on
from workbench.views.triangulate.matrix_lines import group_name, level_named
from workbench.views.words import tell

_STYLE = """
.fb { border-collapse: collapse; width: 100%; max-width: 1180px; table-layout: fixed; font-size: 14px;
  line-height: 1.35; }
.fb caption { text-align: left; font-size: 13px; padding: 0 0 6px; color: light-dark(#5A6068, #A3A9B0); }
.fb th, .fb td { text-align: left; vertical-align: top; padding: 6px 14px 6px 0; border: 0;
  border-bottom: 1px solid light-dark(#D9D5CA, #343A40); font-weight: 400; }
.fb thead th { font-weight: 600; border-bottom: 1px solid light-dark(#1E2226, #E8E4DB); }
.fb tbody th { font-weight: 600; padding-left: 0; } .fb col:first-child { width: 17%; }
.fb ul { list-style: none; margin: 0; padding: 0; } .fb li { margin: 0 0 7px; padding: 0; font-size: 14px; }
.fb .by { display: block; font-size: 12.5px; color: light-dark(#5A6068, #A3A9B0); }
.fb .both { font-weight: 600; }
"""
#: The columns of the table as a file.
_COLUMNS = (
    "group",
    "direction",
    "theme",
    "statement",
    "sources",
    "n_sources",
    "of_sources",
    "mixed_in",
    "opposite_in",
)

_PAGE = """:root { color-scheme: light; } @page { size: A4 landscape; margin: 12mm; }
body { font-family: -apple-system, "Segoe UI", Inter, Roboto, "DejaVu Sans", sans-serif; color: #1E2226;
  background: #fff; margin: 0 auto; max-width: 1180px; font-size: 13px; }
h1 { font-size: 18px; } footer p { color: #5A6068; font-size: 12px; margin: 2px 0; }
.fb thead { display: table-header-group; } .fb li { break-inside: avoid; }
"""


def show(engine: Engine, actor: Member, found: Triangulation, book: Codebook, look: Look, _view: str) -> None:
    """The table of facilitators and barriers, by level or by the groups of a roll-up."""
    names = {"": say("Levels"), **{name: say("Groups of {name}", name=name) for name in book.rollups}}
    forget_what_is_gone("determinants_grouping", names)
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        grouping = st.segmented_control(
            say("Grouped by"),
            list(names),
            format_func=names.__getitem__,
            default="",
            required=True,
            key="determinants_grouping",
            persist_state="session",
            label_visibility="collapsed",
        )
        downloads = st.container(horizontal=True, gap="xsmall")
    groups = determinants_of(engine, actor, found, book, look, grouping or "")
    if not groups:
        tell(say("No finding among these rows. One with a direction stands here as what helps or hinders."))
        return
    labels = [_group_words(one.group, book, grouping or "") for one in groups]
    with downloads:
        _offer_files(groups, labels, book, look)
    st.html(f"<style>{_STYLE}</style>{table_html(groups, labels, book)}")


def determinants_of(
    engine: Engine, actor: Member, found: Triangulation, book: Codebook, look: Look, grouping: str
) -> tuple[GroupOfDeterminants, ...]:
    """Facilitators and barriers on the rows looked at; ``grouping`` is a roll-up, empty for levels."""
    if grouping:
        placed = rollups.findings_in_groups(engine, actor, grouping)
        group_of = {one.finding.id: one.group for one in placed}
        order: Sequence[str] = list(book.rollups[grouping])

        def group(finding: Finding, row: Row) -> str | None:
            return group_of.get(finding.id)
    else:
        order = [level.key for level in children(book, None)]

        def group(finding: Finding, row: Row) -> str | None:
            return None if (level := level_named(book, row.theme)) is None else level.key

    held = found.existences if found.team is None or look.whose != TEAM else found.team.existences
    silent = {(one.row, one.source) for one in held if one.researcher == look.whose and not one.speaks}
    return facilitators_and_barriers(look.matrix, found.findings, group, order, silent=silent)


def table_html(groups: Sequence[GroupOfDeterminants], labels: Sequence[str], book: Codebook) -> str:
    """The table as HTML; every text of people is escaped."""
    caption = escaped(
        say(
            "What helps and what hinders, as the sources say it. Under each statement stands which sources "
            "support it, of all that there are; a statement in both columns is marked ±."
        )
    )
    heads = (say("Level"), say("+ Facilitators"), say("− Barriers"))
    head = "".join(f'<th scope="col">{escaped(name)}</th>' for name in heads)
    body = []
    for one, label in zip(groups, labels, strict=True):
        cells = [_column(one.facilitators, book), _column(one.barriers, book)]
        if one.no_direction:
            names = "; ".join(row_name(book, row) for row in one.no_direction)
            note = say("No direction given: {names}", names=names)
            label_html = f'{escaped(label)}<span class="by">{escaped(note)}</span>'
        else:
            label_html = escaped(label)
        body.append(f'<tr><th scope="row">{label_html}</th><td>{cells[0]}</td><td>{cells[1]}</td></tr>')
    return (
        f'<table class="fb"><caption>{caption}</caption><colgroup><col><col><col></colgroup>'
        f"<thead><tr>{head}</tr></thead><tbody>{''.join(body)}</tbody></table>"
    )


def support_words(support: Support) -> str:
    """Which sources support a statement, and which say otherwise."""
    said = [
        say(
            "{names}: {n} of {of} sources",
            names=", ".join(support.sources),
            n=len(support.sources),
            of=support.of,
        )
    ]
    if support.mixed:
        said.append(say("mixed in {names}", names=", ".join(support.mixed)))
    if support.opposed:
        said.append(say("the opposite in {names}", names=", ".join(support.opposed)))
    return "; ".join(said)


def _column(column: Sequence[Support], book: Codebook) -> str:
    if not column:
        return f'<span class="by">{escaped(say("none"))}</span>'
    items = []
    for support in column:
        both = (
            f'<span class="both" title="{escaped(say("in both columns"))}">±</span> '
            if support.in_both
            else ""
        )
        items.append(
            f"<li>{both}{escaped(row_name(book, support.row))}"
            f'<span class="by">{escaped(support_words(support))}</span></li>'
        )
    return f"<ul>{''.join(items)}</ul>"


def _group_words(group: str | None, book: Codebook, grouping: str) -> str:
    if group is None:
        return say("In no group") if grouping else say("Other themes")
    if grouping:
        return group_name(group)
    return next((code.name() for code in book.codes if code.key == group), group)


def _offer_files(
    groups: Sequence[GroupOfDeterminants], labels: Sequence[str], book: Codebook, look: Look
) -> None:
    title = say("Facilitators and barriers: {study}", study=session.study().name)

    # Now: the file is made in a thread that knows no session.
    notes = "".join(f"<p>{escaped(note)}</p>" for note in notes_on(look, book))

    def page() -> bytes:
        return (
            f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{escaped(title)}</title>'
            f"<style>{_STYLE}{_PAGE}</style></head><body><h1>{escaped(title)}</h1>"
            f"{table_html(groups, labels, book)}<footer>{notes}</footer></body></html>"
        ).encode()

    download(
        say("Download HTML"),
        "determinants",
        data=page,
        file_name="facilitators-and-barriers.html",
        mime="text/html",
        on_click="ignore",
    )
    kinds = {
        "csv": "text/csv",
        "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    }
    for format in get_args(Format):
        download(
            say("Download {format}", format=format.upper()),
            "determinants",
            data=partial(table_file, format, groups, labels, book),
            file_name=f"facilitators-and-barriers.{format}",
            mime=kinds[format],
            on_click="ignore",
            key=f"determinants_{format}",
        )


def table_file(
    format: Format, groups: Sequence[GroupOfDeterminants], labels: Sequence[str], book: Codebook
) -> bytes:
    """A line for each statement in each column, as bytes of a table that spreadsheets open."""
    rows = [
        (
            label,
            direction,
            support.row.theme,
            row_name(book, support.row),
            "; ".join(support.sources),
            len(support.sources),
            support.of,
            "; ".join(support.mixed),
            "; ".join(support.opposed),
        )
        for one, label in zip(groups, labels, strict=True)
        for direction, column in (("facilitator", one.facilitators), ("barrier", one.barriers))
        for support in column
    ]
    return table_bytes(format, "facilitators and barriers", _COLUMNS, rows)
