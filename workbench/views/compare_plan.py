"""The plan of double coding: what the team promises before it codes, and how many units that takes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from uuid import UUID

import pandas as pd
import streamlit as st

from store.plans import Plan
from workbench import session
from workbench.messages import say, say_as
from workbench.services import plans, rounds
from workbench.services.documents import list_documents
from workbench.services.plans import PURPOSES, WANTED
from workbench.views.links import link
from workbench.views.words import counted, do, local_time, tell


def show_plan() -> None:
    """Draw the plan: for the lead to write, for everyone to read."""
    engine, actor = session.engine(), session.actor()
    documents = list_documents(engine, actor)
    if not documents:
        tell(say("A plan says which documents are coded twice. Import documents first."))
        link("documents", say("Import documents"))
        return
    plan = plans.plan_of(engine, actor)
    if plan is None and not actor.is_lead:
        tell(
            say(
                "The plan says before coding where reliability is promised, and how many units that takes. "
                "The lead of the study writes it; none is written yet."
            )
        )
        return
    left, right = st.columns([1, 1.25], gap="large")
    if plan is not None and not actor.is_lead:
        with left:
            _show_written(plan)
        with right:
            _ask_documents(plan, can_write=False)
        return
    with left:
        st.markdown(f"**{say('Before the first round')}**")
        tell(
            say(
                "Say beforehand what you promise: a level and a lower bound chosen after the figures "
                "convince no reviewer. Every change is kept with its time and reason."
            )
        )
        written = _ask(plan or Plan())
    with right:
        purposes = _ask_documents(plan, can_write=True)
    wanted = Plan(**{**_as_told(written), "purposes": purposes})
    with left:
        _show_need(wanted)
        _offer_to_write(plan, wanted)
        _show_history()


def _show_written(plan: Plan) -> None:
    """The plan in sentences, for whoever does not write it."""
    st.markdown(f"**{say('The plan')}**")
    if not plan.is_reflexive:
        units = {
            "section": say("paragraphs and turns"),
            "sentence": say("sentences"),
            "document": say("documents"),
        }
        tell(
            say(
                "Reliability is promised for {level}, counted in {unit}, with {wanted} as the lower end of "
                "alpha.",
                level=say("levels, with all below them") if plan.level == "level" else say("themes"),
                unit=units[plan.unit],
                wanted=say("no figure") if plan.wanted is None else _short(plan.wanted),
            )
        )
    _show_need(plan)
    _show_history()


def _ask(plan: Plan) -> Plan:
    approaches = {
        "coefficients": say("Count agreement, and talk about the differences"),
        "reflexive": say("Reflexive: talk about the differences, no coefficients"),
    }
    approach = st.radio(
        say("Approach"),
        list(approaches),
        index=list(approaches).index(plan.approach),
        format_func=approaches.__getitem__,
        key="plan_approach",
    )
    if approach == "reflexive":
        return Plan(approach="reflexive", unit=plan.unit, level=plan.level)
    levels = {"theme": say("Themes"), "level": say("Levels, with all below them")}
    level = st.radio(
        say("Reliability is promised for"),
        list(levels),
        index=list(levels).index(plan.level),
        format_func=levels.__getitem__,
        horizontal=True,
        key="plan_level",
    )
    units = {
        "section": say("Paragraphs and turns"),
        "sentence": say("Sentences"),
        "document": say("Documents"),
    }
    unit = st.selectbox(
        say("Unit of comparison"),
        list(units),
        index=list(units).index(plan.unit),
        format_func=units.__getitem__,
        key="plan_unit",
        width=320,
    )
    with st.container(horizontal=True, gap="medium"):
        bounds = [None, *WANTED]
        wanted = st.selectbox(
            say("Wanted lower end of alpha"),
            bounds,
            index=bounds.index(plan.wanted) if plan.wanted in bounds else 0,
            format_func=lambda bound: say("no figure") if bound is None else _short(bound),
            key="plan_wanted",
            width=200,
        )
        share = st.number_input(
            say("Share of units that bear a code, as expected"),
            min_value=0.01,
            max_value=0.99,
            value=plan.code_share or 0.25,
            step=0.05,
            key="plan_share",
            width=320,
        )
    return Plan(approach, unit, level, wanted, share)


def _ask_documents(plan: Plan | None, *, can_write: bool) -> dict[UUID, str]:
    st.markdown(f"**{say('Documents')}**")
    tell(
        say(
            "Pilot documents are for learning together and never count. The reliability set is coded twice "
            "and blind. All others are the main set."
        )
    )
    listed = list_documents(session.engine(), session.actor())
    told: Mapping[UUID, str] = plan.purposes if plan is not None else {}
    names = {"pilot": say("pilot"), "reliability": say("reliability"), "main": say_as("set", "main")}
    frame = pd.DataFrame(
        [
            {
                "title": document.title,
                "kind": document.kind,
                "words": document.words,
                "purpose": names[told.get(document.id, "main")],
            }
            for document in listed
        ]
    )
    edited = st.data_editor(
        frame,
        hide_index=True,
        width="stretch",
        height=560,
        disabled=["title", "kind", "words"] if can_write else True,
        column_config={
            "title": say("Title"),
            "kind": say("Kind"),
            "words": st.column_config.NumberColumn(say("Words"), format="localized"),
            "purpose": st.column_config.SelectboxColumn(
                say("Set"), options=[names[purpose] for purpose in PURPOSES], required=True
            ),
        },
        key="plan_documents",
    )
    meant = {name: purpose for purpose, name in names.items()}
    return {d.id: meant[said] for d, said in zip(listed, edited["purpose"], strict=True)}


def _show_need(plan: Plan) -> None:
    """How many units the promise takes, against how many the reliability set has."""
    if plan.is_reflexive:
        tell(
            say(
                "No coefficient will be computed in this study. Second coders still code blind; their "
                "differences are listed, talked about and settled with reasons."
            )
        )
        return
    need = plans.need(session.engine(), session.actor(), plan)
    there = need.available["reliability"]
    if need.units is None:
        tell(say("The reliability set has {n} units.", n=counted(there)))
        return
    enough = there >= need.units
    tell(
        say(
            "{needed} units are needed for each code that stands in {share} of them, with two coders, to "
            "show alpha of {wanted} or more (Bloch and Kraemer, 5 % significance). The reliability set has "
            "{n}: {verdict}.",
            needed=counted(need.units),
            share=f"{plan.code_share:.0%}",
            wanted=_short(plan.wanted or 0),
            n=counted(there),
            verdict=say("enough") if enough else say("not enough"),
        )
    )
    rare = Plan(wanted=plan.wanted, code_share=0.05)
    tell(
        say(
            "A code in 5 % of the units needs {n}. Rarer codes are shown as counts and talked about.",
            n=counted(plans.units_needed(rare)),
        )
    )


def _offer_to_write(old: Plan | None, wanted: Plan) -> None:
    begun = bool(rounds.rounds_of(session.engine(), session.actor()))
    reason = ""
    if old is not None:
        reason = st.text_input(
            say("Why the plan changes"),
            key="plan_reason",
            placeholder=say("needed once a round is open") if begun else say("may stay empty before coding"),
        )
    changed = old is None or _as_told(old) != _as_told(wanted) or dict(old.purposes) != dict(wanted.purposes)
    if st.button(say("Write the plan"), type="primary", disabled=not changed, key="plan_write"):
        told = Plan(**{**_as_told(wanted), "purposes": wanted.purposes, "reason": reason})
        do(lambda: plans.write_plan(session.engine(), session.actor(), told))


def _show_history() -> None:
    versions = plans.earlier_plans(session.engine(), session.actor())
    if not versions:
        return
    with st.expander(say("Versions of the plan: {n}", n=len(versions))):
        for plan in versions:
            wanted = say("no figure") if plan.wanted is None else _short(plan.wanted)
            tell(
                " · ".join(
                    part
                    for part in (_when(plan), plan.author, plan.approach, plan.level, wanted, plan.reason)
                    if part
                )
            )


def _short(bound: float) -> str:
    return f"{bound:.3f}".removeprefix("0")


def _when(plan: Plan) -> str:
    return local_time(dt.datetime.fromisoformat(plan.at))


def _as_told(plan: Plan) -> dict[str, object]:
    return {
        "approach": plan.approach,
        "unit": plan.unit,
        "level": plan.level,
        "wanted": plan.wanted,
        "code_share": plan.code_share,
    }
