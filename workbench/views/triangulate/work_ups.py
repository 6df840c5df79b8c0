"""Work-up cards on the page Triangulate: what the team makes of a dissonance or an unexpected silence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import streamlit as st
from sqlalchemy import Engine

from codebook.models import Codebook
from corpus.errors import UserFacingError
from store.studies import Member
from triangulation.evidence import evidence_for
from triangulation.models import Cell, Row
from triangulation.workups import FIELDS, QUESTIONS, Card, Reason, Why, WorkUp, WorkUpState
from workbench.messages import say
from workbench.reasons import retold
from workbench.services import assessment
from workbench.services.triangulation import Triangulation
from workbench.views.drawing import (
    code_mark,
    escaped,
    finding_line,
    link_to_place,
    quote_block,
    row_name,
    soft_line,
    theme_name,
)
from workbench.views.words import local_time, plain


def show(engine: Engine, actor: Member, found: Triangulation, book: Codebook, cards: Sequence[Card]) -> None:
    """The rows that ask for a work-up at the left, the card of the chosen one at the right."""
    if not assessment.may_write_for_team(engine, actor):
        st.info(
            say(
                "Work-ups are written by the team when judgements are locked, because they tell of them. "
                "Lock yours under 2 Coding, or wait until all who judge have locked."
            )
        )
        return
    if not cards:
        return
    left, middle, right = st.columns([5, 12, 8], gap="medium")
    with left:
        row = _pick_row(book, cards)
    card = next(card for card in cards if card.row == row)
    with middle:
        _show_row(book, card)
        _show_evidence(found, card)
    with right:
        _ask(engine, actor, card)
        _show_versions(engine, actor, card)


def _pick_row(book: Codebook, cards: Sequence[Card]) -> Row:
    words = {
        WorkUpState.MISSING: say("◌ none yet"),
        WorkUpState.BEGUN: say("◐ begun"),
        WorkUpState.COMPLETE: say("✓ complete"),
    }
    by_row = {card.row: card for card in cards}
    rows = list(by_row)
    start = next((n for n, card in enumerate(cards) if card.is_lacking), 0)
    picked = st.radio(
        say("Rows that ask for a work-up"),
        rows,
        index=start,
        format_func=lambda row: plain(row_name(book, row)),
        captions=[f"{words[card.state]} · {_kinds_of(card)}" for card in cards],
        key="workup_row",
    )
    return picked or rows[0]


def _kinds_of(card: Card) -> str:
    kinds = {reason.why for reason in card.reasons}
    said = []
    if Why.DISSONANCE in kinds:
        said.append(say("dissonance"))
    if Why.UNEXPECTED_SILENCE in kinds:
        said.append(say("unexpected silence"))
    return ", ".join(said) or say("asks for none any more")


def _show_row(book: Codebook, card: Card) -> None:
    lines = "".join(f"<li>{_reason(reason)}</li>" for reason in card.reasons)
    st.html(
        f'<div class="tp-block"><p class="tp-soft tp-small">{escaped(theme_name(book, card.row.theme))} · '
        f"{escaped(card.row.theme)}</p><h3>{escaped(row_name(book, card.row))}</h3>"
        f'<ul style="padding-left:18px">{lines}</ul></div>'
    )


def _reason(reason: Reason) -> str:
    people = ", ".join(reason.researchers)
    if reason.why is Why.DISSONANCE:
        words = say("✕ {a} against {b}: dissonance", a=reason.sources[0], b=reason.sources[1])
        colour = "tp-dissonance"
    else:
        words = say("○ {source} is silent against expectation", source=reason.sources[0])
        colour = "tp-silence"
    seen_by = escaped(say("seen by {people}", people=people))
    return f'<span class="tp-code {colour}">{escaped(words)}</span> <span class="tp-soft">{seen_by}</span>'


# --- what stands behind it


def _show_evidence(found: Triangulation, card: Card) -> None:
    """Each dissonant pair with both sides; for a silence what those who speak say."""
    for number, reason in enumerate(card.reasons):
        if reason.why is Why.DISSONANCE:
            a, b = reason.sources
            with st.expander(plain(say("What {a} and {b} say", a=a, b=b)), expanded=number == 0):
                _show_judgements(found, card.row, (a, b))
                for column, source in zip(st.columns(2, gap="medium"), (a, b), strict=True):
                    with column:
                        _show_source(found, card.row, source)
        else:
            _show_silent(found, card.row, reason)


def _show_silent(found: Triangulation, row: Row, reason: Reason) -> None:
    (silent,) = reason.sources
    seen = [
        each
        for each in found.assessment.silent_sources
        if each.row == row and each.source == silent and each.researcher in reason.researchers
    ]
    speaking = [s for s in found.matrix.sources if any(s in each.against for each in seen)]
    with st.expander(plain(say("What others say where {source} is silent", source=silent))):
        for each in seen:
            if each.reasons:
                words = f"<b>{escaped(each.researcher)}</b> “{escaped(' '.join(each.reasons))}”"
                st.html(f'<p class="tp-line">{words}</p>')
        for source in speaking:
            _show_source(found, row, source)


def _show_judgements(found: Triangulation, row: Row, pair: tuple[str, str]) -> None:
    lines = [
        _judgement(cell)
        for cell in found.matrix.cells
        if cell.row == row and (cell.source_a, cell.source_b) == pair and cell.code is not None
    ]
    st.html(f'<div class="tp-block">{"".join(lines)}</div>')


def _judgement(cell: Cell) -> str:
    code = "" if cell.code is None else code_mark(cell.code)
    reason = "" if cell.judgement is None else cell.judgement.reason
    quoted = f" “{escaped(reason)}”" if reason else ""
    return f"<p><b>{escaped(cell.researcher)}</b> {code}{quoted}</p>"


def _show_source(found: Triangulation, row: Row, source: str) -> None:
    evidence = evidence_for(found.matrix, found.findings, row, source)
    title = f"<h4>{escaped(source)}</h4>"
    if not evidence.findings:
        none = escaped(say("No finding of this source stands in this row."))
        st.html(f'<div class="tp-block">{title}<p class="tp-soft">{none}</p></div>')
    for number, finding in enumerate(evidence.findings):
        st.html(
            f'<div class="tp-block">{"" if number else title}<p>{escaped(finding.statement)}</p>'
            f'<p class="tp-soft tp-small">{finding_line(finding)}</p></div>'
        )
        for excerpt in finding.excerpts:
            st.html(quote_block(excerpt))
            link_to_place(excerpt)


# --- what is written


def _questions() -> Mapping[str, tuple[str, str]]:
    """Each question with one line that explains it."""
    return {
        "methods": (
            say("Do the methods measure different things?"),
            say("A survey item, a remark in a meeting and an interview may each ask about something else."),
        ),
        "rigour": (
            say("How rigorous was each?"),
            say("How it was collected and coded, by whom, how much there is; what a weakness would explain."),
        ),
        "comparability": (
            say("Are the data sets comparable?"),
            say("The same people, places and years? If not, the difference may be theirs."),
        ),
        "further_data": (
            say("Are further data needed?"),
            say("Which documents, people or figures would settle it, and whether they can be had."),
        ),
        "intervention": (
            say("How did the programme really run here?"),
            say("It may have been done otherwise, later, or not for everyone that one source speaks of."),
        ),
        "outcomes": (
            say("Do the outcomes match?"),
            say("What registers, counts or later events show, and with which side they go."),
        ),
    }


def _ask(engine: Engine, actor: Member, card: Card) -> None:
    # The version that was opened stays the one that is changed, also when somebody else saves meanwhile.
    opened = f"workup_opened_{card.row.theme}_{card.row.statement}"
    version = st.session_state.setdefault(opened, 0 if card.work_up is None else card.work_up.version)
    name = f"{card.row.theme}_{card.row.statement}_{version}"
    st.html(
        soft_line(
            say(
                "A card is complete with six answers and a conclusion (“does not apply” is an answer), or "
                "with why there is no further inquiry."
            )
        )
    )
    with st.form(f"workup_{name}", border=False):
        answers = _ask_answers(card.work_up, name)
        pressed = st.form_submit_button(say("Save this work-up"), type="primary")
    if pressed and _save(engine, actor, card, answers, version):
        del st.session_state[opened]
        st.session_state["triangulate_notice"] = say("Saved; earlier versions are kept.")
        st.rerun()
    is_old = card.work_up is not None and card.work_up.version != version
    if is_old and st.button(say("Open the newest version")):
        del st.session_state[opened]
        st.rerun()


def _ask_answers(work_up: WorkUp | None, name: str) -> dict[str, str]:
    before = {field: "" if work_up is None else getattr(work_up, field) for field in FIELDS}
    answers = {}
    questions = _questions()
    for field in QUESTIONS:
        label, line = questions[field]
        answers[field] = st.text_area(label, value=before[field], height=90, key=f"workup_{field}_{name}")
        st.caption(line)
    answers["conclusion"] = st.text_area(
        say("What the team concludes"), value=before["conclusion"], height=90, key=f"workup_conclusion_{name}"
    )
    answers["no_inquiry"] = st.text_area(
        say("Or: no further inquiry, because"),
        value=before["no_inquiry"],
        height=70,
        key=f"workup_no_inquiry_{name}",
    )
    return answers


def _save(engine: Engine, actor: Member, card: Card, answers: Mapping[str, str], version: int) -> bool:
    try:
        assessment.write_work_up(engine, actor, card.row, answers, version=version)
    except UserFacingError as error:
        st.error(plain(retold(error)))
        return False
    return True


def _show_versions(engine: Engine, actor: Member, card: Card) -> None:
    if card.work_up is None:
        return
    at = "" if card.work_up.at is None else local_time(card.work_up.at)
    st.html(soft_line(say("Saved by {name}, {at}.", name=card.work_up.written_by, at=at)))
    if card.work_up.version == 1:
        return
    with st.expander(say("Earlier versions")):
        for version in assessment.work_up_versions(engine, actor, card.row)[1:]:
            _show_version(engine, actor, card, version)


def _show_version(engine: Engine, actor: Member, card: Card, version: WorkUp) -> None:
    at = "" if version.at is None else local_time(version.at)
    labels = {field: label for field, (label, _) in _questions().items()}
    labels |= {"conclusion": say("What the team concludes"), "no_inquiry": say("No further inquiry, because")}
    texts = "".join(
        f'<p><span class="tp-soft">{escaped(labels[field])}</span> {escaped(text)}</p>'
        for field in FIELDS
        if (text := getattr(version, field))
    )
    st.html(f'<div class="tp-block"><h4>{escaped(version.written_by)} · {escaped(at)}</h4>{texts}</div>')
    if st.button(say("Bring this version back"), type="tertiary", key=f"workup_back_{version.version}"):
        assessment.write_work_up(
            engine, actor, card.row, {field: getattr(version, field) for field in FIELDS}
        )
        st.session_state.pop(f"workup_opened_{card.row.theme}_{card.row.statement}", None)
        st.rerun()
