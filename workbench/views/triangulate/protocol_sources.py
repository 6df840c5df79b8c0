"""The sources in the protocol: what they are, who made them, and how far they are independent."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st
from sqlalchemy import Engine

from store.studies import Member
from triangulation.dependence import PersonRoles, limitations, role_overlap
from triangulation.protocol import DATA, Dependence, ProtocolSource, SourceDetail
from workbench.messages import say
from workbench.reasons import retold
from workbench.services import protocol
from workbench.services.protocol import DEPENDENCES, WEIGHTS
from workbench.services.triangulation import Triangulation
from workbench.views.drawing import escaped, soft_line, table
from workbench.views.triangulate.protocol_words import (
    ask_reason,
    dependence_words,
    scale_words,
    weight_words,
)
from workbench.views.words import dialog, do, plain

_NOTHING = "–"


def show_sources(engine: Engine, actor: Member, found: Triangulation) -> None:
    """The table of sources, and for the lead a dialog for each."""
    sources = found.protocol.sources
    st.html(
        table(
            say("Who was asked, when, by whom; documents and coders are counted, the rest is written here."),
            (
                say("Source"),
                say("Kind"),
                say("Documents"),
                say("n"),
                say("Period"),
                say("Collected by"),
                say("Coded by"),
                say("Steered by"),
                say("Scale"),
            ),
            [_line(source) for source in sources],
        )
    )
    if not actor.is_lead:
        return
    with st.container(horizontal=True):
        for source in sources:
            if st.button(
                say("Describe {source}", source=plain(source.label)), key=f"describe_{source.label}"
            ):
                _describe(engine, actor, found, source)


def _line(source: ProtocolSource) -> list[str]:
    detail = source.detail
    notes = [detail.note] if detail.note else []
    if detail.weight != DATA:
        notes.insert(0, weight_words()[detail.weight])
    note = f'<br><span class="tp-soft tp-small">{escaped(" · ".join(notes))}</span>' if notes else ""
    return [
        f"{escaped(source.label)}{note}",
        escaped(source.kind),
        str(source.documents),
        _or_nothing(detail.participants),
        _or_nothing(source.period),
        _or_nothing(", ".join(detail.collected)),
        _or_nothing(", ".join(source.coded_by)),
        _or_nothing(", ".join(detail.steered)),
        _or_nothing(detail.scale or ""),
    ]


def _or_nothing(text: str) -> str:
    return escaped(text) if text else f'<span class="tp-soft">{_NOTHING}</span>'


@dialog("Describe a source", width="large")
def _describe(engine: Engine, actor: Member, found: Triangulation, source: ProtocolSource) -> None:
    detail = source.detail
    st.markdown(f"**{plain(source.label)}**")
    with st.form("describe_source", border=False):
        left, right = st.columns(2)
        participants = left.text_input(
            say("n, in words"), value=detail.participants, placeholder=say("20 GPs; 314 of 720 providers")
        )
        dated = " – ".join(dict.fromkeys(source.dates)) or say("no document has a date")
        period = right.text_input(
            say("Period"), value=detail.period, placeholder=say("from the documents: {dates}", dates=dated)
        )
        collected = left.text_input(
            say("Collected by, names separated by commas"), value=", ".join(detail.collected)
        )
        coded = right.text_input(
            say("Coded by, elsewhere than here"),
            value=", ".join(detail.coded),
            placeholder=say("here: {names}", names=", ".join(source.coders) or say("nobody")),
        )
        steered = left.text_input(
            say("Who of them steered what the source tells of"), value=", ".join(detail.steered)
        )
        scale = right.selectbox(
            say("Scale"),
            list(scale_words()),
            index=list(scale_words()).index(detail.scale),
            format_func=scale_words().__getitem__,
        )
        weight = left.radio(
            say("Weight"),
            WEIGHTS,
            index=WEIGHTS.index(detail.weight),
            format_func=weight_words().__getitem__,
            horizontal=True,
            help=say("Commentary speaks about the programme without being data on it, as an editorial does."),
        )
        note = st.text_input(say("Note"), value=detail.note)
        reason = ask_reason(found, "source")
        if st.form_submit_button(say("Save the source"), type="primary"):
            wanted = SourceDetail(
                participants=participants or "",
                period=period or "",
                weight=weight or DATA,
                scale=scale,
                note=note or "",
                collected=tuple((collected or "").split(",")),
                coded=tuple((coded or "").split(",")),
                steered=tuple((steered or "").split(",")),
            )
            do(lambda: protocol.describe_source(engine, actor, source.label, wanted, reason=reason))


# --- dependence


def show_dependence(engine: Engine, actor: Member, found: Triangulation) -> None:
    """Who held which roles, and which sources do not speak independently."""
    read = found.protocol
    people = role_overlap(read.sources, read.page.judges or found.judges)
    left, right = st.columns([3, 2], gap="large")
    with left:
        _show_roles(people)
    with right:
        _show_pairs(engine, actor, found)
    sentences = limitations(people, read.dependences)
    if sentences:
        listed = "".join(f"<li>{escaped(retold(sentence))}</li>" for sentence in sentences)
        st.html(
            f'<div class="tp-told"><b>{escaped(say("What this asks for in the limitations"))}</b>'
            f"<ul>{listed}</ul></div>"
        )


def _show_roles(people: Sequence[PersonRoles]) -> None:
    if not people:
        st.html(
            soft_line(
                say(
                    "Nobody is named yet: say under Sources who collected, coded and steered, and who judges."
                )
            )
        )
        return
    st.html(
        table(
            say("Who did what for which source; those with several roles come first."),
            (say("Person"), say("Collected"), say("Coded"), say("Judged"), say("Steered")),
            [
                [
                    f"<b>{escaped(line.person)}</b>" if len(line.roles) > 1 else escaped(line.person),
                    _or_nothing(", ".join(line.collected)),
                    _or_nothing(", ".join(line.coded)),
                    escaped(say("all")) if line.judged else _or_nothing(""),
                    _or_nothing(", ".join(line.steered)),
                ]
                for line in people
            ],
        )
    )


def _show_pairs(engine: Engine, actor: Member, found: Triangulation) -> None:
    dependences = found.protocol.dependences
    if not dependences:
        st.html(soft_line(say("No two sources are said to depend on each other.")))
    for dependence in dependences:
        _show_pair(engine, actor, found, dependence)
    if actor.is_lead:
        with st.container(horizontal=True):
            if st.button(say("Add a dependence")):
                _add_dependence(engine, actor, found)
            look = st.button(
                say("Look for shared texts"),
                help=say("Documents of different sources that share a quarter or more of their passages."),
            )
        if look:
            _show_shared(engine, actor)


def _show_pair(engine: Engine, actor: Member, found: Triangulation, dependence: Dependence) -> None:
    a, b = dependence.source_a, dependence.source_b
    words = say("{a} and {b}: {kind}.", a=a, b=b, kind=dependence_words()[dependence.kind])
    note = f" {escaped(dependence.note)}" if dependence.note else ""
    st.html(f'<div class="tp-block"><p><b>{escaped(words)}</b>{note}</p></div>')
    if actor.is_lead and st.button(say("Take this dependence back"), key=f"independent_{a}_{b}"):
        _retire(engine, actor, found, dependence)


@dialog("Take a dependence back")
def _retire(engine: Engine, actor: Member, found: Triangulation, dependence: Dependence) -> None:
    a, b = dependence.source_a, dependence.source_b
    reason = ask_reason(found, "independent", always=True)
    if st.button(say("They speak independently")):
        do(lambda: protocol.retire_dependence(engine, actor, a, b, reason=reason))


@dialog("Add a dependence")
def _add_dependence(engine: Engine, actor: Member, found: Triangulation) -> None:
    labels = [source.label for source in found.protocol.sources]
    with st.form("add_dependence", border=False):
        first = st.selectbox(say("This source"), labels)
        second = st.selectbox(say("depends on"), labels, index=1)
        kind = st.radio(say("because of"), DEPENDENCES, format_func=dependence_words().__getitem__)
        note = st.text_input(say("How"), placeholder=say("Patient 1 is a patient of GP 1"))
        reason = ask_reason(found, "dependence")
        if st.form_submit_button(say("Save the dependence"), type="primary"):
            do(
                lambda: protocol.set_dependence(
                    engine, actor, first, second, kind=kind or "", note=note or "", reason=reason
                )
            )


def _show_shared(engine: Engine, actor: Member) -> None:
    shared = protocol.shared_texts(engine, actor)
    if not shared:
        st.html(soft_line(say("No two documents of different sources share a quarter of their passages.")))
        return
    listed = "".join(
        "<li>"
        + escaped(
            say(
                "{title_a} ({a}) and {title_b} ({b}): {share} of the shorter one. The same study?",
                title_a=one.title_a,
                a=one.source_a,
                title_b=one.title_b,
                b=one.source_b,
                share=f"{one.share:.0%}",
            )
        )
        + "</li>"
        for one in shared
    )
    st.html(f'<div class="tp-told"><ul>{listed}</ul></div>')
