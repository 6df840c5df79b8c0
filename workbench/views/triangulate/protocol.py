"""Step 0 on the page Triangulate: the protocol, as one document that the lead writes and everybody reads."""

from __future__ import annotations

import datetime as dt

import streamlit as st
from sqlalchemy import Engine

from codebook.models import Codebook
from store.studies import Member
from triangulation.models import ConvergenceCode, Rule
from triangulation.protocol import (
    INDEX,
    NAMED_CODES,
    TOGETHER,
    CodeName,
    CodeSet,
    Protocol,
    ProtocolPage,
    Written,
    farmer_codes,
    racine_codes,
)
from triangulation.report.wording import CODE_SYMBOL
from triangulation.sorting import pairs_of
from workbench.messages import say
from workbench.services import decisions, protocol, studies
from workbench.services.errors import NotThere
from workbench.services.protocol import COMPARE, SORTING
from workbench.services.triangulation import Triangulation
from workbench.views.drawing import escaped, rule_names, rule_sentences, soft_line
from workbench.views.triangulate.protocol_history import show_history
from workbench.views.triangulate.protocol_map import show_map
from workbench.views.triangulate.protocol_sources import show_dependence, show_sources
from workbench.views.triangulate.protocol_words import (
    STYLE,
    ask_reason,
    compare_words,
    heading,
    sorting_words,
)
from workbench.views.words import do, local_time


def show(engine: Engine, actor: Member, found: Triangulation, book: Codebook) -> None:
    """Draw the protocol from the questions down to the history of its changes."""
    st.html(STYLE)
    _show_state(engine, actor, found)
    left, right = st.columns([1, 1], gap="large")
    with left:
        heading(say("Questions and plan"))
        if actor.is_lead:
            _write_plan(engine, actor, found)
        else:
            _read_plan(found.protocol)
    with right:
        heading(say("From four parts to a code"))
        _show_rule(engine, actor, found)
    heading(say("Sources"))
    show_sources(engine, actor, found)
    heading(say("What each source could say"))
    show_map(engine, actor, found, book)
    heading(say("Who did what, and what is not independent"))
    show_dependence(engine, actor, found)
    heading(say("Changes of the protocol"))
    show_history(engine, actor)


# --- whether it is fixed


def _show_state(engine: Engine, actor: Member, found: Triangulation) -> None:
    read = found.protocol
    with st.container(horizontal=True, vertical_alignment="center"):
        st.html(f'<div class="tp-block"><p>{escaped(_state(read, found))}</p></div>')
        may_fix = actor.is_lead and not read.is_fixed
        if may_fix and st.button(
            say("Fix this protocol"),
            disabled=read.written is None,
            help=say("From then on each change needs a reason, and is printed with it."),
        ):
            do(lambda: protocol.fix_protocol(engine, actor))


def _state(read: Protocol, found: Triangulation) -> str:
    if read.fixed is None:
        if found.judges:
            return say(
                "◌ Not fixed, and judging has begun: each change needs a reason, and the report will say "
                "that the plan was not fixed beforehand."
            )
        if read.written is None:
            return say(
                "◌ Nothing is written yet. A plan that is fixed before the sources are compared shows that "
                "rule and judges were not chosen by their result."
            )
        return say("◌ Not fixed yet; last written {when}. Fix it before judging.", when=_when(read.written))
    when = _when(read.fixed)
    if read.fixed_before_judging is None:
        return say("▪ Fixed {when}. Each change needs a reason.", when=when)
    if read.fixed_before_judging:
        return say("▪ Fixed {when}, before the first judgement. Each change needs a reason.", when=when)
    return say("▪ Fixed {when}, when judging had already begun. Each change needs a reason.", when=when)


def _when(written: Written) -> str:
    at = local_time(dt.datetime.fromisoformat(written.at))
    return say("{at} by {name}", at=at, name=written.by)


# --- questions, comparison, sorting, judges, settling


def _read_plan(read: Protocol) -> None:
    page = read.page
    questions = "".join(f"<li>{escaped(question)}</li>" for question in page.questions)
    shown = (
        (say("Questions"), f"<ul>{questions}</ul>" if questions else escaped(say("none written yet"))),
        (say("Compared"), escaped(_compared(page, read))),
        (say("Sorting"), escaped(sorting_words()[page.sorting])),
        (say("Judges"), escaped(", ".join(page.judges) or say("everyone in the study"))),
        (say("Disagreement"), escaped(page.settling or say("not said yet"))),
    )
    lines = "".join(f"<dt>{escaped(name)}</dt><dd>{words}</dd>" for name, words in shown)
    st.html(f'<dl class="tp-told">{lines}</dl>')


def _compared(page: ProtocolPage, read: Protocol) -> str:
    number = len(pairs_of((source.label for source in read.sources), page.index))
    if page.index is not None:
        return say("{source} with each of the others: {n} pairs", source=page.index, n=number)
    return say("every pair of sources: {n} pairs", n=number)


def _write_plan(engine: Engine, actor: Member, found: Triangulation) -> None:
    page = found.protocol.page
    labels = [source.label for source in found.protocol.sources]
    asked = "\n".join(page.questions) or _question_of_codebook(engine, actor)
    questions = st.text_area(say("Questions, one a line"), value=asked, height=96, key="protocol_questions")
    left, right = st.columns(2)
    compare = left.radio(
        say("Compared"),
        COMPARE,
        index=COMPARE.index(page.compare),
        format_func=compare_words().__getitem__,
        key="protocol_compare",
    )
    index = None
    if compare == INDEX:
        index = left.selectbox(
            say("Index source"),
            labels,
            index=labels.index(page.index) if page.index in labels else 0,
            key="protocol_index",
        )
    sorting = right.radio(
        say("Sorting of findings"),
        SORTING,
        index=SORTING.index(page.sorting),
        format_func=sorting_words().__getitem__,
        key="protocol_sorting",
    )
    judges = st.multiselect(
        say("Judges"),
        [member.name for member in studies.team(engine, actor)],
        default=page.judges,
        placeholder=say("everyone in the study"),
        key="protocol_judges",
    )
    settling = st.text_area(
        say("How disagreement is settled, and who decides"),
        value=page.settling,
        height=72,
        key="protocol_settling",
    )
    reason = ask_reason(found, "plan")
    if st.button(say("Save the plan")):
        wanted = ProtocolPage(
            questions=tuple((questions or "").splitlines()),
            compare=compare or page.compare,
            index=index,
            sorting=sorting or TOGETHER,
            settling=settling or "",
            judges=tuple(judges),
            codes=page.codes,
        )
        do(lambda: protocol.write_protocol(engine, actor, wanted, reason=reason))


def _question_of_codebook(engine: Engine, actor: Member) -> str:
    try:
        return decisions.question_of(engine, actor)
    except NotThere:
        return ""


# --- the rule


def _show_rule(engine: Engine, actor: Member, found: Triangulation) -> None:
    names, sentences = rule_names(), rule_sentences()
    st.html(
        f'<div class="tp-block"><p>{escaped(say("Silence is decided before, from who speaks."))} '
        f"{escaped(say('Parts that cannot be assessed are left out; too few give no code (?).'))} "
        f"{escaped(say('Whoever judges may give another code, with a reason.'))}</p></div>"
    )
    current = found.protocol.rule
    if not actor.is_lead:
        for rule in names:
            mark = "✓ " if rule is current else ""
            words = f"<h4>{mark}{escaped(names[rule])}</h4><p>{escaped(sentences[rule])}</p>"
            st.html(f'<div class="tp-block">{words}</div>')
        if current is Rule.OWN:
            _read_codes(found.protocol.codes)
        st.html(soft_line(say("The lead of the study sets the rule.")))
        return
    rules = list(names)
    picked = st.radio(
        say("Rule"),
        rules,
        index=rules.index(current),
        format_func=names.__getitem__,
        captions=[sentences[rule] for rule in rules],
        label_visibility="collapsed",
        key="protocol_rule",
    )
    page = found.protocol.page
    codes = _ask_codes(page.codes) if picked is Rule.OWN else page.codes
    unchanged = picked is current and codes == page.codes
    reason = ask_reason(found, "rule", always=True)
    if st.button(say("Set this rule"), disabled=unchanged):
        do(lambda: _set_rule(engine, actor, page, picked, codes, reason))


def _set_rule(
    engine: Engine, actor: Member, page: ProtocolPage, rule: Rule, codes: CodeSet | None, reason: str
) -> None:
    if codes != page.codes:
        wanted = ProtocolPage(
            page.questions, page.compare, page.index, page.sorting, page.settling, page.judges, codes
        )
        protocol.write_protocol(engine, actor, wanted, reason=reason)
    protocol.choose_rule(engine, actor, rule, reason=reason)


def _ask_codes(codes: CodeSet | None) -> CodeSet:
    """The team's own names for the four codes, with what each means."""
    starts = {"racine": racine_codes(), "farmer": farmer_codes()}
    words = {
        "racine": say("Convergence, complementarity, dissonance, silence"),
        "farmer": say("The names of Farmer et al."),
    }
    start = codes
    if codes is None:
        picked = st.selectbox(
            say("Start from"), list(words), format_func=words.__getitem__, key="protocol_codes_from"
        )
        start = starts[picked or "racine"]
    assert start is not None
    meant = {
        ConvergenceCode.AGREEMENT: say("same meaning"),
        ConvergenceCode.PARTIAL: say("complementary"),
        ConvergenceCode.SILENCE: say("one is silent"),
        ConvergenceCode.DISSONANCE: say("contradictory"),
    }
    named = {}
    for code in NAMED_CODES:
        name, explanation = st.columns([2, 5])
        key = f"protocol_code_{code}_{start.name(code)}"
        named[code] = CodeName(
            name.text_input(f"{CODE_SYMBOL[code]} {meant[code]}", value=start.name(code), key=f"{key}_name"),
            explanation.text_input(
                say("What {code} means", code=start.name(code)),
                value=start.explanation(code),
                key=f"{key}_explanation",
            ),
        )
    return CodeSet(named)


def _read_codes(codes: CodeSet) -> None:
    lines = "".join(
        f"<dt>{CODE_SYMBOL[code]} {escaped(codes.name(code))}</dt><dd>{escaped(codes.explanation(code))}</dd>"
        for code in NAMED_CODES
    )
    st.html(f'<dl class="tp-told">{lines}</dl>')
