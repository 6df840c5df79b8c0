"""The changes of the protocol, printed below it with their reasons."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

import streamlit as st
from sqlalchemy import Engine

from store.studies import Member
from triangulation.protocol import ChangedLine, ProtocolChange
from workbench.messages import say
from workbench.services import protocol
from workbench.views.drawing import escaped, rule_names, soft_line
from workbench.views.triangulate.protocol_words import (
    compare_words,
    dependence_words,
    opportunity_words,
    scale_words,
    sorting_words,
    weight_words,
)
from workbench.views.words import local_time

#: The most lines of one change that are printed; the map may alter a hundred places at once.
MOST_LINES = 6


def show_history(engine: Engine, actor: Member) -> None:
    """Every change, newest first; those after fixing are marked."""
    changes = protocol.history_of(engine, actor)
    if not changes:
        st.html(
            soft_line(say("Nothing was written yet. Every change will stand here with its time and reason."))
        )
        return
    after = [change for change in changes if change.after_fixing]
    before = [change for change in changes if not change.after_fixing]
    if after:
        st.html("".join(map(_told, after)))
    elif any(change.part == "fixed" for change in changes):
        st.html(soft_line(say("Nothing has changed since the protocol was fixed.")))
    if before:
        with st.expander(say("Before it was fixed: {n} changes", n=len(before)), expanded=not after):
            st.html("".join(map(_told, before)))


def _told(change: ProtocolChange) -> str:
    at = local_time(dt.datetime.fromisoformat(change.at))
    head = say("{at}, {name}: {what}", at=at, name=change.by, what=_parts()[change.part])
    reason = f" <b>{escaped(say('Reason: {reason}', reason=change.reason))}</b>" if change.reason else ""
    listed = "".join(f"<li>{_line(line)}</li>" for line in change.lines[:MOST_LINES])
    more = len(change.lines) - MOST_LINES
    if more > 0:
        listed += f"<li>{escaped(say('and {n} more', n=more))}</li>"
    return f'<div class="tp-change">{escaped(head)}{reason}<ul>{listed}</ul></div>'


def _line(line: ChangedLine) -> str:
    name = _fields().get(line.field, line.field)
    of = f"{line.of}, {name}" if line.of else name
    before, after = (_short(_words(line.field).get(text, text)) for text in (line.before, line.after))
    if not before:
        return escaped(f"{of}: {after}")
    return escaped(f"{of}: {before} → {after or say('taken back')}")


def _words(field: str) -> Mapping[str, str]:
    """The values of a field that are kept in words of the program, as the page says them."""
    kept: Mapping[str, Mapping[Any, str]] = {
        "rule": rule_names(),
        "compare": compare_words(),
        "sorting": sorting_words(),
        "weight": weight_words(),
        "scale": scale_words(),
        "dependence": dependence_words(),
        "opportunity": opportunity_words(),
    }
    return {str(value): word for value, word in kept.get(field, {}).items()}


def _short(text: str) -> str:
    one = " / ".join(text.splitlines())
    return one if len(one) <= 300 else f"{one[:299]}…"


def _parts() -> Mapping[str, str]:
    return {
        "rule": say("the rule"),
        "page": say("the plan"),
        "source": say("a source"),
        "guide": say("a guide"),
        "dependence": say("dependence of sources"),
        "opportunity": say("what sources could say"),
        "fixed": say("fixed the protocol"),
    }


def _fields() -> Mapping[str, str]:
    return {
        "rule": say("rule"),
        "questions": say("questions"),
        "compare": say("compared"),
        "index": say("index source"),
        "sorting": say("sorting"),
        "judges": say("judges"),
        "settling": say("settling"),
        "codes": say("codes"),
        "participants": say("n"),
        "period": say("period"),
        "weight": say("weight"),
        "scale": say("scale"),
        "note": say("note"),
        "collected": say("collected by"),
        "coded": say("coded elsewhere by"),
        "steered": say("steered by"),
        "guide": say("guide"),
        "dependence": say("dependence"),
        "opportunity": say("could it speak"),
    }
