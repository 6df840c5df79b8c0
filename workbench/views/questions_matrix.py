"""Questions, Matrix: codes by sources, sites, speakers, time, valence or coders; cells lead to quotes."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd
import streamlit as st
from pandas.io.formats.style import Styler

from codebook.crosstab import Cell, Crosstab, Period, Side
from codebook.models import Valence
from codebook.retrieval import Scope
from store.documents import LINKED_CASE
from workbench import session
from workbench.messages import say, say_number
from workbench.services import code_matrix
from workbench.services.asking import Choices
from workbench.services.code_matrix import Matrix, MatrixWish, matrix_file
from workbench.services.retrieval import Found
from workbench.views.questions_passages import show_downloads, show_found, valence_name
from workbench.views.words import counted, plain, tell


def show_matrix(found: Choices, scope: Scope) -> None:
    """Ask what the matrix is of, draw it, and list the quotes of the cell that is chosen."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        wish, as_shares = _ask(found)
    matrix = code_matrix.matrix(session.engine(), session.actor(), wish, scope)
    if not matrix.table.rows:
        tell(say("No coding stands within these filters."))
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        st.caption(plain(_what_is_counted(matrix, wish.cell)))
        show_downloads(lambda format: matrix_file(matrix, format, none=none_given(wish.side)), name="matrix")
    _show_table(matrix, wish, scope, as_shares=as_shares)


def choose_rows(found: Choices, label: str, key: str, *, levels_first: bool = True) -> str:
    """Which codes count: levels, every code, both, or the groups of a roll-up."""
    names = {"levels": say("Levels"), "themes": say("Codes, each by itself")}
    if not levels_first:  # nor can a code and one below it be counted side by side
        names = dict(reversed(names.items()))
    else:
        names["both"] = say("Levels and codes, with all below")
    names |= {rollup: say("Groups of {name}", name=rollup) for rollup in found.rollups}
    return choose(label, names, key)


def choose(label: str, names: Mapping[str, str], key: str, *, width: int = 230) -> str:
    """One of some options, which stays while one moves between pages."""
    if st.session_state.get(key) not in names:
        st.session_state.pop(key, None)
    picked: str = st.selectbox(
        label, list(names), format_func=names.__getitem__, key=key, persist_state="session", width=width
    )
    return picked


def choose_period(key: str) -> Period:
    """Years, quarters or months."""
    names: Mapping[str, str] = {"year": say("Years"), "quarter": say("Quarters"), "month": say("Months")}
    return choose(say("Period"), names, key, width=130)  # type: ignore[return-value]


def none_given(side: Side) -> str:
    """The heading of the column in which nothing is given."""
    return {
        Side.PERIOD: say("undated"),
        Side.SPEAKER: say("nobody named"),
        Side.VALENCE: say("no valence"),
    }.get(side, say("none given"))


def _ask(found: Choices) -> tuple[MatrixWish, bool]:
    sides = {
        Side.KIND.value: say("Kind of source"),
        Side.SOURCE.value: say("Source"),
        Side.PERIOD.value: say("Time"),
        Side.SPEAKER.value: say("Speaker"),
        Side.VALENCE.value: say("Valence"),
        Side.CODER.value: say("Coder"),
        **{f"{Side.ATTRIBUTE} {name}": name for name in attributes_of_documents(found)},
        **{
            f"{Side.SPEAKING} {name}": say("Who speaks: {attribute}", attribute=attribute_name(name))
            for name in found.speaking
            if name != "name"  # those are the speakers
        },
        **{
            f"{Side.LINKED} {name}": say("Linked to: {attribute}", attribute=attribute_name(name))
            for name in found.linked
        },
    }
    rows = choose_rows(found, say("Rows"), "matrix_rows")
    side = choose(say("Columns"), sides, "matrix_side", width=200)
    period: Period = choose_period("matrix_period") if side == Side.PERIOD else "year"
    cells = {Cell.DOCUMENTS.value: say("Documents"), Cell.PARTICIPANTS.value: say("Participants")}
    if "person" in found.kinds_linked:
        cells[Cell.PERSONS.value] = say("Linked persons")
    if "site" in found.kinds_linked:
        cells[Cell.SITES.value] = say("Linked sites")
    cells |= {Cell.SEGMENTS.value: say("Codings"), Cell.TEXT.value: say("Share of text")}
    cell = Cell(choose(say("Cells count"), cells, "matrix_cell", width=160))
    as_shares = st.toggle(say("Show shares"), key="matrix_shares", persist_state="session")
    of, _, attribute = side.partition(" ")
    return MatrixWish(rows, Side(of), attribute or None, period, cell), as_shares


def attributes_of_documents(found: Choices) -> Mapping[str, tuple[str, ...]]:
    """What is said of documents themselves: what they are linked to is asked for as persons and sites."""
    return {name: values for name, values in found.attributes.items() if name != LINKED_CASE}


def attribute_name(name: str) -> str:
    """An attribute of a person or site in words; those that teams make are called as they call them."""
    return {"name": say("Name"), "role": say("Role"), "group": say("Group")}.get(name, name)


def _what_is_counted(matrix: Matrix, cell: Cell) -> str:
    """What a cell counts and of how many, and who could not be counted as one person."""
    said = _counted(cell)
    if matrix.labels:
        said += " " + say_number(
            "{n} label has no participant yet and counts once a document.",
            "{n} labels have no participant yet and count once a document.",
            matrix.labels,
        )
    if matrix.not_linked:
        said += " " + say_number(
            "{n} document is linked to none and counts nowhere.",
            "{n} documents are linked to none and count nowhere.",
            matrix.not_linked,
        )
    return said


def _counted(cell: Cell) -> str:
    return {
        Cell.DOCUMENTS: say(
            "Documents with at least one such coding; n is all documents of the column. Select a cell to "
            "read its quotes."
        ),
        Cell.PARTICIPANTS: say(
            "People with at least one such coding, each once over all documents and labels; n is all of the "
            "column. Select a cell to read its quotes."
        ),
        Cell.PERSONS: say(
            "Persons that documents with at least one such coding are linked to, each once; n is all of the "
            "column. Select a cell to read its quotes."
        ),
        Cell.SITES: say(
            "Sites that documents with at least one such coding are linked to, each once; n is all of the "
            "column. Select a cell to read its quotes."
        ),
        Cell.SEGMENTS: say("Codings; n is all codings of the column. Select a cell to read its quotes."),
        Cell.TEXT: say(
            "Characters under such codings, each once however many lie over it; n is all characters of the "
            "column. Select a cell to read its quotes."
        ),
    }[cell]


def _show_table(matrix: Matrix, wish: MatrixWish, scope: Scope, *, as_shares: bool) -> None:
    table = matrix.table
    heads = _heads(table, wish.side)
    picked = st.dataframe(
        _styled(matrix, as_shares=as_shares or wish.cell == Cell.TEXT),
        width="content",
        height="content" if len(table.rows) <= 20 else 680,
        row_height=32,
        hide_index=True,
        on_select="rerun",
        selection_mode="single-cell",
        key="matrix_table",
        column_config={
            "code": st.column_config.TextColumn(say("Code"), pinned=True),
            "label": st.column_config.TextColumn(say("Label"), width=290),
            **{
                f"c{number}": st.column_config.Column(head, width=max(90, 8 * len(head) + 24))
                for number, head in enumerate(heads)
            },
            "all": st.column_config.Column(say("All (n = {n})", n=counted(table.total_denominator))),
        },
    )
    chosen = picked["selection"]["cells"]
    if chosen:
        row, name = chosen[0]
        _show_cell(matrix, wish, scope, table.rows[row], str(name), heads)


def _heads(table: Crosstab, side: Side) -> list[str]:
    return [
        say("{label} (n = {n})", label=_label(label, side), n=counted(int(of)))
        for label, of in zip(table.labels, table.denominators, strict=True)
    ]


def _label(label: str | None, side: Side) -> str:
    if label is None:
        return none_given(side)
    return valence_name(Valence(label)) if side == Side.VALENCE else label


def _styled(matrix: Matrix, *, as_shares: bool) -> Styler:
    """Counts, or shares in percent, the darker the larger the share; a share of nothing is empty."""
    table = matrix.table
    columns = [f"c{number}" for number in range(len(table.labels))]
    shares = pd.DataFrame(100 * table.shares(), columns=columns)
    shares["all"] = [
        100 * n / table.total_denominator if table.total_denominator else None for n in table.totals
    ]
    shown = shares if as_shares else pd.DataFrame(table.counts, columns=columns).assign(all=table.totals)
    names = {"code": list(table.rows), "label": [matrix.names[key] for key in table.rows]}
    frame = pd.concat([pd.DataFrame(names), shown], axis=1)
    accent = "108, 205, 194" if st.context.theme.type == "dark" else "11, 98, 94"

    def shade(column: pd.Series) -> list[str]:
        of = shares[column.name].fillna(0) / max(float(shares[columns].max(axis=None)), 1e-9)
        return [f"background-color: rgba({accent}, {0.32 * min(share, 1):.2f})" for share in of]

    styled = frame.style.apply(shade, subset=columns)
    return styled.format("{:.1f} %" if as_shares else "{:,.0f}", subset=[*columns, "all"], na_rep="–")


def _show_cell(
    matrix: Matrix, wish: MatrixWish, scope: Scope, row: str, column: str, heads: list[str]
) -> None:
    engine, actor = session.engine(), session.actor()
    if not column.startswith("c") or column == "code":
        tell(say("Select a cell with a count to read its quotes."))
        return
    number = int(column[1:])
    label = matrix.table.labels[number]

    def load(begin: int, count: int | None) -> Found:
        return code_matrix.passages_of_cell(engine, actor, wish, row, label, scope, begin=begin, number=count)

    name = matrix.names[row]
    show_found(
        load,
        key="matrix_cell_quotes",
        heading=plain(f"{row if row == name else f'{row} {name}'} · {_label(label, wish.side)}"),
    )
