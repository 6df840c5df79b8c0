"""The part Settle of the page Compare: two people, one place at a time, each reason before the talk."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from urllib.parse import urlencode
from uuid import UUID

import streamlit as st

from codebook.models import Valence
from corpus.errors import UserFacingError
from store.studies import Member
from workbench import session
from workbench.messages import say, say_number
from workbench.reasons import retold
from workbench.services import consensus_layer
from workbench.services import settling as service
from workbench.services.codebooks import codes_now
from workbench.services.decisions import add_decision
from workbench.services.settling import Settling
from workbench.services.settling_desk import NewCoding, Place
from workbench.services.settling_minutes import outcome_words, write_minutes
from workbench.services.studies import team
from workbench.views.disagreements import (
    PLACES_STYLE,
    choose_place,
    choose_round,
    go_to_place,
    open_document,
    place_at,
    show_place,
    side_html,
)
from workbench.views.drawing import escaped, soft_line, valence_words
from workbench.views.leaving import download
from workbench.views.words import dialog, do, plain, tell

_NOTICE, _LAST = "settling_notice", "settling_last"


def take_place_of_address() -> None:
    """Go to the place that the address names, if it does: whoever is asked from outside comes by a link."""
    try:
        choose_place(UUID(st.query_params.get("place", "")))
    except ValueError:
        return


def tell_asked(actor: Member) -> None:
    """Say so where this person is asked to decide something."""
    asked = service.questions_to(session.engine(), actor)
    if asked:
        with st.container(horizontal=True, vertical_alignment="center"):
            words = say_number(
                "You are asked to decide {n} place.", "You are asked to decide {n} places.", len(asked)
            )
            st.html(f'<p class="tp-line"><b>{escaped(words)}</b></p>')
            if st.button(say("Decide")):
                session.choose("round", asked[0].round_name)
                choose_place(asked[0].question.place)
                st.session_state["compare_view_wanted"] = "settle"
                st.rerun()


def show_settling(actor: Member) -> None:
    """Draw the room: who is there, one place, both reasons, the decision."""
    st.html(PLACES_STYLE)
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        round_name = choose_round(actor)
        if round_name is None:
            return
        found = service.list_disagreements(session.engine(), actor, round_name)
        _show_meeting(actor, found)
        _offer_files(actor, found)
    if not found.places:
        tell(say("The coders do not differ anywhere in this round: there is nothing to settle."))
        return
    at = place_at(found.places)
    place = found.places[at]
    _show_progress(actor, found, at)
    text, desk = st.columns([12, 13], gap="large")
    with text:
        show_place(place, at, len(found.places), large=True)
        open_document(place)
    with desk:
        _show_sides(actor, found, place)
        _show_decision(actor, found, place)
        if found.may_settle or _is_asked(actor, place):
            _ask_decision(actor, found, place)
        else:
            st.html(
                soft_line(
                    say("The coders of the round and its lead settle this. They can ask you for a decision.")
                )
            )
        if found.may_settle:
            _show_help_from_others(actor, found, place)


def _is_asked(actor: Member, place: Place) -> bool:
    return place.question is not None and place.question.asked_id == actor.id


# --- at the top --------------------------------------------------------------------------------------


def _show_meeting(actor: Member, found: Settling) -> None:
    engine, name = session.engine(), found.round.name
    if found.meeting is not None:
        st.html(
            '<p class="tp-line">'
            + escaped(
                say(
                    "Present: {people} · {scribe} writes",
                    people=", ".join(found.meeting.attendance),
                    scribe=found.meeting.scribe,
                )
            )
            + "</p>"
        )
        if found.may_settle and st.button(say("End the meeting")):
            do(lambda: service.end_meeting(engine, actor, name))
        return
    if not found.may_settle:
        return
    with st.popover(say("Sit together")):
        tell(
            say(
                "At one screen: who is there decides together and stands in the minutes, and both reasons "
                "are written here one after the other."
            ),
            width=360,
        )
        people = [member.name for member in team(engine, actor)]
        there = st.multiselect(
            say("Present"),
            people,
            default=[n for n in people if n in found.coders],
            key="settling_present",
            placeholder=say("choose"),
        )
        scribe = st.selectbox(say("Scribe"), there or people, key="settling_scribe")
        if st.button(say("Begin the meeting"), type="primary"):
            do(lambda: service.begin_meeting(engine, actor, name, attendance=there, scribe=scribe))


def _offer_files(actor: Member, found: Settling) -> None:
    engine, name = session.engine(), found.round.name
    with st.popover(say("Minutes and files")):
        for ending, label, mime in (
            (
                "docx",
                say("Minutes for Word"),
                "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            ),
            ("md", say("Minutes as Markdown"), "text/markdown"),
        ):
            download(
                label,
                "minutes",
                _written(
                    lambda path, ending=ending: write_minutes(  # type: ignore[misc]
                        engine, actor, path, format=ending, round_name=name
                    )
                ),
                file_name=f"minutes.{ending}",
                mime=mime,
                on_click="ignore",
            )
        download(
            say("Consensus as CSV"),
            "consensus",
            _written(lambda path: consensus_layer.export_consensus(engine, actor, path, round_name=name)),
            file_name="consensus.csv",
            mime="text/csv",
            on_click="ignore",
        )


def _written(write: Callable[[Path], object]) -> Callable[[], bytes]:
    def content() -> bytes:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "file"
            write(path)
            return path.read_bytes()

    return content


def _show_progress(actor: Member, found: Settling, at: int) -> None:
    name = found.round.name
    with st.container(horizontal=True, vertical_alignment="center"):
        st.html(
            '<p class="tp-line" role="status" data-trigpoint="settled"><b>'
            + escaped(say("{n} of {all} settled", n=found.decided, all=found.number))
            + "</b></p>",
            width="content",
        )
        st.progress(found.decided / found.number, width=160)
        _show_turns(found.places, at)
        notice = st.session_state.get(_NOTICE, "")
        if notice:
            st.html(soft_line(notice), width="content")
        decided = {place.id for place in found.places if place.settlement is not None}
        last = [place for place in st.session_state.get(_LAST, []) if place in decided]
        if last and st.button(say("Undo"), shortcut="U"):
            do(lambda: _take_back(actor, name, last))
        mergeable = service.can_be_merged(found)
        if (
            mergeable
            and found.may_settle
            and st.button(
                say("Merge {n} that lose nothing", n=mergeable),
                help=say("One passage holds the other, with the same code and direction: the longer stands."),
            )
        ):
            do(lambda: _merge(actor, name))


def _merge(actor: Member, name: str) -> None:
    merged = service.merge_without_loss(session.engine(), actor, name)
    st.session_state[_NOTICE] = say("{n} merged; each can be decided anew.", n=len(merged))
    st.session_state[_LAST] = [settlement.place for settlement in merged]
    st.session_state.pop("place_at", None)


def _take_back(actor: Member, name: str, places: Sequence[UUID]) -> None:
    for place in places:
        service.undo_settlement(session.engine(), actor, name, place)
    choose_place(places[0])
    st.session_state[_NOTICE] = say("Open again: {n}", n=len(places))
    st.session_state.pop(_LAST, None)


# --- both sides and their reasons --------------------------------------------------------------------


def _show_sides(actor: Member, found: Settling, place: Place) -> None:
    about = place.disagreement
    for column, side in zip(st.columns(2, gap="large"), (about.first, about.second), strict=True):
        begins = place.speaks_first in side.coders and place.state == "open"
        with column:
            st.html(
                side_html(
                    side,
                    is_first=side is about.first,
                    large=True,
                    note=say("speaks first") if begins else "",
                )
            )
            for coder in side.coders:
                _show_reason(actor, found, place, coder)


def _show_reason(actor: Member, found: Settling, place: Place, coder: str) -> None:
    """A coder's reason, a field for it, or that it is awaited."""
    said = next((reason.text for reason in place.reasons if reason.author == coder), None)
    together = found.meeting is not None and {coder, actor.name} <= set(found.meeting.attendance)
    all_written = set(place.writers) <= place.written_by or place.state != "open"
    writes = (coder == actor.name or together) and place.state == "open"
    if said is not None and (all_written or not together):
        st.html(f'<div class="tp-block tp-large"><div><p>{escaped(said)}</p></div></div>')
        return
    if coder in place.written_by:
        st.html(soft_line(say("{coder} has written. Read when both have.", coder=coder)))
        return
    if not writes:
        if place.state == "open":
            st.html(soft_line(say("{coder} has not written yet.", coder=coder)))
        return
    key = f"reason_{place.id}_{coder}"
    text = st.text_area(
        say("Why {coder} coded so", coder=plain(coder)),
        key=key,
        height=90,
        placeholder=say("before you talk; the other reads it when both have written"),
    )
    if st.button(say("Keep the reason of {coder}", coder=plain(coder)), disabled=not (text or "").strip()):
        do(
            lambda: service.write_reason(
                session.engine(),
                actor,
                found.round.name,
                place.id,
                text or "",
                author=None if coder == actor.name else coder,
            )
        )


# --- the decision ------------------------------------------------------------------------------------


def _show_decision(actor: Member, found: Settling, place: Place) -> None:
    settlement = place.settlement
    if settlement is None:
        return
    who = ", ".join(settlement.deciders) or say("a rule that loses nothing")
    told = say("{outcome} Decided by {who}.", outcome=outcome_words(place, settlement.outcome), who=who)
    minority = (
        say("Minority view of {who}: {words}", who=settlement.minority_by, words=settlement.minority)
        if settlement.minority
        else ""
    )
    lines = [settlement.reason, minority]
    st.html(
        f'<div class="tp-block tp-large"><div class="tp-side"><p><b>✓ {escaped(told)}</b></p>'
        + "".join(f'<p class="tp-soft">{escaped(line)}</p>' for line in lines if line)
        + "</div></div>"
    )
    if found.may_settle and st.button(say("Take this decision back")):
        do(lambda: _take_back(actor, found.round.name, [place.id]))


def _ask_decision(actor: Member, found: Settling, place: Place) -> None:
    about = place.disagreement
    first, second = (", ".join(side.coders) for side in (about.first, about.second))
    reason = st.text_input(
        say("Why it is decided so"), key=f"why_{place.id}", placeholder=say("may stay empty")
    )
    minority, by = _ask_minority(place)
    labels = {
        "first": say("{who}: no coding", who=first)
        if about.first.coding is None
        else say("{who}’s", who=first),
        "second": say("{who}: no coding", who=second)
        if about.second.coding is None
        else say("{who}’s", who=second),
        "both": say("Both"),
        "neither": say("Neither"),
        "new": say("New coding"),
        "unresolved": say("Unresolved"),
    }
    with st.container(horizontal=True, key="settling_outcomes"):
        for number, (outcome, label) in enumerate(labels.items(), start=1):
            is_off = outcome in ("both", "neither") and len(about.codings) < 2
            if st.button(plain(label), shortcut=str(number), disabled=is_off, key=f"outcome_{outcome}"):
                if outcome == "new":
                    _ask_new(actor, found, place)
                else:
                    do(lambda outcome=outcome: _decide(actor, found, place, outcome, reason, minority, by))  # type: ignore[misc]


def _ask_minority(place: Place) -> tuple[str, str | None]:
    with st.expander(say("Somebody does not go along")):
        words, who = st.columns([3, 1], vertical_alignment="bottom")
        text = words.text_input(say("Their view, for the minutes"), key=f"minority_{place.id}")
        by = who.selectbox(say("Whose view"), place.disagreement.coders, key=f"minority_by_{place.id}")
    return text or "", by


def _decide(
    actor: Member,
    found: Settling,
    place: Place,
    outcome: str,
    reason: str | None,
    minority: str,
    by: str | None,
    new: Sequence[NewCoding] = (),
) -> None:
    made = service.settle(
        session.engine(),
        actor,
        found.round.name,
        place.id,
        outcome,
        reason=reason or "",
        new=new,
        first_speaker=place.speaks_first,
        minority=minority,
        minority_by=by if minority.strip() else None,
    )
    st.session_state[_NOTICE] = outcome_words(place, made.outcome)
    st.session_state[_LAST] = [place.id]
    following = _next_open(found.places, place)
    if following is not None:
        choose_place(following.id)


def _next_open(places: Sequence[Place], place: Place) -> Place | None:
    """The next open place after one, round the end; None where it was the last."""
    at = [other.id for other in places].index(place.id)
    return next((other for other in [*places[at + 1 :], *places[:at]] if other.state == "open"), None)


@dialog("New coding", width="large")
def _ask_new(actor: Member, found: Settling, place: Place) -> None:
    """Choose code, direction and ends; the ends by their words, or one character after the other."""
    about = place.disagreement
    codes = {code.key: f"{code.key}  {code.name()}" for code in codes_now(session.engine(), actor).codes}
    known = [code for code in about.codes if code in codes]
    code = st.selectbox(
        say("Code"),
        list(codes),
        index=list(codes).index(known[0]) if known else None,
        format_func=codes.__getitem__,
        placeholder=say("choose a code"),
    )
    words = valence_words()
    given = {coding.valence for coding in about.codings}
    alike = given.pop() if len(given) == 1 else None
    valence = st.selectbox(
        say("Direction"),
        list(Valence),
        index=None if alike is None else list(Valence).index(alike),
        format_func=words.__getitem__,
        placeholder=say("none"),
    )
    around = place.before + place.passage + place.after
    begin = about.start_char - len(place.before)
    quote = st.text_input(say("Words of the passage"), value=" ".join(place.passage.split()))
    found_at = _ends_of(around, quote or "")
    start, end = found_at or (len(place.before), len(place.before) + len(place.passage))
    if found_at is None:
        st.html(soft_line(say("These words do not stand here; the ends below hold.")))
    left, right = st.columns(2)
    start = left.number_input(say("Begins at"), 0, len(around) - 1, start, key=f"new_start_{quote}")
    end = right.number_input(say("Ends at"), 1, len(around), max(end, start + 1), key=f"new_end_{quote}")
    st.html(
        f'<blockquote class="tp-place" style="border:0;padding:0"><span class="tp-around">'
        f"{escaped(around[max(0, start - 80) : start])}</span>"
        f'<span class="tp-of-first">{escaped(around[start:end])}</span>'
        f'<span class="tp-around">{escaped(around[end : end + 80])}</span></blockquote>'
    )
    reason = st.text_input(say("Why it is decided so"), key="new_reason")
    if st.button(say("Keep this coding"), type="primary", disabled=code is None) and code is not None:
        chosen = NewCoding(code, begin + start, begin + end, valence)
        do(lambda: _decide(actor, found, place, "new", reason, "", None, [chosen]))


def _ends_of(text: str, words: str) -> tuple[int, int] | None:
    """Where words stand in a text, whatever white space lies between them; None where they do not."""
    if not words.strip():
        return None
    found = re.search(r"\s+".join(map(re.escape, words.split())), text)
    return None if found is None else found.span()


def _show_turns(places: Sequence[Place], at: int) -> None:
    if st.button(say("Previous place"), shortcut="K", disabled=at == 0):
        go_to_place(places[at - 1])
    if st.button(say("Next place"), shortcut="J", disabled=at + 1 == len(places)):
        go_to_place(places[at + 1])
    following = _next_open(places, places[at])
    if st.button(say("Next open place"), shortcut="N", disabled=following is None) and following is not None:
        go_to_place(following)


# --- others ------------------------------------------------------------------------------------------


def _show_help_from_others(actor: Member, found: Settling, place: Place) -> None:
    engine, name = session.engine(), found.round.name
    with st.container(horizontal=True, vertical_alignment="center"):
        if place.question is not None:
            st.html(soft_line(say("{who} is asked to decide this.", who=place.question.asked)))
            if st.button(say("Take the question back")):
                do(lambda: service.withdraw_question(engine, actor, name, place.id))
        elif place.state != "settled":
            _offer_to_ask(actor, found, place)
        with st.popover(say("Record a codebook decision")):
            _ask_codebook_decision(actor, place)


def _offer_to_ask(actor: Member, found: Settling, place: Place) -> None:
    engine, name = session.engine(), found.round.name
    others = [member.name for member in team(engine, actor) if member.name not in found.coders]
    with st.popover(say("Ask somebody from outside")):
        if not others:
            tell(say("Everybody in the study coded in this round. The lead can add a person."), width=320)
            return
        asked = st.selectbox(say("Whom"), others, key="ask_whom")
        text = st.text_area(say("Question"), key=f"ask_{place.id}", height=80)
        tell(say("They find the place on their page Compare, or under this address:"), width=320)
        st.code(_address(found, place), language=None, wrap_lines=True)
        if st.button(say("Ask"), type="primary"):
            do(lambda: service.ask_outside(engine, actor, name, place.id, asked=asked, text=text or ""))


def _address(found: Settling, place: Place) -> str:
    """Where a place stands in this app, to be sent to somebody."""
    page = (st.context.url or "/compare").partition("?")[0]
    where = {
        "study": session.study().name,
        "round": found.round.name,
        "view": "settle",
        "place": str(place.id),
    }
    return f"{page}?{urlencode(where)}"


def _ask_codebook_decision(actor: Member, place: Place) -> None:
    codes = place.disagreement.codes
    code = st.selectbox(say("Code"), codes, key=f"decision_code_{place.id}")
    text = st.text_area(say("What was decided"), key=f"decision_{place.id}", height=80)
    if st.button(say("Record the decision"), type="primary", disabled=not (text or "").strip()):
        try:
            add_decision(session.engine(), actor, text or "", code=code)
        except UserFacingError as error:
            st.error(plain(retold(error)))
            return
        st.session_state[_NOTICE] = say("The decision stands with {code} in the codebook.", code=code)
        st.rerun()
