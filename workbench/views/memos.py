"""The page Memos: what people think while they read, found again and led back to its place."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from uuid import UUID

import pandas as pd
import streamlit as st

from store.studies import Member
from workbench import session
from workbench.messages import say, say_as
from workbench.services import memos as service
from workbench.services.codebooks import list_codebooks
from workbench.services.coding import codings_in
from workbench.services.documents import list_documents
from workbench.services.memos import ABOUT, KINDS, MemoLine, Wanted, memos_file, memos_of
from workbench.services.studies import team
from workbench.views.drawing import STYLE, escaped
from workbench.views.leaving import download
from workbench.views.links import link
from workbench.views.words import dialog, do, local_time, tell


def kind_words() -> dict[str | None, str]:
    """The kinds of memos in words; None stands for a memo that was written with its coding."""
    return {
        "reflexive": say("reflexive"),
        "theoretical": say("theoretical"),
        "methodological": say("methodological"),
        "codebook": say("codebook"),
        service.IN_THE_FILE: say("in the file"),
        None: say("with a coding"),
    }


def about_words() -> dict[str, str]:
    """What memos can be about, in words."""
    return {
        "study": say("the study"),
        "document": say("a document"),
        "code": say("a code or theme"),
        "coding": say("a coding"),
    }


def undo_words() -> dict[str, str]:
    """What undoing would take back, in words."""
    return {
        "memo.add": say("Takes the memo that you wrote last away again"),
        "memo.change": say("Gives the memo that you changed last its earlier words"),
        "memo.share": say("Makes the memo that you shared last private again"),
        "memo.unshare": say("Shares again the memo that you made private last"),
        "memo.retire": say("Brings back the memo that you retired last"),
    }


def show() -> None:
    """Draw the page."""
    actor = session.actor()
    st.html(STYLE)
    bar = st.container(horizontal=True, vertical_alignment="bottom")
    with bar:
        st.title(say("Memos"), width="stretch")
        _offer_undo(actor)
        if st.button(say("New memo"), type="primary"):
            _ask_memo()
    everything = memos_of(session.engine(), actor)
    if not everything:
        tell(
            say(
                "A memo keeps what you think while you read: on your own part in it (reflexive), on what it "
                "may mean (theoretical), on how it is done (methodological), on codes and their boundaries "
                "(codebook). A memo is yours alone until you share it."
            )
        )
        return
    wanted = _ask_filters(actor)
    lines = service.narrowed(everything, wanted)
    with bar:
        _offer_file(actor, wanted)
    listed, _, reading = st.columns([17, 1, 9])
    with listed:
        picked = _show_list(lines, wanted)
    with reading:
        if picked is not None:
            _show_memo(picked)
        elif lines:
            tell(say("Click a memo to read it whole."))


def _offer_undo(actor: Member) -> None:
    change = service.memo_change_to_undo(session.engine(), actor)
    if change is not None and st.button(say("Undo"), help=undo_words()[change]):
        do(lambda: service.undo_memo_change(session.engine(), actor))


def _offer_file(actor: Member, wanted: Wanted) -> None:
    download(
        say("Download CSV"),
        "memos",
        data=partial(memos_file, session.engine(), actor, wanted),
        file_name="memos.csv",
        mime="text/csv",
        on_click="ignore",
    )


def _ask_filters(actor: Member) -> Wanted:
    text, kind, about, author = st.columns([4, 3, 3, 3])
    words = text.text_input(
        say("Search the memos"), type="search", placeholder=say('words, or a "phrase"'), key="memo_words"
    )
    kinds = kind.multiselect(
        say("Kind"),
        (*KINDS, service.IN_THE_FILE),
        format_func=lambda key: kind_words()[key],
        placeholder=say("all"),
    )
    abouts = about.multiselect(
        say("About"), ABOUT, format_func=lambda key: about_words()[key], placeholder=say("all")
    )
    people = [member.name for member in team(session.engine(), actor)]
    authors = author.multiselect(say("Author"), people, placeholder=say("all"))
    return Wanted((words or "").strip(), tuple(kinds), tuple(abouts), tuple(authors))


def _show_list(lines: Sequence[MemoLine], wanted: Wanted) -> MemoLine | None:
    """The table; the memo that was clicked."""
    if not lines:
        tell(say("No memo passes these filters."))
        return None
    st.caption(say("{n} memos that you may read, newest first.", n=len(lines)))
    table = pd.DataFrame(
        {
            say("When"): [local_time(line.written_at) for line in lines],
            say("Author"): [line.author for line in lines],
            say("Kind"): [kind_words()[line.kind] for line in lines],
            say("About"): [_place(line) for line in lines],
            say("Seen by"): [_readers(line) for line in lines],
            say("Memo"): [" ".join(line.text.split()) for line in lines],
        }
    )
    columns = {
        say("When"): st.column_config.TextColumn(width=125),
        say("Author"): st.column_config.TextColumn(width=75),
        say("Kind"): st.column_config.TextColumn(width=105),
        say("About"): st.column_config.TextColumn(width=170),
        say("Seen by"): st.column_config.TextColumn(width=95),
        say("Memo"): st.column_config.TextColumn(width="large"),
    }
    picked = st.dataframe(
        table,
        hide_index=True,
        row_height=32,
        height="content" if len(lines) < 18 else 600,
        column_config=columns,
        on_select="rerun",
        selection_mode="single-cell",
        key="memo_table",
    )
    rows = [row for row, _ in picked.selection.cells if row < len(lines)]
    return lines[rows[0]] if rows else None


def _place(line: MemoLine) -> str:
    """What a memo is about, in a few words."""
    if line.about == "study":
        return say("the study")
    if line.about == "coding":
        return (
            say("“{quote}”", quote=" ".join(line.place.split())) if line.place else say("a coding taken back")
        )
    return line.place


def _readers(line: MemoLine) -> str:
    if line.shared is None:
        return say("as its coding")
    return say("everyone") if line.shared else say("you alone")


def _show_memo(line: MemoLine) -> None:
    """A memo whole, with its place and what its author can do with it."""
    said = say(
        "{kind} · {author} · {when} · {readers}",
        kind=kind_words()[line.kind],
        author=line.author,
        when=local_time(line.written_at),
        readers=_readers(line),
    )
    st.html(
        f'<div class="tp-block"><h3 dir="auto">{escaped(_place(line))}</h3>'
        f'<p class="tp-soft tp-small">{escaped(said)}</p>'
        f'<blockquote class="tp-quote" dir="auto">{escaped(line.text)}</blockquote></div>'
    )
    _link(line)
    if line.kind is None:
        tell(say("Written in the reader with its coding; it is changed there."))
    elif line.kind == service.IN_THE_FILE:
        tell(say("Came with the file. Documents, From the file, keeps it as a memo of your own too."))
    elif line.mine:
        _show_acts(line)


def _link(line: MemoLine) -> None:
    if line.document_id is not None:
        where = {} if line.at is None else {"at": str(line.at)}
        label = say("Open: {title}", title=line.document)
        link("code", label, document=str(line.document_id), **where)
    elif line.about == "code":
        link("codebook", say("Open the codebook"))


def _show_acts(line: MemoLine) -> None:
    engine, actor = session.engine(), session.actor()
    with st.container(horizontal=True):
        if st.button(say("Edit")):
            _ask_change(line)
        if line.shared and st.button(say("Make private")):
            do(lambda: service.unshare_memo(engine, actor, line.id))
        if not line.shared and st.button(say_as("verb", "Share")):
            do(lambda: service.share_memo(engine, actor, line.id))
        if st.button(say("Retire")):
            do(lambda: service.retire_memo(engine, actor, line.id))


@dialog("New memo", width="large")
def _ask_memo() -> None:
    engine, actor = session.engine(), session.actor()
    about = st.segmented_control(
        say("About"), ABOUT, format_func=lambda key: about_words()[key], default=_first_about()
    )
    about_id = _ask_subject(actor, about or "study")
    with st.form("new_memo", border=False):
        kind = st.segmented_control(
            say("Kind"), KINDS, format_func=lambda key: kind_words()[key], default=_usual_kind(about)
        )
        text = st.text_area(say("Memo"), height=220)
        shared = st.checkbox(say("Share with everyone in the study (in a blind round: after the reveal)"))
        wanted = st.form_submit_button(say("Save the memo"), type="primary", disabled=about_id is None)
    if wanted and about_id is not None:
        subject = about_id
        do(
            lambda: service.write_memo(
                engine,
                actor,
                kind=kind or _usual_kind(about),
                about=about or "study",
                about_id=subject,
                text=text or "",
                shared=shared,
            )
        )


def _first_about() -> str:
    return "study" if session.chosen("document") is None else "document"


def _usual_kind(about: str | None) -> str:
    return "codebook" if about == "code" else "reflexive"


def _ask_subject(actor: Member, about: str) -> UUID | None:
    """The document, code or coding that the memo is about; None while there is none to choose."""
    if about == "study":
        return actor.study_id
    if about == "code":
        books = list_codebooks(session.engine(), actor)
        codes = {code.id: f"{code.key}  {code.name()}" for book in books for code in book.codebook.codes}
        return _choose(say("Code or theme"), codes, say("the study has no codebook yet"))
    titles = {d.id: f"{d.title}  ({d.source})" for d in list_documents(session.engine(), actor)}
    document_id = _choose(
        say("Document"), titles, say("the study has no documents yet"), first=session.chosen_document()
    )
    if about == "document" or document_id is None:
        return document_id
    found = {
        c.id: f"{c.code}  “{' '.join(c.quote.split())}”  ({c.coder})"
        for c in codings_in(session.engine(), actor, document_id)
    }
    return _choose(say("Coding"), found, say("no coding that you may see in this document"))


def _choose(label: str, names: dict[UUID, str], nothing: str, *, first: UUID | None = None) -> UUID | None:
    ids = list(names)
    index = ids.index(first) if first in names else 0
    picked: UUID | None = st.selectbox(
        label, ids, index=index if ids else None, format_func=names.__getitem__, placeholder=nothing
    )
    return picked


@dialog("Edit the memo", width="large")
def _ask_change(line: MemoLine) -> None:
    engine, actor = session.engine(), session.actor()
    tell(_place(line))
    with st.form("edit_memo", border=False):
        kind = st.segmented_control(
            say("Kind"), KINDS, format_func=lambda key: kind_words()[key], default=line.kind
        )
        text = st.text_area(say("Memo"), value=line.text, height=260)
        if st.form_submit_button(say("Save the memo"), type="primary"):
            do(
                lambda: service.change_memo(
                    engine, actor, line.id, kind=kind or line.kind or KINDS[0], text=text or ""
                )
            )
