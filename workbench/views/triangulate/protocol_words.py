"""Words and small fields that the sections of the protocol share."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from triangulation.opportunity import Opportunity
from triangulation.protocol import (
    ALL_PAIRS,
    ALONE,
    COMMENTARY,
    DATA,
    INDEX,
    OTHER,
    SAME_PEOPLE,
    SAME_STUDY,
    TOGETHER,
)
from workbench.messages import say
from workbench.services.triangulation import Triangulation
from workbench.views.drawing import escaped

STYLE = """<style>
.tp-heading { font-size: 16px; font-weight: 600; margin: 10px 0 0; padding: 8px 0 0;
  border-top: 1px solid light-dark(#D9D5CA, #343A40); }
.tp-told { font-size: 14px; line-height: 1.45; margin: 0 !important; padding: 0 !important; }
.tp-could { white-space: nowrap; }
.tp-told dt { font-weight: 600; margin-top: 6px; } .tp-told dd { margin: 0; max-width: 75ch; }
.tp-told ul { margin: 0; padding-left: 18px; } .tp-told li { font-size: 14px; }
.tp-guide { font: 15px/1.5 "Source Serif 4", Charter, "Iowan Old Style", Georgia, serif;
  white-space: pre-line; overflow-wrap: anywhere; max-height: 420px; overflow: auto; }
.tp-change { font-size: 13px; line-height: 1.45; margin: 0 0 6px; max-width: 100ch; }
.tp-change ul { margin: 0; padding-left: 18px; } .tp-change li { font-size: 13px; }
</style>"""


def heading(text: str) -> None:
    """The heading of a section."""
    st.html(f'<h3 class="tp-heading">{escaped(text)}</h3>')


def ask_reason(found: Triangulation, key: str, *, always: bool = False) -> str:
    """The reason of a change, asked for where one is needed; empty elsewhere."""
    needed = found.protocol.is_fixed or bool(found.judges)
    if not (needed or always):
        return ""
    return (
        st.text_input(
            say("Why it changes"),
            key=f"protocol_reason_{key}",
            placeholder=say("needed; it is printed with the protocol")
            if needed
            else say("may stay empty as long as nobody has judged"),
        )
        or ""
    )


def compare_words() -> Mapping[str, str]:
    """What is compared, in words."""
    return {
        ALL_PAIRS: say("Every pair of sources"),
        INDEX: say("One index source with each of the others"),
    }


def sorting_words() -> Mapping[str, str]:
    """How findings are sorted, in words."""
    return {
        TOGETHER: say("Together, in one list"),
        ALONE: say("Alone; lists are aligned afterwards"),
    }


def weight_words() -> Mapping[str, str]:
    """The weight of a source, in words."""
    return {DATA: say("data"), COMMENTARY: say("commentary")}


def scale_words() -> Mapping[str | None, str]:
    """The scale on which a source tells, in words."""
    return {
        None: say("not said"),
        "macro": say("macro: policy, region"),
        "meso": say("meso: organisations, programme"),
        "micro": say("micro: care, persons"),
    }


def dependence_words() -> Mapping[str, str]:
    """How two sources depend on each other, in words."""
    return {
        SAME_PEOPLE: say("the same people"),
        SAME_STUDY: say("the same study"),
        OTHER: say("in another way"),
    }


def opportunity_words() -> Mapping[Opportunity, str]:
    """What a source could do, in words."""
    return {
        Opportunity.ASKED: say("asked"),
        Opportunity.COULD_BE_RAISED: say("could be raised"),
        Opportunity.NOT_ASKED: say("not asked"),
    }
