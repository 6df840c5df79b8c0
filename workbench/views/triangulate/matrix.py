"""The triangulation matrix, the heart of the page: a table that leads to quotes, and what it adds up to."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module

import streamlit as st
from sqlalchemy import Engine

from codebook.hierarchy import children
from codebook.models import Codebook
from store.studies import Member
from triangulation.models import Row
from triangulation.narrowing import Order
from triangulation.rolling import RolledRow, roll_up
from workbench import session
from workbench.components.matrix import MatrixLine, Place, show_matrix
from workbench.messages import say
from workbench.services import rollups
from workbench.services.triangulation import Triangulation
from workbench.views.drawing import soft_line, theme_name
from workbench.views.leaving import download
from workbench.views.triangulate.matrix_choices import (
    TEAM,
    Look,
    choose_view,
    forget_filter,
    look_at,
    notes_on,
    show_arrangement,
    show_filter,
)
from workbench.views.triangulate.matrix_inspector import heading, inspect, inspect_rolled
from workbench.views.triangulate.matrix_lines import (
    group_name,
    legend,
    level_named,
    lines_of,
    pair_heading,
    rolled_lines,
    source_headings,
    whole_heading,
)
from workbench.views.triangulate.matrix_print import PrintedMatrix, printed
from workbench.views.words import plain, tell

#: Where the session keeps the chosen cell.
CHOSEN = "triangulate_cell"

#: The views of the matrix: name in the session, module beside this one; the table is drawn here.
_VIEWS = {"table": "", "bars": "pictures", "network": "pictures", "words": "determinants"}

#: Sources from which the table needs the width of the page, and the inspector stands below.
_MANY_SOURCES = 5

#: Pixels of the inspector where it stands below the table.
_PANE = 270

_STYLE = """<style>
.st-key-triangulate_desk { display: grid !important; gap: 0 20px; align-items: start;
  grid-template-columns: minmax(0, 1fr); }
.st-key-triangulate_desk > div { min-width: 0; }
.st-key-triangulate_inspector { max-height: %dpx; overflow: auto; padding-top: 6px; gap: 4px;
  border-top: 2px solid light-dark(#D9D5CA, #343A40); }
.st-key-matrix_bar button { white-space: nowrap; }
.st-key-matrix_inspected > div:first-child { flex: 1 1 0; min-width: 0; }
</style>"""
_BESIDE = """<style>
.st-key-triangulate_desk { grid-template-columns: fit-content(calc(100% - 380px)) minmax(360px, 1fr); }
.st-key-triangulate_inspector { position: sticky; top: 60px; max-height: calc(100vh - 250px);
  padding: 0 0 0 20px; border-top: 0; border-left: 1px solid light-dark(#D9D5CA, #343A40); }
@media (max-width: 1180px) {
  .st-key-triangulate_desk { grid-template-columns: minmax(0, 1fr); }
  .st-key-triangulate_inspector { position: static; max-height: none; padding: 16px 0 0; border: 0; }
}
</style>"""


def show(engine: Engine, actor: Member, found: Triangulation, book: Codebook) -> None:
    """The matrix in one of its views."""
    if not found.matrix.rows:
        tell(
            say(
                "The matrix has no row yet. A finding says in plain words what one source says on a theme; "
                "each finding stands in a row, and rows are compared across sources. Add the first one "
                "above, or bring a file in with: trigpoint findings import FILE.csv"
            )
        )
        return
    st.html(_STYLE % _PANE)
    _show_views(engine, actor, found, book)


@st.fragment
def _show_views(engine: Engine, actor: Member, found: Triangulation, book: Codebook) -> None:
    """Views and choices; a fragment, so that what one chooses here draws nothing else anew."""
    with st.container(gap="xsmall"):
        bar = st.container(horizontal=True, vertical_alignment="center", gap="xsmall", key="matrix_bar")
        with bar:
            view = _choose_form()
            # Findings are the same in everybody's view: only what was judged is asked for by person.
            whose = choose_view(found, actor) if view in ("table", "network") else actor.name
        look = look_at(engine, actor, found, book, whose)
        with bar:
            show_filter(found, book, look)
        if view != "table":
            module = import_module(f"workbench.views.triangulate.{_VIEWS[view]}")
            module.show(engine, actor, found, book, look, view)
            return
        rolled = _rolled(engine, actor, look, found, book)
        lines = _lines(look, found, book, rolled)
        with bar:
            show_arrangement(book, look)
            _offer_to_print(look, book, lines)
        if (about := _about_views(found, actor, whose)) is not None:
            st.caption(about)
        if not look.matrix.rows:
            tell(
                say("No row has all that the filter asks for; {n} rows are hidden.", n=len(found.matrix.rows))
            )
            st.button(say("Show all rows"), key="matrix_unfilter", on_click=forget_filter)
            return
        _show_desk(engine, actor, found, book, look, lines, rolled)


def _choose_form() -> str:
    names = {
        "table": say("Table"),
        "bars": say("Facilitators and barriers"),
        "network": say("Source network"),
        "words": say("In words"),
    }
    picked = st.segmented_control(
        say("View of the matrix"),
        list(names),
        format_func=names.__getitem__,
        default="table",
        required=True,
        key="triangulate_form",
        persist_state="session",
        label_visibility="collapsed",
    )
    return picked or "table"


def _about_views(found: Triangulation, actor: Member, whose: str) -> str | None:
    if found.hidden:
        return say(
            "{names} judge too; you can read each other's judgements once both have locked.",
            names=plain(", ".join(found.hidden)),
        )
    if whose == actor.name and actor.name not in found.matrix.researchers:
        return say("You have judged nothing: your own view shows who speaks, from the findings.")
    return None


def _rolled(
    engine: Engine, actor: Member, look: Look, found: Triangulation, book: Codebook
) -> tuple[RolledRow, ...]:
    """Rows counted together as the session asks; empty where each row stands for itself."""
    if look.rows_of == "themes":
        return roll_up(look.matrix, found.findings, lambda row: row.theme)
    if look.rows_of == "levels":
        levels = [level.key for level in children(book, None)]

        def level(row: Row) -> str | None:
            return None if (code := level_named(book, row.theme)) is None else code.key

        return roll_up(look.matrix, found.findings, level, levels)
    if look.rows_of in book.rollups:
        groups = rollups.groups_of_rows(engine, actor, look.rows_of, look.matrix.rows)
        return roll_up(look.matrix, found.findings, groups.get, list(book.rollups[look.rows_of]))
    return ()


def _lines(
    look: Look, found: Triangulation, book: Codebook, rolled: tuple[RolledRow, ...]
) -> list[MatrixLine]:
    if rolled:
        return rolled_lines(rolled, look.matrix, book, group_names(rolled, book))
    return lines_of(look.matrix, found.findings, book, team=look.whose == TEAM)


def group_names(rolled: tuple[RolledRow, ...], book: Codebook) -> Mapping[str, str]:
    """Groups in words: themes and levels by their labels, groups of a roll-up by their names."""
    keys = {code.key for code in book.codes}
    return {
        one.group: theme_name(book, one.group) if one.group in keys else group_name(one.group)
        for one in rolled
        if one.group is not None
    }


def _show_desk(
    engine: Engine,
    actor: Member,
    found: Triangulation,
    book: Codebook,
    look: Look,
    lines: list[MatrixLine],
    rolled: tuple[RolledRow, ...],
) -> None:
    place = _chosen(look, rolled)
    everywhere = look.everything.sources
    wide = len(look.matrix.sources) >= _MANY_SOURCES or look.density == "compact"
    if not wide:
        st.html(_BESIDE)
    with st.container(key="triangulate_desk", gap="xsmall"):
        with st.container(key="triangulate_table"):
            show_matrix(
                key=f"matrix_{look.whose}",
                name=say("Convergence matrix, view of {name}", name=look.whose_words),
                sources=source_headings(everywhere, look.matrix.sources),
                pairs=[(pair, pair_heading(everywhere, pair)) for pair in look.matrix.pairs],
                rows=lines,
                levels=[level.key for level in children(book, None)],
                legend=legend(with_sets=not rolled),
                words={
                    "statement": say("Theme and statement"),
                    "what_sources_say": say("What each source says"),
                    "pairs": say("Pairs of sources"),
                    "whole": say("All sources"),
                    "legend": say("Symbols"),
                },
                whole=None if rolled else whole_heading(),
                density="roomy" if rolled else look.density,
                by_level=not rolled and look.order is Order.CODEBOOK,
                below=_PANE + 16 if wide and place is not None else 0,
                selected=place,
                on_select=_choose,
            )
        if wide and place is None:
            return
        with st.container(key="triangulate_inspector", gap="xsmall"):
            if place is None:
                st.html(
                    soft_line(say("Choose a cell, by mouse or with the arrow keys and Enter."))
                    + soft_line(say("A cell of a source holds its findings and quotes."))
                    + soft_line(say("A cell of a pair holds what both say, and how it was judged."))
                )
                return
            name = group_names(rolled, book).get(place.theme, say("In no group"))
            with st.container(horizontal=True, vertical_alignment="top", key="matrix_inspected"):
                st.html(heading(book, place, name if rolled else None))
                st.button(say("Close the cell"), type="tertiary", on_click=_unchoose, key="matrix_close")
            if rolled:
                one = next(one for one in rolled if (one.group or "") == place.theme)
                inspect_rolled(look.matrix, found.findings, one, place, book)
            else:
                inspect(engine, actor, found, place, beside=wide)


def _choose(place: Place) -> None:
    st.session_state[CHOSEN] = place


def _unchoose() -> None:
    st.session_state.pop(CHOSEN, None)


def _chosen(look: Look, rolled: tuple[RolledRow, ...]) -> Place | None:
    """The chosen cell, if it is among what is shown."""
    place: Place | None = st.session_state.get(CHOSEN)
    if place is None or not set(place.sources) <= set(look.matrix.sources):
        return None
    if rolled:
        in_group = any((one.group or "") == place.theme for one in rolled)
        return place if in_group and place.statement == "" and place.sources else None
    return place if Row(place.theme, place.statement) in look.matrix.rows else None


def _offer_to_print(look: Look, book: Codebook, lines: list[MatrixLine]) -> None:
    together = look.rows_of != "statements"
    everywhere = look.everything.sources
    # Put together now: the file is made in a thread that knows no session.
    page = PrintedMatrix(
        title=say("Triangulation matrix: {study}", study=session.study().name),
        notes=notes_on(look, book),
        sources=source_headings(everywhere, look.matrix.sources),
        pairs=[pair_heading(everywhere, pair) for pair in look.matrix.pairs],
        whole=None if together else whole_heading(),
        lines=lines,
        legend=legend(with_sets=not together),
        by_level=look.order is Order.CODEBOOK and not together,
    )
    download(
        say("Print the matrix"),
        "matrix",
        data=lambda: printed(page).encode(),
        file_name="matrix.html",
        mime="text/html",
        on_click="ignore",
        help=say(
            "One page for a browser to print on A4, landscape: of the rows that are shown, in this view."
        ),
        disabled=not lines,
    )
