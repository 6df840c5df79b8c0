"""The page Framework: documents against themes, a summary in each cell that leads back to its quotes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from uuid import UUID

import pandas as pd
import streamlit as st

from store.documents import StoredDocument
from store.studies import Member
from workbench import session
from workbench.messages import say
from workbench.services import frameworks as service
from workbench.services.codebooks import list_codebooks
from workbench.services.frameworks import Column, Draft, FrameworkLine, FrameworkMatrix
from workbench.views.convergence import STYLE, escaped, link_to_place, quote_block
from workbench.views.links import link
from workbench.views.words import do, local_time, plain, tell

_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

#: Characters of a quote on a line that chooses it.
_SHORT = 160


@dataclass(frozen=True)
class _Place:
    """The cell that was clicked."""

    document: StoredDocument
    column: Column


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
    matrix = service.framework_matrix(session.engine(), actor, line.name)
    shown = _filtered(matrix)
    with bar:
        _offer_acts(actor, line, matrix, shown)
    table, _, cell = st.columns([19, 1, 11])
    with table:
        place = _show_table(matrix, shown)
        _offer_retired(lines)
    with cell:
        if place is None:
            tell(say("Click a cell to read what it rests on, and to write in it."))
        else:
            _show_cell(actor, matrix, place)


def _show_empty(actor: Member) -> None:
    tell(
        say(
            "A framework sets documents against themes (Ritchie & Spencer): each cell holds a summary, in "
            "your words, of what one document says on one theme, with the coded passages that it rests on. "
            "Every draft is kept with its author and time."
        )
    )
    if not list_codebooks(session.engine(), actor):
        tell(say("Its themes are codes of the codebook. The study has none yet."))
        link("codebook", say("Load a codebook"))
        return
    if st.button(say("New framework"), type="primary"):
        _ask_framework()


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
    actor: Member, line: FrameworkLine, matrix: FrameworkMatrix, shown: Sequence[StoredDocument]
) -> None:
    engine = session.engine()
    if st.button(say("New framework")):
        _ask_framework()
    if matrix.may_change and st.button(say("Columns")):
        _ask_columns(matrix)
    if matrix.may_change and st.button(say("Rename")):
        _ask_name(line)
    if matrix.may_change and st.button(
        say("Retire the framework"), help=say("It can be brought back, with all that was written in it.")
    ):
        do(lambda: service.retire_framework(engine, actor, matrix.name))
    for label, ending, mime in (
        (say("Download XLSX"), "xlsx", _WORKBOOK),
        (say("Download DOCX"), "docx", _WORD),
    ):
        st.download_button(
            label,
            data=partial(
                service.framework_bytes,
                engine,
                actor,
                matrix.name,
                format=ending,  # type: ignore[arg-type]
                document_ids=[document.id for document in shown],
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


def _filtered(matrix: FrameworkMatrix) -> list[StoredDocument]:
    """The documents that pass the filters, in the chosen order."""
    title, source, state, order = st.columns([4, 4, 3, 3])
    wanted = title.text_input(say("Title contains"), type="search", key="framework_title")
    sources = list(dict.fromkeys(document.source for document in matrix.documents))
    chosen = source.multiselect(say("Source"), sources, placeholder=say("all"))
    states = {
        "all": say("all documents"),
        "begun": say("with a summary"),
        "open": say("with an empty cell"),
        "double": say("with two versions in a cell"),
    }
    orders = {
        "study": say("source and date"),
        "title": say("title"),
        "date": say("date"),
        "filled": say("most summaries first"),
    }
    picked = state.selectbox(say("Show"), list(states), format_func=states.__getitem__)
    by = order.selectbox(say("Sort by"), list(orders), format_func=orders.__getitem__)
    filled = _filled_cells(matrix)
    shown = [
        document
        for document in matrix.documents
        if (wanted or "").casefold().strip() in document.title.casefold()
        and (not chosen or document.source in chosen)
        and _in_state(filled[document.id], len(matrix.columns), picked)
    ]
    return _sorted(shown, by, filled)


def _filled_cells(matrix: FrameworkMatrix) -> dict[UUID, list[int]]:
    """For each document, how many versions stand in each of its cells that are not empty."""
    filled: dict[UUID, list[int]] = {document.id: [] for document in matrix.documents}
    for (document_id, _), versions in matrix.cells.items():
        filled.setdefault(document_id, []).append(len(versions))
    return filled


def _in_state(filled: Sequence[int], columns: int, state: str) -> bool:
    return {
        "all": True,
        "begun": bool(filled),
        "open": len(filled) < columns,
        "double": any(versions > 1 for versions in filled),
    }[state]


def _sorted(
    shown: list[StoredDocument], by: str, filled: Mapping[UUID, Sequence[int]]
) -> list[StoredDocument]:
    if by == "title":
        return sorted(shown, key=lambda document: document.title.casefold())
    if by == "date":
        return sorted(shown, key=lambda document: (document.date is None, str(document.date)))
    if by == "filled":
        return sorted(shown, key=lambda document: -len(filled[document.id]))
    return shown


def _show_table(matrix: FrameworkMatrix, shown: Sequence[StoredDocument]) -> _Place | None:
    """The matrix; the cell that was clicked."""
    if not shown:
        tell(say("No document passes these filters, or the study has none yet."))
        return None
    st.caption(
        say(
            "{n} of {total} documents · a summary in {filled} of {whole} cells",
            n=len(shown),
            total=len(matrix.documents),
            filled=len(matrix.cells),
            whole=matrix.places,
        )
    )
    names = {f"{column.key} {column.label}": column for column in matrix.columns}
    first = say("Document")
    table = pd.DataFrame(
        {first: [document.title for document in shown]}
        | {
            name: [_cell_text(matrix.cells.get((document.id, column.code_id), ())) for document in shown]
            for name, column in names.items()
        }
    )
    columns = {first: st.column_config.TextColumn(width=210, pinned=True)} | {
        name: st.column_config.TextColumn(width=240) for name in names
    }
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
            return _Place(shown[row], names[name])
    return None


def _cell_text(versions: Sequence[Draft]) -> str:
    if len(versions) > 1:
        return say("{n} versions: {words}", n=len(versions), words=" / ".join(v.text for v in versions))
    return versions[0].text if versions else ""


# --- one cell ---------------------------------------------------------------------------------------


def _show_cell(actor: Member, matrix: FrameworkMatrix, place: _Place) -> None:
    versions = matrix.cells.get((place.document.id, place.column.code_id), ())
    st.html(
        f'<div class="tp-block"><h3 dir="auto">{escaped(place.column.label)}</h3>'
        f'<p class="tp-soft tp-small" dir="auto">{escaped(place.document.title)}</p></div>'
    )
    if len(versions) > 1:
        tell(
            say(
                "{names} wrote here at the same time, so both versions stand. Save one text below to "
                "settle it; what it stands in place of stays among the drafts.",
                names=", ".join(version.author for version in versions),
            )
        )
    for version in versions:
        _show_version(version)
    read = _read_so_far(matrix.name, place, versions)
    if {version.id for version in versions} - set(read):
        tell(say("Somebody saved this cell while you were writing. If you save too, both versions stand."))
    _ask_summary(actor, matrix, place, versions, read)
    _show_drafts(actor, matrix, place, read)


def _show_version(version: Draft) -> None:
    said = say("{author} · {when}", author=version.author, when=local_time(version.written_at))
    st.html(
        f'<div class="tp-block"><p dir="auto" style="white-space:pre-line">{escaped(version.text)}</p>'
        f'<p class="tp-soft tp-small">{escaped(said)}</p></div>'
    )
    for excerpt in version.excerpts:
        st.html(quote_block(excerpt))
        link_to_place(excerpt)


def _read_so_far(name: str, place: _Place, versions: Sequence[Draft]) -> list[UUID]:
    """The versions that stood in the cell when the person opened it, which alone their save replaces."""
    opened = (name, place.document.id, place.column.code_id)
    if st.session_state.get("framework_opened") != opened:
        st.session_state["framework_opened"] = opened
        st.session_state["framework_read"] = [version.id for version in versions]
    read: list[UUID] = st.session_state["framework_read"]
    return read


def _ask_summary(
    actor: Member, matrix: FrameworkMatrix, place: _Place, versions: Sequence[Draft], read: Sequence[UUID]
) -> None:
    """The summary and its passages. What is typed stays until it is saved or another cell is opened."""
    engine = session.engine()
    where = {"document_id": place.document.id, "code_id": place.column.code_id}
    stood = [version for version in versions if version.id in read]
    form = "_".join(map(str, (place.document.id, place.column.code_id, *read)))
    with st.form(f"framework_cell_{form}", border=False):
        text = st.text_area(
            say("Summary"),
            value="\n\n".join(version.text for version in stood),
            height=150,
            key=f"framework_text_{form}",
        )
        chosen = _ask_passages(place, stood, form)
        saved = st.form_submit_button(say("Save the summary"), type="primary")
    if saved:
        do(
            lambda: _then_read_anew(
                service.save_cell(
                    engine, actor, matrix.name, text=text or "", coding_ids=chosen, instead_of=read, **where
                )
            )
        )
    if versions and st.button(say("Clear the cell"), help=say("Its drafts stay and can be restored.")):

        def clear() -> None:
            service.clear_cell(engine, actor, matrix.name, instead_of=read, **where)
            _then_read_anew()

        do(clear)


def _ask_passages(place: _Place, stood: Sequence[Draft], form: str) -> list[UUID]:
    """The codings that the summary rests on."""
    passages = service.passages_for(
        session.engine(), session.actor(), place.document.id, place.column.code_id
    )
    rested = {(e.start_char, e.end_char): e for version in stood for e in version.excerpts}
    lines = {
        passage.id: (
            say(
                "“{quote}” {code}, {coder}",
                quote=_short(passage.quote),
                code=passage.code,
                coder=passage.coder,
            ),
            (passage.start_char, passage.end_char) in rested,
        )
        for passage in passages
    }
    now = {(passage.start_char, passage.end_char) for passage in passages}
    lines |= {
        e.coding_id: (say("“{quote}” (its coding has changed since)", quote=_short(e.quote)), True)
        for at, e in rested.items()
        if at not in now and e.coding_id is not None
    }
    if not lines:
        tell(say("Nothing that you may see is coded with this theme in this document."))
        return []
    st.caption(say("Passages that the summary rests on"))
    with st.container(height=260 if len(lines) > 5 else "content", border=False):
        return [
            coding_id
            for coding_id, (label, rests) in lines.items()
            if st.checkbox(plain(label), value=rests, key=f"framework_rests_{form}_{coding_id}")
        ]


def _short(quote: str) -> str:
    words = " ".join(quote.split())
    return words if len(words) <= _SHORT else f"{words[:_SHORT]}…"


def _then_read_anew(_done: object = None) -> None:
    st.session_state.pop("framework_opened", None)


def _show_drafts(actor: Member, matrix: FrameworkMatrix, place: _Place, read: Sequence[UUID]) -> None:
    drafts = service.drafts_of(session.engine(), actor, matrix.name, place.document.id, place.column.code_id)
    earlier = [draft for draft in drafts if not draft.live]
    if not earlier:
        return
    with st.expander(say("Earlier drafts ({n})", n=len(earlier))):
        for draft in earlier:
            _show_version(draft)
            if st.button(say("Restore this draft"), key=f"framework_restore_{draft.id}"):
                do(
                    lambda draft=draft: _then_read_anew(  # type: ignore[misc]
                        service.restore_draft(session.engine(), actor, matrix.name, draft.id, instead_of=read)
                    )
                )


# --- dialogs ----------------------------------------------------------------------------------------


@st.dialog("New framework")
def _ask_framework() -> None:
    engine, actor = session.engine(), session.actor()
    with st.form("new_framework", border=False):
        name = st.text_input(say("Name of the framework"))
        themes = _ask_themes(actor, {})
        if st.form_submit_button(say("Make the framework"), type="primary"):
            do(lambda: _choose_new(service.add_framework(engine, actor, name or "", themes=themes)))


def _choose_new(name: str) -> None:
    st.session_state["framework_chosen"] = name


@st.dialog("Columns")
def _ask_columns(matrix: FrameworkMatrix) -> None:
    engine, actor = session.engine(), session.actor()
    tell(say("What was written under a theme stays with it, and is back when the theme is."))
    with st.form("framework_columns", border=False):
        themes = _ask_themes(actor, {column.key: column.label for column in matrix.columns})
        if st.form_submit_button(say("Set the columns"), type="primary"):
            do(lambda: service.change_columns(engine, actor, matrix.name, themes=themes))


@st.dialog("Rename")
def _ask_name(line: FrameworkLine) -> None:
    tell(say("All that was written in it goes along."))
    with st.form("framework_name", border=False):
        name = st.text_input(say("Name of the framework"), value=line.name)
        if st.form_submit_button(say("Give this name"), type="primary"):
            do(lambda: _rename(line, name))
    if line.former_names:
        former = line.former_names[0]
        if st.button(say("Name it “{name}” again", name=plain(former))):
            do(lambda: _rename(line, former))


def _rename(line: FrameworkLine, name: str) -> None:
    renamed = service.rename_framework(session.engine(), session.actor(), line.name, name)
    st.session_state["framework_chosen"] = renamed


def _ask_themes(actor: Member, now: Mapping[str, str]) -> list[str]:
    books = list_codebooks(session.engine(), actor)
    known = {code.key: code.name() for book in books for code in book.codebook.codes}
    labels = dict(now) | known
    return st.multiselect(
        say("Themes, in the order of the columns"),
        list(labels),
        default=list(now),
        format_func=lambda key: f"{key}  {labels[key]}",
        placeholder=say("choose from the codebook"),
    )
