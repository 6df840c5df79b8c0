"""The page Triangulate: the steps of the protocol as its parts, and the rule that holds for all."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module

import streamlit as st
from sqlalchemy import Engine

from store.studies import Member
from triangulation.models import Rule
from workbench import session
from workbench.messages import say
from workbench.services import triangulation
from workbench.services.codebooks import codes_known, codes_now, current_codebook
from workbench.services.protocol_steps import StepState, states_of_steps
from workbench.services.triangulation import Triangulation
from workbench.views.drawing import (
    STYLE,
    name_codes,
    rule_names,
    soft_line,
)
from workbench.views.links import link
from workbench.views.triangulate.finding_form import add_finding
from workbench.views.words import tell

#: The parts of the page in their order: name in the address of the session, words, module. A step of the
#: protocol has its number.
PARTS = (
    ("matrix", "Matrix", "matrix"),
    ("protocol", "0 Protocol", "protocol"),
    ("sorting", "1 Sorting", "sorting"),
    ("judge", "2 Coding", "judging"),
    ("assessment", "3 Assessment", "assessment"),
    ("completeness", "4 Completeness", "completeness"),
    ("researchers", "5 Researchers", "researchers"),
    ("feedback", "6 Feedback", "feedback"),
    ("robustness", "Robustness", "robustness"),
    ("relations", "Relations", "relations"),
    ("timeline", "Timeline", "timeline"),
    ("threads", "Threads", "threads"),
)

# One line of small words between two rows of buttons needs no more room than a line.
_BAR_STYLE = """<style>
.st-key-triangulate_legend { margin: -14px 0 -12px; }
</style>"""

_MODULES = {part: module for part, _, module in PARTS}


def show() -> None:
    """Draw the page for the person at work; say what is missing where it cannot begin."""
    actor = session.actor()
    engine = session.engine()
    st.html(STYLE + _BAR_STYLE)
    if (notice := st.session_state.pop("triangulate_notice", None)) is not None:
        st.toast(notice)
    if current_codebook(engine, actor) is None:
        tell(say("Findings stand under themes, and themes come from a codebook. Load one first."))
        link("codebook", say("Load a codebook"))
        return
    found = triangulation.triangulate(engine, actor)
    if len(found.matrix.sources) < 2:
        tell(
            say(
                "Triangulation compares two data sources or more: interviews with minutes, minutes with a "
                "survey. Import documents of another source first."
            )
        )
        link("documents", say("Import documents"))
        return
    name_codes(found.protocol.codes if found.protocol.rule is Rule.OWN else None)
    part = _show_bar(engine, actor, found)
    module = import_module(f"workbench.views.triangulate.{_MODULES[part]}")
    module.show(engine, actor, found, codes_known(engine, actor))


def _show_bar(engine: Engine, actor: Member, found: Triangulation) -> str:
    """The parts with the state of each step, and what belongs to all of them: the rule, writing a finding."""
    names = {part: say(words) for part, words, _ in PARTS}
    st.html(_marks(_states(engine, actor, found)))
    with st.container(horizontal=True, vertical_alignment="center", key="triangulate_bar"):
        picked = st.segmented_control(
            say("Parts and steps of the protocol"),
            list(names),
            format_func=names.__getitem__,
            default="matrix",
            required=True,
            key="triangulate_view",
            label_visibility="collapsed",
        )
        if st.button(say("Add a finding")):
            add_finding(engine, actor, found, codes_now(engine, actor))
    with st.container(key="triangulate_legend"):
        rule = rule_names()[found.matrix.rule]
        st.html(soft_line(say("◌ open  ▪ locked  ✓ decided · Rule: {name}", name=rule)))
    return picked or "matrix"


def _states(engine: Engine, actor: Member, found: Triangulation) -> dict[str, StepState]:
    steps = [part for part, words, _ in PARTS if words[0].isdigit()]
    return dict(zip(steps, states_of_steps(engine, actor, found), strict=True))


def _marks(states: Mapping[str, StepState]) -> str:
    """The state of each step behind its name, as a symbol.

    It is no part of the name: a choice is sent by its name, and one that somebody else's work changed
    meanwhile would be lost.
    """
    told = {
        StepState.OPEN: ("◌", say("open")),
        StepState.LOCKED: ("▪", say("locked")),
        StepState.DECIDED: ("✓", say("decided")),
    }
    rules = []
    for place, (part, _, _) in enumerate(PARTS, start=1):
        if part in states:
            symbol, words = told[states[part]]
            where = f".st-key-triangulate_view [role=radio]:nth-of-type({place}) p::after"
            rules.append(f'{where} {{ content: " {symbol}" / ", {words}"; }}')
    return f"<style>{''.join(rules)}</style>"
