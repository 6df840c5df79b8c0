"""The part Disagreements of the page Compare: every place where coders differ, in its context."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from uuid import UUID

import pandas as pd
import streamlit as st

from codebook.disagreements import Disagreement, Kind, Side, in_words
from codebook.models import Coding
from store.studies import Member
from triangulation.report.wording import VALENCE_SYMBOL
from workbench import session
from workbench.messages import say, say_number
from workbench.reasons import retold
from workbench.services.rounds import RoundView, rounds_of
from workbench.services.settling import STATES, Settling, list_disagreements, narrowed
from workbench.services.settling_desk import Place
from workbench.views.drawing import STYLE, escaped, valence_words
from workbench.views.links import link
from workbench.views.words import tell

PLACES_STYLE = (
    STYLE
    + """<style>
.tp-place { font: 17px/1.6 "Source Serif 4", Charter, "Iowan Old Style", Georgia, serif; max-width: 70ch;
  white-space: pre-line; overflow-wrap: anywhere; margin: 6px 0 2px; }
.tp-large .tp-place { font-size: 21px; }
.tp-of-first { background: color-mix(in srgb, light-dark(#0B625E, #6CCDC2) 16%, transparent); }
.tp-of-second { text-decoration: underline dashed 2px; text-underline-offset: 5px;
  text-decoration-color: light-dark(#1E2226, #E8E4DB); }
.tp-side { border-top: 1px solid light-dark(#D9D5CA, #343A40); padding-top: 6px; overflow-wrap: anywhere; }
.tp-side .tp-code { font-size: 16px; }
.tp-large p { font-size: 17px; line-height: 1.5; } .tp-large .tp-small { font-size: 14px; }
</style>"""
)

#: The two codings of a place as they are marked in the text.
_MARKS = ("tp-of-first", "tp-of-second")


def kind_words() -> dict[Kind, str]:
    """The kinds of difference in words."""
    return {
        Kind.MISSED: say("only one coded"),
        Kind.OTHER_CODE: say("another code"),
        Kind.SIBLING: say("a neighbouring code"),
        Kind.BOUNDARY: say("other ends"),
        Kind.VALENCE: say("another direction"),
    }


def state_words() -> dict[str, str]:
    """What a place can be, each with its sign."""
    return dict(zip(STATES, (say("◌ open"), say("✓ decided"), say("○ left unresolved")), strict=True))


#: Where the codes stand that the list is narrowed to.
ASKED_CODES = "disagreements_codes"


def choose_round(actor: Member) -> str | None:
    """A choice among the rounds of which something is revealed; None, and why, where there is none."""
    views = [view for view in rounds_of(session.engine(), actor) if _has_shown(view)]
    if not views:
        tell(
            say(
                "Disagreements appear here when every coder has finished and the lead has revealed a round. "
                "In a calibration round the lead can reveal one document after the other."
            )
        )
        link("study", say("Go to the study"))
        return None
    names = [view.round.name for view in views]
    wanted = session.chosen("round")
    picked = st.selectbox(
        say("Round"), names, index=names.index(wanted) if wanted in names else len(names) - 1, width=320
    )
    session.choose("round", picked)
    return picked


def _has_shown(view: RoundView) -> bool:
    return view.state == "revealed" or bool(view.round.shown)


def show_disagreements(actor: Member) -> None:
    """Draw the list, and one place of it in its context."""
    st.html(PLACES_STYLE)
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        round_name = choose_round(actor)
        if round_name is None:
            return
        found = _ask_which(actor, round_name)
    if found.number == 0:
        tell(
            say(
                "The coders do not differ anywhere in this round. Codings that are alike: {n}.",
                n=len(found.agreed),
            )
        )
        return
    _show_sum(found)
    if not found.places:
        tell(say("No place is of this kind, code, document and state. Choose fewer of them."))
        return
    listed, _, one = st.columns([15, 1, 14])
    with listed:
        _show_list(found.places, with_coders=len(found.coders) > 2)
    with one:
        _show_one(found.places)


def _ask_which(actor: Member, round_name: str) -> Settling:
    kinds, states = kind_words(), state_words()
    whole = list_disagreements(session.engine(), actor, round_name)
    titles = {place.disagreement.document_id: place.title for place in whole.places}
    asked_kinds = st.multiselect(
        say("Kind"), list(Kind), format_func=kinds.__getitem__, placeholder=say("all kinds"), width=220
    )
    keys = [code.key for code in whole.codes]
    if ASKED_CODES in st.session_state:  # what was chosen may stand in another round
        st.session_state[ASKED_CODES] = [key for key in st.session_state[ASKED_CODES] if key in keys]
    asked_codes = st.multiselect(say("Code"), keys, placeholder=say("all codes"), width=200, key=ASKED_CODES)
    asked_documents = st.multiselect(
        say("Document"),
        list(titles),
        format_func=titles.__getitem__,
        placeholder=say("all documents"),
        width=240,
    )
    state = st.selectbox(
        say("State"), STATES, index=None, format_func=states.__getitem__, placeholder=say("any"), width=150
    )
    return narrowed(whole, kinds=asked_kinds, codes=asked_codes, document_ids=asked_documents, state=state)


def _show_sum(found: Settling) -> None:
    told = say(
        "{decided} of {all} settled · alike: {agreed} · the largest first",
        decided=found.decided,
        all=found.number,
        agreed=len(found.agreed),
    )
    about = in_words(found.kinds_of_all)
    sentence = f"{retold(about)}." if about else ""
    st.html(
        f'<p class="tp-line" role="status"><b>{escaped(sentence)}</b> '
        f'<span class="tp-soft">{escaped(told)}</span></p>'
    )


def _show_list(places: Sequence[Place], *, with_coders: bool) -> None:
    kinds, states = kind_words(), state_words()
    at = place_at(places)
    columns: dict[str, list[object]] = {
        say("Characters"): [place.disagreement.in_dispute for place in places],
        say("Kind"): [kinds[place.disagreement.kind] for place in places],
        say("Codes"): [" / ".join(place.disagreement.codes) for place in places],
        say("State"): [states[place.state] for place in places],
        say("Passage"): [" ".join(place.passage.split()) for place in places],
    }
    if with_coders:
        columns[say("Between")] = [" – ".join(place.disagreement.coders) for place in places]
    picked = st.dataframe(
        pd.DataFrame(columns),
        hide_index=True,
        row_height=32,
        height="content" if len(places) < 18 else 620,
        column_config={
            say("Characters"): st.column_config.NumberColumn(
                width=80, help=say("How many characters the coders differ about")
            ),
            say("Kind"): st.column_config.TextColumn(width=135),
            say("Codes"): st.column_config.TextColumn(width=170),
            say("State"): st.column_config.TextColumn(width=85),
            say("Passage"): st.column_config.TextColumn(width="medium"),
        },
        on_select="rerun",
        selection_mode="single-row",
        key=f"disagreements_table_{places[at].id}",
    )
    rows = picked.selection.rows
    if rows and rows[0] != at:
        go_to_place(places[rows[0]])


def _show_one(places: Sequence[Place]) -> None:
    at = place_at(places)
    place = places[at]
    with st.container(horizontal=True):
        if st.button(say("Previous place"), shortcut="K", disabled=at == 0):
            go_to_place(places[at - 1])
        if st.button(say("Next place"), shortcut="J", disabled=at + 1 == len(places)):
            go_to_place(places[at + 1])
        if st.button(say("Settle this place"), shortcut="S", type="primary"):
            choose_place(place.id)
            st.session_state["compare_view_wanted"] = "settle"
            st.rerun()
    show_place(place, at, len(places))
    for column, side in zip(
        st.columns(2, gap="medium"), (place.disagreement.first, place.disagreement.second), strict=True
    ):
        column.html(side_html(side, is_first=side is place.disagreement.first))
    open_document(place)


# --- what the settling room shows as well ------------------------------------------------------------


def place_at(places: Sequence[Place]) -> int:
    """Which place is looked at: the chosen one, else the first that is open, else the first."""
    chosen = st.session_state.get("place_at")
    names = [place.id for place in places]
    if chosen in names:
        return names.index(chosen)
    return next((n for n, place in enumerate(places) if place.state == "open"), 0)


def choose_place(name: UUID) -> None:
    """Look at a place from now on."""
    st.session_state["place_at"] = name


def go_to_place(place: Place) -> None:
    """Look at another place."""
    choose_place(place.id)
    st.rerun()


def open_document(place: Place) -> None:
    """A way to the place in its document."""
    link(
        "code",
        say("Open: {title}", title=place.title),
        document=str(place.disagreement.document_id),
        at=str(place.disagreement.start_char),
        version=str(place.version_id),
    )


def show_place(place: Place, at: int, number: int, *, large: bool = False) -> None:
    """The passage in its context, with both codings marked in it."""
    said = say(
        "{n} of {total} · {kind} · {characters} characters in dispute · {title}",
        n=at + 1,
        total=number,
        kind=kind_words()[place.disagreement.kind],
        characters=place.disagreement.in_dispute,
        title=place.title,
    )
    size = " tp-large" if large else ""
    st.html(
        f'<div class="tp-block{size}" data-trigpoint="place" data-place="{place.id}" '
        f'data-state="{place.state}"><p class="tp-soft tp-small">{escaped(said)}</p>'
        f'<blockquote class="tp-place" dir="auto" style="border:0;padding:0">'
        f'<span class="tp-around">…{_closer(place.before)}</span>{_marked(place)}'
        f'<span class="tp-around">{_closer(place.after)}…</span></blockquote></div>'
    )


def side_html(side: Side, *, is_first: bool, large: bool = False, note: str = "") -> str:
    """What one side has at a place: code, direction, words and memo."""
    who = escaped(", ".join(side.coders))
    mark = _MARKS[0] if is_first else _MARKS[1]
    told = f'<h3><span class="{mark}">{who}</span> <span class="tp-soft tp-small">{escaped(note)}</span></h3>'
    size = " tp-large" if large else ""
    return f'<div class="tp-block{size}"><div class="tp-side">{told}{_coding_html(side.coding)}</div></div>'


def _coding_html(coding: Coding | None) -> str:
    if coding is None:
        return f'<p class="tp-soft">{escaped(say("coded nothing here"))}</p>'
    valence = "" if coding.valence is None else _valence_html(coding)
    memo = f'<p class="tp-soft tp-small">{escaped(coding.memo)}</p>' if coding.memo else ""
    words = say_number("{n} character", "{n} characters", coding.end_char - coding.start_char)
    return (
        f'<p><span class="tp-code">{escaped(coding.code)}</span> {valence} '
        f'<span class="tp-soft tp-small">{escaped(words)}</span></p>{memo}'
    )


def _valence_html(coding: Coding) -> str:
    assert coding.valence is not None
    return f"{escaped(VALENCE_SYMBOL[coding.valence])} {escaped(valence_words()[coding.valence])}"


def _marked(place: Place) -> str:
    """The passage in stretches, each marked as the codings that lie over it."""
    about: Disagreement = place.disagreement
    spans = [
        (side.coding.start_char, side.coding.end_char, mark)
        for side, mark in zip((about.first, about.second), _MARKS, strict=True)
        if side.coding is not None
    ]
    cuts = sorted({end for start, stop, _ in spans for end in (start, stop)})
    stretches = []
    for start, end in itertools.pairwise(cuts):
        words = _closer(place.passage[start - about.start_char : end - about.start_char])
        marks = " ".join(mark for first, last, mark in spans if first <= start and end <= last)
        stretches.append(f'<span class="{marks}">{words}</span>')
    return "".join(stretches)


def _closer(text: str) -> str:
    """Words as HTML, without empty lines between them: a place is to be seen at a glance."""
    return escaped(re.sub(r"\n\s*\n", "\n", text))
