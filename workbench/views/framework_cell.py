"""The page Framework: one cell, with its versions, the passages that they rest on, and its drafts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

import streamlit as st

from store.frameworks import DOCUMENTS
from store.studies import Member
from workbench import session
from workbench.messages import say
from workbench.services import framework_cells as service
from workbench.services.framework_cells import Draft, FrameworkMatrix
from workbench.services.framework_rows import FrameworkRow
from workbench.services.frameworks import Column
from workbench.views.drawing import escaped, link_to_place, quote_block
from workbench.views.words import do, local_time, plain, tell

#: Characters of a quote on a line that chooses it.
_SHORT = 160

#: Titles of documents that are named under a case; of more, how many there are.
_MOST_TITLES = 3


@dataclass(frozen=True)
class Place:
    """The cell that was clicked."""

    row: FrameworkRow
    column: Column


def show_cell(actor: Member, matrix: FrameworkMatrix, place: Place) -> None:
    """What stands in a cell, what it rests on, and the way to write in it."""
    versions = matrix.cells.get((place.row.key, place.column.code_id), ())
    st.html(
        f'<div class="tp-block"><h3 dir="auto">{escaped(place.column.label)}</h3>'
        f'<p class="tp-soft tp-small" dir="auto">{escaped(_name_of(matrix, place.row))}</p></div>'
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


def _name_of(matrix: FrameworkMatrix, row: FrameworkRow) -> str:
    """The title of a document; the name of a case with its documents."""
    if matrix.kind == DOCUMENTS:
        return row.title
    titles = [document.title for document in row.documents]
    if len(titles) > _MOST_TITLES:
        return say("{name} · in {n} documents", name=row.title, n=len(titles))
    return say("{name} · in {titles}", name=row.title, titles="; ".join(titles))


def _show_version(version: Draft) -> None:
    said = say("{author} · {when}", author=version.author, when=local_time(version.written_at))
    st.html(
        f'<div class="tp-block"><p dir="auto" style="white-space:pre-line">{escaped(version.text)}</p>'
        f'<p class="tp-soft tp-small">{escaped(said)}</p></div>'
    )
    for excerpt in version.excerpts:
        st.html(quote_block(excerpt))
        link_to_place(excerpt)


def _read_so_far(name: str, place: Place, versions: Sequence[Draft]) -> list[UUID]:
    """The versions that stood in the cell when the person opened it, which alone their save replaces."""
    opened = (name, place.row.key, place.column.code_id)
    if st.session_state.get("framework_opened") != opened:
        st.session_state["framework_opened"] = opened
        st.session_state["framework_read"] = [version.id for version in versions]
    read: list[UUID] = st.session_state["framework_read"]
    return read


def _ask_summary(
    actor: Member, matrix: FrameworkMatrix, place: Place, versions: Sequence[Draft], read: Sequence[UUID]
) -> None:
    """The summary and its passages. What is typed stays until it is saved or another cell is opened."""
    engine = session.engine()
    row, code_id = place.row.key, place.column.code_id
    stood = [version for version in versions if version.id in read]
    form = "_".join(map(str, (place.row.key, place.column.code_id, *read)))
    with st.form(f"framework_cell_{form}", border=False):
        text = st.text_area(
            say("Summary"),
            value="\n\n".join(version.text for version in stood),
            height=150,
            key=f"framework_text_{form}",
        )
        chosen = _ask_passages(matrix, place, stood, form)
        saved = st.form_submit_button(say("Save the summary"), type="primary")
    if saved:
        do(
            lambda: _then_read_anew(
                service.save_cell(
                    engine,
                    actor,
                    matrix.name,
                    row=row,
                    code_id=code_id,
                    text=text or "",
                    coding_ids=chosen,
                    instead_of=read,
                )
            )
        )
    if versions and st.button(say("Clear the cell"), help=say("Its drafts stay and can be restored.")):

        def clear() -> None:
            service.clear_cell(engine, actor, matrix.name, row=row, code_id=code_id, instead_of=read)
            _then_read_anew()

        do(clear)


def _ask_passages(matrix: FrameworkMatrix, place: Place, stood: Sequence[Draft], form: str) -> list[UUID]:
    """The codings that the summary rests on."""
    passages = service.passages_for(
        session.engine(), session.actor(), matrix.name, place.row.key, place.column.code_id
    )
    titles = {document.id: document.title for document in place.row.documents}
    several = len(titles) > 1
    rested = {(e.document_id, e.start_char, e.end_char): e for version in stood for e in version.excerpts}
    lines: dict[UUID, tuple[str, bool]] = {}
    now = set()
    for passage in passages:
        at = (passage.document_id, passage.start_char, passage.end_char)
        now.add(at)
        said = say(
            "“{quote}” {code}, {coder}", quote=_short(passage.quote), code=passage.code, coder=passage.coder
        )
        line = say("{said}, in {title}", said=said, title=titles[passage.document_id]) if several else said
        lines[passage.id] = (line, at in rested)
    lines |= {
        e.coding_id: (say("“{quote}” (its coding has changed since)", quote=_short(e.quote)), True)
        for at, e in rested.items()
        if at not in now and e.coding_id is not None
    }
    if not lines:
        tell(
            say("Nothing that you may see is coded with this theme in this document.")
            if matrix.kind == DOCUMENTS
            else say("Nothing that you may see is coded with this theme in what belongs to this row.")
        )
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


def _show_drafts(actor: Member, matrix: FrameworkMatrix, place: Place, read: Sequence[UUID]) -> None:
    drafts = service.drafts_of(session.engine(), actor, matrix.name, place.row.key, place.column.code_id)
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
