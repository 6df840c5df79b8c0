"""The page Suggestions: passages that a search or the codebook finds, accepted or rejected in context."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from uuid import UUID

import pandas as pd
import streamlit as st

from codebook.models import Valence
from corpus.errors import UserFacingError
from store.studies import Member
from workbench import session
from workbench.messages import say
from workbench.reasons import retold
from workbench.services import suggestions as service
from workbench.services.codebooks import list_codebooks
from workbench.services.documents import list_documents
from workbench.services.suggestions import Suggested, Suggestions
from workbench.views.drawing import STYLE, escaped
from workbench.views.links import link
from workbench.views.words import do, plain, tell

VALENCES = {
    Valence.FACILITATOR: "+ facilitator",
    Valence.BARRIER: "− barrier",
    Valence.MIXED: "± mixed",
    Valence.NEUTRAL: "· neutral",
}
#: Keys that accept the passage on the right with a valence.
KEYS = {Valence.FACILITATOR: "F", Valence.BARRIER: "B", Valence.MIXED: "M", Valence.NEUTRAL: "N"}

_MARK = (
    "<style>.tp-found { font-weight: 600; text-decoration: underline; text-decoration-thickness: 2px; "
    "text-underline-offset: 3px; text-decoration-color: light-dark(#0B625E, #6CCDC2); }</style>"
)


@dataclass
class _Desk:
    """What one person has before them in this session: found, looked at, rejected, accepted.

    ``accepted`` holds, for each time that something was accepted, the codings by the names of the
    suggestions that they were made of; None where one was refused.
    """

    found: Suggestions | None = None
    place: int = 0
    rejected: set[str] = field(default_factory=set)
    accepted: list[dict[str, UUID | None]] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    turn: int = 0

    def open(self) -> list[Suggested]:
        """The suggestions that are still to be decided on."""
        decided = self.rejected.union(*self.accepted)
        return [one for one in self.found.found if one.name not in decided] if self.found else []

    def codings(self) -> list[UUID]:
        """The codings that were accepted since the passages were found."""
        return [made for one in self.accepted for made in one.values() if made is not None]


def show() -> None:
    """Draw the page."""
    actor = session.actor()
    st.html(STYLE + _MARK)
    st.title(say("Suggestions"))
    if not list_documents(session.engine(), actor):
        tell(say("Passages are suggested from the documents of the study. There is none yet."))
        link("documents", say("Import documents"))
        return
    if not list_codebooks(session.engine(), actor):
        tell(say("Passages are suggested for the codes of a codebook. The study has none yet."))
        link("codebook", say("Load a codebook"))
        return
    desk = _desk(actor)
    _ask(actor, desk)
    if desk.found is None:
        tell(
            say(
                "Sentences in which your words, or the words of a code, stand are listed here in their "
                "context. What you accept becomes your coding and is marked for ever as suggested; what you "
                "reject is not offered again in this session."
            )
        )
        return
    _tell_closed(desk.found)
    _offer_undo(actor, desk)
    _show_found(actor, desk)


def _desk(actor: Member) -> _Desk:
    desk: _Desk = st.session_state.setdefault(f"suggestions_{actor.id}", _Desk())
    return desk


# --- what to look for -------------------------------------------------------------------------------


def _ask(actor: Member, desk: _Desk) -> None:
    """From what, for which codes and where; a search that the address brings is looked for at once."""
    ways = {"search": say("From a search"), "codebook": say("From the codebook")}
    brought = st.query_params.get("query", "")
    way = st.segmented_control(
        say("Suggest"), list(ways), format_func=ways.__getitem__, default="search", key="suggestions_way"
    )
    codes = {
        code.key: f"{code.key}  {code.name()}"
        for stored in list_codebooks(session.engine(), actor)
        for code in stored.codebook.codes
    }
    sources = list(dict.fromkeys(d.source for d in list_documents(session.engine(), actor)))
    words, code, source, act = st.columns([5, 5, 4, 2], vertical_alignment="bottom")
    if way == "codebook":
        query = ""
        chosen = words.multiselect(
            say("Codes"), list(codes), format_func=codes.__getitem__, placeholder=say("all codes")
        )
        code.caption(say("Their terms; where a code has none, its label and what Include lists."))
    else:
        query = words.text_input(
            say("Words in the text"), value=brought, placeholder=say('words, or a "phrase"')
        )
        picked = code.selectbox(
            say("Code to give"),
            list(codes),
            index=None,
            format_func=codes.__getitem__,
            placeholder=say("choose a code"),
        )
        chosen = [picked] if picked else []
    where = source.multiselect(say("Source"), sources, placeholder=say("all"))
    ready = way == "codebook" or (bool((query or "").strip()) and bool(chosen))
    if act.button(say("Find passages"), type="primary", disabled=not ready):
        _find(actor, desk, query or "", chosen, where)


def _find(actor: Member, desk: _Desk, query: str, codes: Sequence[str], sources: Sequence[str]) -> None:
    engine = session.engine()
    ids = None
    if sources:
        ids = [d.id for d in list_documents(engine, actor) if d.source in sources]
    try:
        with st.spinner(say("Reading the documents")):
            desk.found = (
                service.suggest_from_search(engine, actor, query, code=codes[0], document_ids=ids)
                if query
                else service.suggest_from_codebook(engine, actor, codes=codes, document_ids=ids)
            )
    except UserFacingError as error:
        st.error(plain(retold(error)))
        return
    desk.place, desk.accepted, desk.refused = 0, [], []
    desk.turn += 1


def _tell_closed(found: Suggestions) -> None:
    reasons = dict.fromkeys(reason for _, reason in found.closed)
    for reason in reasons:
        titles = [title for title, why in found.closed if why == reason]
        tell(
            say("Left out, {n} of the documents: {reason}.", n=len(titles), reason=reason)
            if len(titles) > 1
            else say("Left out, “{title}”: {reason}.", title=titles[0], reason=reason)
        )


# --- deciding ---------------------------------------------------------------------------------------


def _offer_undo(actor: Member, desk: _Desk) -> None:
    for reason in dict.fromkeys(desk.refused):
        st.warning(plain(reason))
    with st.container(horizontal=True, vertical_alignment="center"):
        if made := desk.codings():
            st.caption(say("{n} accepted and stored as your codings.", n=len(made)), width="content")
            if st.button(say("Take the last back"), shortcut="U"):
                do(lambda: _take_back(actor, desk, desk.accepted[-1:]))
            if st.button(say("Take all back")):
                do(lambda: _take_back(actor, desk, desk.accepted))
        if desk.rejected and st.button(say("Offer rejected ones again")):
            desk.rejected.clear()
            desk.turn += 1
            st.rerun()


def _take_back(actor: Member, desk: _Desk, taken: Sequence[dict[str, UUID | None]]) -> None:
    """Retire what was accepted, and have it before one again, the first of it on the right."""
    made = [coding_id for one in taken for coding_id in one.values() if coding_id is not None]
    service.take_back(session.engine(), actor, made)
    names = set().union(*taken)
    desk.accepted = desk.accepted[: len(desk.accepted) - len(taken)]
    desk.refused = []
    desk.place = next((n for n, one in enumerate(desk.open()) if one.name in names), 0)
    desk.turn += 1


def _show_found(actor: Member, desk: _Desk) -> None:
    still = desk.open()
    if not still:
        tell(say("Nothing is left to decide on. Look for other words, or for another code."))
        return
    desk.place = min(desk.place, len(still) - 1)
    listed, _, one = st.columns([16, 1, 13])
    with listed:
        _show_list(actor, desk, still)
    with one:
        _show_one(actor, desk, still)


def _show_list(actor: Member, desk: _Desk, still: Sequence[Suggested]) -> None:
    st.caption(
        say("The first {n} passages; narrow the search to see others.", n=len(still))
        if desk.found is not None and desk.found.more
        else say("{n} passages. Tick those that you decide on together.", n=len(still))
    )
    acts = st.container(horizontal=True, vertical_alignment="bottom")  # above the list, to stay in sight
    picked = st.dataframe(
        pd.DataFrame(
            {
                say("Code"): [one.code for one in still],
                say("Found"): [one.origin.pattern for one in still],
                say("Passage"): [" ".join(one.quote.split()) for one in still],
                say("Document"): [one.title for one in still],
            }
        ),
        hide_index=True,
        row_height=32,
        height="content" if len(still) < 15 else 520,
        column_config={
            say("Code"): st.column_config.TextColumn(width=95),
            say("Found"): st.column_config.TextColumn(width=110),
            say("Passage"): st.column_config.TextColumn(width="large"),
        },
        on_select="rerun",
        selection_mode="multi-row",
        key=f"suggestions_table_{desk.turn}",
    )
    ticked = [still[row] for row in picked.selection.rows if row < len(still)]
    with acts:
        valence = st.selectbox(
            say("Valence of those accepted together"),
            [None, *VALENCES],
            format_func=lambda value: say(VALENCES[value]) if value else say("none given"),
            key=f"suggestions_valence_{desk.turn}",
            width=240,
        )
        if st.button(say("Accept ticked"), disabled=not ticked):
            _accept(actor, desk, ticked, valence)
        if st.button(say("Reject ticked"), disabled=not ticked):
            _reject(desk, ticked)
        if st.button(say("Accept all {n}", n=len(still))):
            _accept(actor, desk, still, valence)


def _show_one(actor: Member, desk: _Desk, still: Sequence[Suggested]) -> None:
    """One passage in its context, with the keys that decide on it."""
    one = still[desk.place]
    start, end = one.found
    after = one.after.rstrip()
    said = say(
        "{n} of {total} · found: {pattern}", n=desk.place + 1, total=len(still), pattern=one.origin.pattern
    )
    st.html(
        f'<div class="tp-block" data-trigpoint="suggestion"><h3>{escaped(one.code)} {escaped(one.label)}</h3>'
        f'<p class="tp-soft tp-small">{escaped(said)}</p>'
        f'<blockquote class="tp-quote" dir="auto"><span class="tp-around">…{escaped(one.before)}</span>'
        f'{escaped(one.quote[:start])}<span class="tp-found">{escaped(one.quote[start:end])}</span>'
        f'{escaped(one.quote[end:])}<span class="tp-around">{escaped(after)}…</span></blockquote></div>'
    )
    with st.container(horizontal=True):
        if st.button(say("Accept"), type="primary", shortcut="A", help=say("Without a valence")):
            _accept(actor, desk, [one], None)
        for valence, key in KEYS.items():
            if st.button(say(VALENCES[valence]), shortcut=key, help=say("Accept with this valence")):
                _accept(actor, desk, [one], valence)
    with st.container(horizontal=True):
        if st.button(say("Reject"), shortcut="X"):
            _reject(desk, [one])
        if st.button(say("Next passage"), shortcut="J", disabled=desk.place + 1 == len(still)):
            _turn_to(desk, desk.place + 1)
        if st.button(say("Previous passage"), shortcut="K", disabled=desk.place == 0):
            _turn_to(desk, desk.place - 1)
    link("code", say("Open: {title}", title=one.title), document=str(one.document_id), at=str(one.start_char))


def _turn_to(desk: _Desk, place: int) -> None:
    desk.place = place
    st.rerun()


def _accept(actor: Member, desk: _Desk, chosen: Sequence[Suggested], valence: Valence | None) -> None:
    def act() -> None:
        outcomes = service.accept_suggestions(session.engine(), actor, chosen, valence=valence)
        desk.accepted.append(
            {
                one.name: UUID(outcome.operation) if outcome.reason is None else None
                for one, outcome in zip(chosen, outcomes, strict=True)
            }
        )
        desk.refused = [retold(outcome.reason) for outcome in outcomes if outcome.reason is not None]
        desk.turn += 1

    do(act)


def _reject(desk: _Desk, chosen: Sequence[Suggested]) -> None:
    desk.rejected |= {one.name for one in chosen}
    desk.turn += 1
    st.rerun()
