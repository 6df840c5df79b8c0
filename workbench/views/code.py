"""The page Code: one document, read and coded."""

from __future__ import annotations

from uuid import UUID

import streamlit as st

from store.documents import StoredDocument
from store.studies import Member
from workbench import session
from workbench.components.reader import show_reader
from workbench.messages import say, say_number
from workbench.reasons import retold
from workbench.services import coding, progress, rounds
from workbench.services.codebooks import current_codebook
from workbench.services.coding import CodingScreen
from workbench.services.documents import list_documents
from workbench.services.participants import voices_in
from workbench.services.progress import ReadingProgress, reading_progress
from workbench.services.versions import place_now
from workbench.views.links import link
from workbench.views.reading import reader_codes, reader_codings, reader_document, reader_words
from workbench.views.words import plain, tell


def show() -> None:
    """Draw the page for the document that the address names, or the first one."""
    actor = session.actor()
    listed = list_documents(session.engine(), actor)
    if not listed:
        tell(say("Here you read and code, one document at a time. There is none yet."))
        link("documents", say("Import documents"))
        return
    if current_codebook(session.engine(), actor) is None:
        tell(say("Passages are coded with the codes of a codebook. The study has none yet."))
        link("codebook", say("Load a codebook"))
        return
    if (notice := st.session_state.pop("code_notice", None)) is not None:
        st.toast(notice)
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        document_id = _choose(listed)
        read = reading_progress(session.engine(), actor)
        _show_progress(actor, document_id, read)
        screen = _screen(actor, document_id)
        place = _place(actor, document_id)
        _show_round(actor, screen)
        everyone = _ask_for_others(actor.name, screen)
    if reason := coding.too_long_to_show(screen.document):
        st.warning(plain(retold(reason)))
        return
    _show_document(actor.name, document_id, everyone, read, place)


def _screen(actor: Member, document_id: UUID) -> CodingScreen:
    """What the person sees of the document; what this tab showed last need not be read again."""
    last: tuple[Member, CodingScreen] | None = st.session_state.get("code_screen")
    is_same = last is not None and last[0] == actor and last[1].document.id == document_id
    screen = coding.coding_screen(
        session.engine(), actor, document_id, before=last[1] if last and is_same else None
    )
    st.session_state["code_screen"] = (actor, screen)
    return screen


def _choose(listed: list[StoredDocument]) -> UUID:
    """The document to read, by name or one after the other."""
    by_id = {document.id: document for document in listed}
    ids = list(by_id)
    wanted = session.chosen_document()
    if wanted is not None and wanted not in by_id:
        st.caption(say("The document of this address is not in the study any more."), width="content")
    current = wanted if wanted in by_id else ids[0]
    place = ids.index(current)
    picked = st.selectbox(
        say("Document"),
        ids,
        index=place,
        format_func=lambda i: f"{by_id[i].title}  ({by_id[i].source})",
        key=f"code_document_{current}",
        label_visibility="collapsed",
        width=620,
    )
    if picked != current:
        _open(picked)
    if st.button(say("Previous"), disabled=place == 0):
        _open(ids[place - 1])
    if st.button(say("Next"), disabled=place == len(ids) - 1):
        _open(ids[place + 1])
    st.caption(say("{n} of {total}", n=place + 1, total=len(ids)), width="content")
    session.choose("document", str(current))
    return current


def _place(actor: Member, document_id: UUID) -> int | None:
    """Where the address points to in the present text; a place of an earlier text is told as such."""
    at = session.place()
    if at is None:
        return None
    now = place_now(session.engine(), actor, document_id, session.version(), at)
    if now.number is not None:
        told = (
            say("From version {n} of this text", n=now.number)
            if now.is_same
            else say("From version {n} of this text; these words were changed since", n=now.number)
        )
        st.caption(told, width="content")
    return now.at


def _open(document_id: UUID) -> None:
    session.choose("document", str(document_id))
    for name in ("at", "version"):
        st.query_params.pop(name, None)
    st.rerun()


def _show_progress(actor: Member, document_id: UUID, read: ReadingProgress) -> None:
    """How many documents the person has read, and whether this is one of them."""
    st.caption(say("{n} of {total} read", n=read.read, total=read.total), width="content")
    if read.states[document_id] == "finished":
        return
    if not progress.may_mark(session.engine(), actor, document_id):
        return
    is_read = read.states[document_id] == "read"
    if st.button(say("Not read yet") if is_read else say("Mark as read")):
        _mark(actor, document_id, is_read=is_read)


def _mark(actor: Member, document_id: UUID, *, is_read: bool) -> None:
    mark = progress.mark_as_not_read if is_read else progress.mark_as_read
    mark(session.engine(), actor, document_id)
    st.rerun()


def _turn_page(actor: Member, document_id: UUID, read: ReadingProgress, wanted: str) -> None:
    """Do what a key of the reader asked for: another document, or to mark this one as read."""
    ids = list(read.states)
    place = ids.index(document_id)
    if wanted == "read":
        _mark(actor, document_id, is_read=read.states[document_id] == "read")
    elif wanted == "unread" and (other := read.next_unread(document_id)) is not None:
        _open(other)
    elif wanted in ("next", "previous"):
        _open(ids[place + (1 if wanted == "next" else -1)])


def _turns(screen: CodingScreen, read: ReadingProgress) -> list[str]:
    """What the reader's keys can ask of the page now; in a round a document is finished, not marked."""
    document_id = screen.document.id
    ids = list(read.states)
    possible = {
        "next": document_id != ids[-1],
        "previous": document_id != ids[0],
        "unread": read.next_unread(document_id) is not None,
        "read": screen.round is None,
    }
    return [turn for turn, is_possible in possible.items() if is_possible]


def _show_round(actor: Member, screen: CodingScreen) -> None:
    """In a round: what it is, and the button that freezes one's codings of this document."""
    if screen.round is None:
        return
    if screen.closed:
        st.caption(say("Round {name} · locked", name=plain(screen.round.name)), width="content")
        return
    blind = say("blind") if screen.round.blind else say("open to each other")
    st.caption(say("Round {name} · {blind}", name=plain(screen.round.name), blind=blind), width="content")
    if st.button(say("Finish this document"), type="primary"):
        _finish(actor, screen)


def _finish(actor: Member, screen: CodingScreen) -> None:
    assert screen.round is not None
    done = rounds.finish(session.engine(), actor, screen.round.name, document=str(screen.document.id))
    st.session_state["code_notice"] = (
        say_number("Finished: {n} coding is locked.", "Finished: {n} codings are locked.", done.codings)
        if not done.without_valence
        else say_number(
            "Finished: {n} coding is locked; {without} of them have no valence.",
            "Finished: {n} codings are locked; {without} of them have no valence.",
            done.codings,
            without=done.without_valence,
        )
    )
    st.rerun()


def _ask_for_others(person: str, screen: CodingScreen) -> bool:
    """Whether to show the codings of others too; yes to begin with for those who have none of their own."""
    coders = {c.coder for c in screen.codings}
    if not coders - {person}:
        return False
    return st.toggle(
        say("Codings of {names} too", names=plain(", ".join(sorted(coders - {person})))),
        value=person not in coders,
        key=f"code_everyone_{screen.document.id}_{person}",
    )


@st.fragment
def _show_document(
    person: str, document_id: UUID, everyone: bool, read: ReadingProgress, place: int | None
) -> None:
    """The reader; a coding reruns this part of the page alone."""
    actor = session.actor()
    if (wanted := st.session_state.pop("code_turn", None)) is not None:
        _turn_page(actor, document_id, read, wanted)
    screen = _screen(actor, document_id)
    shown = [c for c in screen.codings if everyone or c.coder == person]
    answers = st.session_state.pop(f"code_answers_{document_id}", [])
    show_reader(
        key="code",
        document=reader_document(screen.document, screen.version_id),
        codes=reader_codes(screen.known, offered=screen.codebook),
        codings=reader_codings(shown, person=person),
        coders=sorted({c.coder for c in shown}) or [person],
        person=person,
        acked=[answer.operation for answer in answers if answer.reason is None],
        refused=[
            {"operation": answer.operation, "reason": retold(answer.reason)}
            for answer in answers
            if answer.reason is not None
        ],
        words=reader_words(),
        on_outbox=lambda operations: _store(document_id, screen.version_id, operations),
        read_only=bool(screen.closed),
        reason_read_only=retold(screen.closed),
        turns=_turns(screen, read),
        voices=voices_in(session.engine(), actor, document_id),
        on_turn=_note_turn,
        can_propose=True,
        at=place,
    )


def _note_turn(wanted: str) -> None:
    st.session_state["code_turn"] = wanted


def _store(document_id: UUID, version_id: UUID, operations: list[dict[str, object]]) -> None:
    st.session_state[f"code_answers_{document_id}"] = coding.apply_operations(
        session.engine(), session.actor(), document_id, operations, version_id=version_id
    )
