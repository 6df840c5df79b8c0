"""The page Framework: documents or cases against themes, a summary in each cell."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

import pandas as pd
import streamlit as st

from store.frameworks import DOCUMENTS, RowKey
from store.studies import Member
from workbench import session
from workbench.messages import say
from workbench.services import frameworks as service
from workbench.services.codebooks import list_codebooks
from workbench.services.framework_cells import Draft, FrameworkMatrix, framework_matrix
from workbench.services.framework_files import framework_bytes
from workbench.services.framework_rows import FrameworkRow
from workbench.services.frameworks import FrameworkLine
from workbench.views.drawing import STYLE
from workbench.views.framework_cell import Place, show_cell
from workbench.views.framework_dialogs import ask_columns, ask_framework, ask_name, name_of_rows
from workbench.views.leaving import download
from workbench.views.links import link
from workbench.views.words import do, plain, tell

_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def show() -> None:
    """Draw the page for the chosen framework."""
    actor = session.actor()
    st.html(STYLE)
    lines = service.frameworks_of(session.engine(), actor)
    bar = st.container(horizontal=True, vertical_alignment="bottom")
    with bar:
        st.title(say("Framework"), width="stretch")
    live = [line for line in lines if not line.retired]
    if not live:
        _show_empty(actor)
        _offer_retired(lines)
        return
    with bar:
        line = _choose(live)
    matrix = framework_matrix(session.engine(), actor, line.name)
    shown = _filtered(matrix)
    with bar:
        _offer_acts(actor, line, matrix, shown)
    table, _, cell = st.columns([19, 1, 11])
    with table:
        place = _show_table(matrix, shown)
        _show_left_out(matrix)
        _offer_retired(lines)
    with cell:
        if place is None:
            tell(say("Click a cell to read what it rests on, and to write in it."))
        else:
            show_cell(actor, matrix, place)


def _show_empty(actor: Member) -> None:
    tell(
        say(
            "A framework sets documents, or cases such as speakers or sites, against themes (Ritchie & "
            "Spencer): each cell holds a summary, in your words, of what one document or case says on one "
            "theme, with the coded passages that it rests on. Every draft is kept with its author and time."
        )
    )
    if not list_codebooks(session.engine(), actor):
        tell(say("Its themes are codes of the codebook. The study has none yet."))
        link("codebook", say("Load a codebook"))
        return
    if st.button(say("New framework"), type="primary"):
        ask_framework()


def _choose(live: Sequence[FrameworkLine]) -> FrameworkLine:
    names = [line.name for line in live]
    wanted = st.session_state.get("framework_chosen")
    picked = st.selectbox(
        say("Framework"),
        names,
        index=names.index(wanted) if wanted in names else len(names) - 1,
        label_visibility="collapsed",
        width=300,
    )
    st.session_state["framework_chosen"] = picked
    return live[names.index(picked)]


def _offer_acts(
    actor: Member, line: FrameworkLine, matrix: FrameworkMatrix, shown: Sequence[FrameworkRow]
) -> None:
    engine = session.engine()
    if st.button(say("New framework")):
        ask_framework()
    if matrix.may_change and st.button(say("Columns")):
        ask_columns(matrix)
    if matrix.may_change and st.button(say("Rename")):
        ask_name(line)
    if matrix.may_change and st.button(
        say("Retire the framework"), help=say("It can be brought back, with all that was written in it.")
    ):
        do(lambda: service.retire_framework(engine, actor, matrix.name))
    for label, ending, mime in (
        (say("Download XLSX"), "xlsx", _WORKBOOK),
        (say("Download DOCX"), "docx", _WORD),
    ):
        download(
            label,
            "framework",
            data=partial(
                framework_bytes,
                engine,
                actor,
                matrix.name,
                format=ending,  # type: ignore[arg-type]
                rows=[row.key for row in shown],
            ),
            file_name=f"framework.{ending}",
            mime=mime,
            on_click="ignore",
        )


def _offer_retired(lines: Sequence[FrameworkLine]) -> None:
    """Retired frameworks that the person can bring back."""
    retired = list(dict.fromkeys(line.name for line in lines if line.retired and line.may_change))
    if not retired:
        return
    with st.popover(say("Retired frameworks")):
        name = st.selectbox(say("Framework"), retired)
        if st.button(say("Bring it back")):
            do(lambda: service.restore_framework(session.engine(), session.actor(), name))


# --- the matrix -------------------------------------------------------------------------------------


def _filtered(matrix: FrameworkMatrix) -> list[FrameworkRow]:
    """The rows that pass the filters, in the chosen order."""
    title, source, state, order = st.columns([4, 4, 3, 3])
    of_documents = matrix.kind == DOCUMENTS
    wanted = title.text_input(
        say("Title contains") if of_documents else say("Name contains"),
        type="search",
        placeholder=say("Search"),
        key="framework_title",
    )
    sources = list(dict.fromkeys(name for row in matrix.rows for name in row.sources))
    chosen = source.multiselect(say("Source"), sources, placeholder=say("all"))
    states = {
        "all": say("all documents") if of_documents else say("all rows"),
        "begun": say("with a summary"),
        "open": say("with an empty cell"),
        "double": say("with two versions in a cell"),
    }
    orders = {
        "study": say("source and date"),
        "title": say("title") if of_documents else say("name"),
        "date": say("date"),
        "filled": say("most summaries first"),
    }
    picked = state.selectbox(say("Show"), list(states), format_func=states.__getitem__)
    by = order.selectbox(say("Sort by"), list(orders), format_func=orders.__getitem__)
    filled = _filled_cells(matrix)
    shown = [
        row
        for row in matrix.rows
        if (wanted or "").casefold().strip() in row.title.casefold()
        and (not chosen or set(row.sources) & set(chosen))
        and _in_state(filled[row.key], len(matrix.columns), picked)
    ]
    return _sorted(shown, by, filled)


def _filled_cells(matrix: FrameworkMatrix) -> dict[RowKey, list[int]]:
    """For each row, how many versions stand in each of its cells that are not empty."""
    filled: dict[RowKey, list[int]] = {row.key: [] for row in matrix.rows}
    for (key, _), versions in matrix.cells.items():
        filled.setdefault(key, []).append(len(versions))
    return filled


def _in_state(filled: Sequence[int], columns: int, state: str) -> bool:
    return {
        "all": True,
        "begun": bool(filled),
        "open": len(filled) < columns,
        "double": any(versions > 1 for versions in filled),
    }[state]


def _sorted(shown: list[FrameworkRow], by: str, filled: Mapping[RowKey, Sequence[int]]) -> list[FrameworkRow]:
    if by == "title":
        return sorted(shown, key=lambda row: row.title.casefold())
    if by == "date":
        return sorted(shown, key=lambda row: (row.date is None, str(row.date)))
    if by == "filled":
        return sorted(shown, key=lambda row: -len(filled[row.key]))
    return shown


def _show_table(matrix: FrameworkMatrix, shown: Sequence[FrameworkRow]) -> Place | None:
    """The matrix; the cell that was clicked."""
    if not shown:
        tell(say("Nothing passes these filters, or the study has no documents yet."))
        return None
    st.caption(_counted(matrix, len(shown)))
    names = {f"{column.key} {column.label}": column for column in matrix.columns}
    first = name_of_rows(matrix.kind)
    about: dict[str, list[str] | list[int]] = {first: [row.title for row in shown]}
    width = 210 if matrix.kind == DOCUMENTS else 140
    columns: dict[str, Any] = {first: st.column_config.TextColumn(width=width, pinned=True)}
    if matrix.kind != DOCUMENTS:
        about.setdefault(say("Documents"), [len(row.documents) for row in shown])
        columns.setdefault(say("Documents"), st.column_config.NumberColumn(width=90, pinned=True))
    cells = {
        name: [_cell_text(matrix.cells.get((row.key, column.code_id), ())) for row in shown]
        for name, column in names.items()
    }
    columns |= {name: st.column_config.TextColumn(width=240) for name in names}
    table = pd.DataFrame(about | cells)
    picked = st.dataframe(
        table,
        hide_index=True,
        row_height=84,
        height=640 if len(shown) > 6 else "content",
        column_config=columns,
        on_select="rerun",
        selection_mode="single-cell",
        key=f"framework_table_{matrix.name}",
    )
    for row, name in picked.selection.cells:
        if row < len(shown) and name in names:
            return Place(shown[row], names[name])
    return None


def _counted(matrix: FrameworkMatrix, shown: int) -> str:
    counts = {
        "n": shown,
        "total": len(matrix.rows),
        "filled": len(matrix.cells),
        "whole": matrix.places,
    }
    if matrix.kind == DOCUMENTS:
        return say("{n} of {total} documents · a summary in {filled} of {whole} cells", **counts)
    if not matrix.left_out:
        return say("{n} of {total} rows · a summary in {filled} of {whole} cells", **counts)
    return say(
        "{n} of {total} rows · a summary in {filled} of {whole} cells · documents in no row: {left}",
        left=len(matrix.left_out),
        **counts,
    )


def _cell_text(versions: Sequence[Draft]) -> str:
    if len(versions) > 1:
        return say("{n} versions: {words}", n=len(versions), words=" / ".join(v.text for v in versions))
    return versions[0].text if versions else ""


def _show_left_out(matrix: FrameworkMatrix) -> None:
    """The documents that belong to no row, and why."""
    if not matrix.left_out:
        return
    why = (
        say("In no row, as no speaker is named in them ({n})", n=len(matrix.left_out))
        if matrix.kind.kind == "speaker"
        else say(
            "In no row, as they have no “{attribute}” ({n})",
            attribute=matrix.kind.attribute,
            n=len(matrix.left_out),
        )
    )
    with st.expander(plain(why)):
        st.dataframe(
            pd.DataFrame(
                {
                    say("Document"): [document.title for document in matrix.left_out],
                    say("Source"): [document.source for document in matrix.left_out],
                }
            ),
            hide_index=True,
            height=260 if len(matrix.left_out) > 6 else "content",
        )
