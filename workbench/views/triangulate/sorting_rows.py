"""The rows of the matrix in step 1: renamed, merged, bound to a group; lists of researchers; the log."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import streamlit as st
from sqlalchemy import Engine

from codebook.hierarchy import children
from codebook.models import Codebook
from corpus.errors import UserFacingError
from store.studies import Member
from triangulation.alignment import AlignedRow, Alignment
from triangulation.sorting_table import theme_list
from workbench.messages import say
from workbench.reasons import retold
from workbench.services import findings, sorting
from workbench.services.codebooks import codes_now
from workbench.services.sorting import LogLine, Moved, Sorting
from workbench.services.triangulation import Triangulation
from workbench.views.drawing import escaped, row_name, soft, soft_line, table, theme_name
from workbench.views.words import do, local_time, plain, tell


def show_rows(engine: Engine, actor: Member, found: Triangulation, book: Codebook, state: Sorting) -> None:
    """The common list of themes with their rows, and what can be done with a row."""
    left, right = st.columns([7, 3], gap="large")
    with left:
        if found.matrix.rows:
            st.html(_theme_table(found, book, state))
        else:
            tell(
                say(
                    "No row yet. A row is a statement under a theme that sources are compared on; every "
                    "finding brings one, or add it at the right."
                )
            )
    with right:
        _ask_row(engine, actor, found, book, state)
        _ask_new_row(engine, actor)
        _show_moves(engine, actor, book, state)


def _theme_table(found: Triangulation, book: Codebook, state: Sorting) -> str:
    sources = found.matrix.sources
    rows: list[list[str]] = []
    for entry in theme_list(found.matrix.rows, found.findings, sources, book):
        level = theme_name(book, entry.level) if entry.level else say("Other themes")
        rows.append([f"{escaped(level)} ▸ {escaped(theme_name(book, entry.theme))} {soft(entry.theme)}"])
        for row, counts in entry.rows:
            scope = state.scopes.get(row)
            within = "" if scope is None else f"<br>{soft(say('within {group} alone', group=scope))}"
            rows.append(
                [
                    f"{escaped(row.statement or say('The theme itself'))}{within}",
                    *(str(n or "") for n in counts),
                ]
            )
    return table(
        say("The common list of themes and rows, with the number of findings of each source. Blank: none."),
        [say("Row"), *sources],
        rows,
    )


def _ask_row(engine: Engine, actor: Member, found: Triangulation, book: Codebook, state: Sorting) -> None:
    if not found.matrix.rows:
        return
    row = st.selectbox(
        say("Row"),
        list(found.matrix.rows),
        format_func=lambda r: f"{r.theme}  {row_name(book, r)}",
        key="sorting_row",
    )
    key = f"{row.theme}_{row.statement}"
    words = st.text_input(say("Its words"), value=row.statement, key=f"sorting_words_{key}")
    into = st.selectbox(
        say("Merge into"),
        list(sorting.candidates_for(engine, actor, row)),
        index=None,
        format_func=lambda r: f"{r.theme}  {row_name(book, r)}",
        placeholder=say("Rows of the same theme come first"),
        key=f"sorting_into_{key}",
    )
    group = st.text_input(
        say("Speaks of one group of participants alone"),
        value=state.scopes.get(row, ""),
        placeholder=say("home nurses"),
        key=f"sorting_group_{key}",
    )
    reason = st.text_input(
        say("Reason (needed: somebody has judged)") if state.needs_reason else say("Reason, for the log"),
        key=f"sorting_reason_{key}",
    )
    with st.container(horizontal=True):
        if st.button(say("Rename this row"), disabled=words == row.statement):
            do(lambda: sorting.rename_row(engine, actor, row, words, reason=reason))
        if st.button(say("Merge this row"), disabled=into is None):
            do(lambda: sorting.merge_rows(engine, actor, row, into=into, reason=reason))
        if st.button(say("Set the group"), disabled=group.strip() == state.scopes.get(row, "")):
            do(lambda: sorting.scope_row(engine, actor, row, group))
        if not any(finding.row == row for finding in found.findings) and st.button(
            say("Remove this row"), type="tertiary"
        ):
            do(lambda: sorting.remove_row(engine, actor, row))


def _ask_new_row(engine: Engine, actor: Member) -> None:
    with st.popover(say("Add a row")):
        book = codes_now(engine, actor)
        themes = [c.key for c in book.codes if c.parent is not None or not children(book, c.key)]
        theme = st.selectbox(
            say("Theme"),
            themes,
            index=None,
            format_func=lambda key: f"{theme_name(book, key)}  ({key})",
            placeholder=say("Choose a theme"),
            key="sorting_new_theme",
        )
        statement = st.text_input(
            say("The statement that sources are compared on"), key="sorting_new_statement"
        )
        if st.button(say("Add this row"), disabled=theme is None or not statement.strip()):
            do(lambda: findings.add_row(engine, actor, theme=theme or "", statement=statement))


def _show_moves(engine: Engine, actor: Member, book: Codebook, state: Sorting) -> None:
    """What goes on under another row, with a way to undo it."""
    if not state.moves:
        return
    with st.expander(say("Renamed, merged and matched: {n}", n=len(state.moves))):
        reason = st.text_input(
            say("Reason to undo (needed: somebody has judged)")
            if state.needs_reason
            else say("Reason to undo"),
            key="sorting_undo_reason",
        )
        for move in reversed(state.moves):
            st.html(
                f'<p class="tp-line">{soft(_kind_words()[move.kind])} {escaped(row_name(book, move.row))}'
                f" → {escaped(row_name(book, move.into))}</p>"
            )
            if move.mine and st.button(say("Undo this"), key=f"sorting_undo_{move.id}", type="tertiary"):
                _undo(engine, actor, move, reason)


def _undo(engine: Engine, actor: Member, move: Moved, reason: str) -> None:
    try:
        sorting.undo_move(engine, actor, move.id, reason=reason)
    except UserFacingError as error:
        st.error(plain(retold(error)))
        return
    st.rerun()


def show_lists(engine: Engine, actor: Member, book: Codebook, state: Sorting) -> None:
    """The lists of researchers who sorted alone, to be matched by people."""
    if not state.is_alone:
        tell(
            say(
                "This team sorts together: there is one list. Where each researcher is to sort alone first, "
                "the lead lays that down on the protocol page (step 0), before anybody sorts."
            )
        )
        return
    if state.alignment is None:
        tell(
            say(
                "Lists are put side by side when all have locked. Locked: {locked}. Still sorting: {open}.",
                locked=", ".join(state.locked) or say("nobody yet"),
                open=", ".join(state.still_sorting),
            )
        )
        return
    if not state.alignment.rows:
        tell(say("All have locked, and you may read no list: lock your own sorting to read those of others."))
        return
    left, right = st.columns([7, 3], gap="large")
    with left:
        st.html(_alignment_table(state.alignment, book))
    with right:
        _ask_match(engine, actor, state, state.alignment, book)
        _show_moves(engine, actor, book, state)


def _alignment_table(alignment: Alignment, book: Codebook) -> str:
    groups: list[tuple[str, Sequence[AlignedRow]]] = [
        (say("Matched by all"), alignment.by_all),
        (say("By some"), alignment.by_some),
        (say("By one alone"), alignment.by_one),
    ]
    lines: list[list[str]] = []
    for name, rows in groups:
        lines.append([f"{escaped(name)} {soft(str(len(rows)))}"])
        for row in rows:
            own = (row.own.get(person, ()) for person in alignment.researchers)
            lines.append(
                [
                    f"{escaped(row_name(book, row.row))} {soft(row.row.theme)}",
                    *("<br>".join(escaped(row_name(book, r)) for r in words) for words in own),
                ]
            )
    counts = ", ".join(
        say("{name} {n} rows", name=person, n=alignment.listed[person]) for person in alignment.researchers
    )
    return table(
        say(
            "Lists side by side, each in its own words: {counts}. A row that only one has needs no answer.",
            counts=counts,
        ),
        [say("Row"), *alignment.researchers],
        lines,
    )


def _ask_match(engine: Engine, actor: Member, state: Sorting, alignment: Alignment, book: Codebook) -> None:
    rows = [row.row for row in alignment.rows]
    row = st.selectbox(
        say("Row to be matched"),
        rows,
        format_func=lambda r: f"{r.theme}  {row_name(book, r)}",
        key="sorting_match",
    )
    into = st.selectbox(
        say("Means the same as"),
        list(sorting.candidates_for(engine, actor, row)),
        index=None,
        format_func=lambda r: f"{r.theme}  {row_name(book, r)}",
        placeholder=say("The likeliest come first; none is left out"),
        key=f"sorting_match_into_{row.theme}_{row.statement}",
    )
    reason = st.text_input(
        say("Reason (needed: somebody has judged)") if state.needs_reason else say("Reason, for the log"),
        key="sorting_match_reason",
    )
    if st.button(say("Match these rows"), disabled=into is None):
        do(lambda: sorting.merge_rows(engine, actor, row, into=into, kind="match", reason=reason))


def show_log(engine: Engine, actor: Member, book: Codebook) -> None:
    """What was done to rows and who locked, newest first."""
    lines = sorting.sorting_log(engine, actor)
    if not lines:
        st.html(
            soft_line(say("Nothing yet: rows that are added, renamed, merged or matched are listed here."))
        )
        return
    st.html(
        table(
            say("What was done to rows, and who locked and reopened; newest first."),
            [say("When"), say("Who"), say("What"), say("Row"), say("Into"), say("Reason")],
            [_log_cells(line, book) for line in reversed(lines)],
        )
    )


def _log_cells(line: LogLine, book: Codebook) -> list[str]:
    row = line.researcher if line.row is None else row_name(book, line.row)
    return [
        escaped(local_time(dt.datetime.fromisoformat(line.at))),
        escaped(line.person),
        escaped(_kind_words()[line.what]),
        escaped(row),
        "" if line.into is None else escaped(row_name(book, line.into)),
        escaped(line.reason),
    ]


def _kind_words() -> dict[str, str]:
    return {
        "add": say("added"),
        "remove": say("removed"),
        "rename": say("renamed"),
        "merge": say("merged"),
        "match": say("matched"),
        "undo": say("undone"),
        "scope": say("bound to a group"),
        "unscope": say("no longer bound to a group"),
        "lock": say("locked"),
        "reopen": say("reopened"),
    }
