"""Codings that a corrected text has no place for: one after the other, with places to choose from."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from uuid import UUID

import streamlit as st

from store.studies import Member
from workbench import session
from workbench.messages import say
from workbench.services import versions
from workbench.services.versions import ProposedPlace, UnplacedLine
from workbench.views.drawing import escaped, soft_line
from workbench.views.links import link
from workbench.views.words import do

_STYLE = (
    "<style>.tp-here { font-weight: 600; text-decoration: underline; text-decoration-thickness: 2px; "
    "text-underline-offset: 3px; } .tp-quote.tp-proposed { font-style: normal; margin-top: 0; }</style>"
)


def lost_words() -> dict[str, str]:
    """Why a coding has no place, in words."""
    return {
        "changed": say("its words were changed"),
        "several": say("its words stand in several places, or not in the same surroundings any more"),
    }


def show(actor: Member, document_id: UUID) -> None:
    """Draw the codings of a document that wait for a place; nothing where there is none."""
    lines = versions.unplaced_of(session.engine(), actor, document_id)
    if not lines:
        return
    key = f"unplaced_at_{document_id}"
    at = min(st.session_state.get(key, 0), len(lines) - 1)
    st.html(_STYLE)
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(f"**{say('Coding without a place, {n} of {total}', n=at + 1, total=len(lines))}**")
        if len(lines) > 1:
            _turn(key, say("Next coding"), at + 1, shortcut="J", disabled=at + 1 == len(lines))
            _turn(key, say("Previous coding"), at - 1, shortcut="K", disabled=at == 0)
    _show_line(actor, lines[at])


def _turn(key: str, label: str, at: int, *, shortcut: str, disabled: bool) -> None:
    if st.button(label, shortcut=shortcut, disabled=disabled, type="tertiary"):
        st.session_state[key] = at
        st.rerun()


def _show_line(actor: Member, line: UnplacedLine) -> None:
    coding = line.coding
    st.html(
        f'<blockquote class="tp-quote" dir="auto">{escaped(coding.quote)}</blockquote>'
        + soft_line(
            say(
                "No place in the present text: {why}. {code}, coded by {name} in version {n}.",
                why=lost_words()[coding.reason.value],
                code=line.code,
                name=coding.coder,
                n=coding.number,
            )
        )
    )
    if coding.memo:
        st.html(soft_line(say("Memo: {text}", text=coding.memo)))
    if not line.mine:
        link("code", say("Look there"), document=str(coding.document_id), at=str(line.at))
        return
    proposed = versions.proposed_places(session.engine(), actor, coding.id)
    st.caption(
        say("Where does it belong now? Press its number, or L to let it go.")
        if proposed
        else say("Nothing in the present text is like it. Press L to let it go.")
    )
    _offer(actor, coding.id, proposed)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        if st.button(say("Let go"), key=f"let_go_{coding.id}", shortcut="L"):
            do(partial(versions.let_go, session.engine(), actor, coding.id))
        link("code", say("Look there"), document=str(coding.document_id), at=str(line.at))
    with st.expander(say("Somewhere else")), st.container(horizontal=True, vertical_alignment="bottom"):
        words = st.text_input(
            say("Words of the present text that it is to stand at"), key=f"words_{coding.id}", width=420
        )
        if st.button(say("Place here"), key=f"place_{coding.id}", disabled=not words.strip()):
            do(partial(versions.place_by_words, session.engine(), actor, coding.id, words))


def _offer(actor: Member, coding_id: UUID, proposed: Sequence[ProposedPlace]) -> None:
    for number, place in enumerate(proposed, start=1):
        button, words = st.columns([1, 6], vertical_alignment="center")
        words.html(_in_context(place))
        if button.button(
            say("Place at {n}", n=number), key=f"place_{coding_id}_{number}", shortcut=str(number)
        ):
            act = partial(versions.place_coding, session.engine(), actor, coding_id)
            do(partial(act, place.start_char, place.end_char))


def _in_context(place: ProposedPlace) -> str:
    return (
        '<blockquote class="tp-quote tp-proposed" dir="auto">'
        f'<span class="tp-around">…{escaped(place.before)}</span>'
        f'<span class="tp-here">{escaped(place.quote)}</span>'
        f'<span class="tp-around">{escaped(place.after)}…</span></blockquote>'
    )
