"""What people write for the report on the page Report: texts, and answers to reporting standards."""

from __future__ import annotations

import datetime as dt

import streamlit as st
from sqlalchemy import Engine

from store.studies import Member
from triangulation.report import STANDARDS, Standard, TriangulationReport, prefilled
from workbench.messages import say
from workbench.services import report_texts
from workbench.services.report_texts import Written
from workbench.views.drawing import STYLE, escaped, soft_line
from workbench.views.words import do, local_time, plain, tell

_STYLE = """<style>
.tp-version { white-space: pre-line; overflow-wrap: anywhere; max-width: 70ch; }
</style>"""


def show_texts(engine: Engine, actor: Member) -> None:
    """Introduction, discussion and conclusion, each with its earlier versions."""
    st.html(STYLE)
    written = report_texts.written_for_report(engine, actor)
    tell(
        say(
            "These texts stand in the report as you write them and stay when its numbers are counted anew. A "
            "blank line begins a paragraph. A part without a text is left out."
        )
    )
    for part, label in _parts().items():
        if written.closed and part != "introduction":
            st.html(
                soft_line(
                    say(
                        "{part}: closed to you until you have locked your own judgements and no blind round "
                        "is open, because it can tell of results.",
                        part=label,
                    )
                )
            )
        else:
            _ask_text(engine, actor, part, label, written)


def _parts() -> dict[str, str]:
    return {
        "introduction": say("Introduction"),
        "discussion": say("Discussion"),
        "conclusion": say("Conclusion"),
    }


def _ask_text(engine: Engine, actor: Member, part: str, label: str, written: Written) -> None:
    held = written.texts.get(part)
    before = "" if held is None else held.text
    with st.form(f"report_text_{part}", border=False):
        # What the writer began from stays as long as their words do: another may write meanwhile.
        if f"report_words_{part}" not in st.session_state:
            st.session_state[f"report_began_{part}"] = before
        began_from = st.session_state[f"report_began_{part}"]
        text = st.text_area(label, value=began_from, height=220, width=760, key=f"report_words_{part}")
        saved = st.form_submit_button(_save_words()[part])
    if saved:
        do(lambda: _save(engine, actor, part, text, began_from))
    if held is not None:
        at = local_time(dt.datetime.fromisoformat(held.at))
        st.html(soft_line(say("Last written by {name}, {at}.", name=held.by, at=at)))
        _show_versions(engine, actor, part, label)


def _save(engine: Engine, actor: Member, part: str, text: str, began_from: str) -> None:
    report_texts.write_text(engine, actor, part, text, began_from=began_from)
    st.session_state.pop(f"report_words_{part}", None)


def _save_words() -> dict[str, str]:
    return {
        "introduction": say("Save the introduction"),
        "discussion": say("Save the discussion"),
        "conclusion": say("Save the conclusion"),
    }


def _show_versions(engine: Engine, actor: Member, part: str, label: str) -> None:
    versions = report_texts.text_versions(engine, actor, part)
    if len(versions) < 2:
        return
    with st.expander(say("Earlier versions of the {part}: {n}", part=label.lower(), n=len(versions) - 1)):
        st.html(_STYLE)
        for version in versions[1:]:
            at = local_time(dt.datetime.fromisoformat(version.at))
            st.html(soft_line(say("{name}, {at}", name=version.by, at=at)))
            st.html(f'<p class="tp-version">{escaped(version.text)}</p>')


# --- reporting standards ------------------------------------------------------------------------------


def show_standards(engine: Engine, actor: Member, report: TriangulationReport) -> None:
    """The items of a standard: what the data say, and what people answer."""
    st.html(STYLE)
    names = {key: standard.name for key, standard in STANDARDS.items()}
    key = st.segmented_control(
        say("Reporting standard"),
        list(names),
        format_func=names.__getitem__,
        default="coreq",
        required=True,
        key="report_standard",
        label_visibility="collapsed",
    )
    standard = STANDARDS[key]
    written = report_texts.written_for_report(engine, actor)
    tell(
        say(
            "{name}: {source}. What the data say stands beside each item; an answer of your own takes its "
            "place. Nothing is invented: an item without either is printed as not reported.",
            name=standard.name,
            source=standard.source,
        )
    )
    if key == "srqr":
        tell(say("SRQR is printed once an item of it is answered by people."))
    _ask_items(engine, actor, standard, written, report)


def _ask_items(
    engine: Engine, actor: Member, standard: Standard, written: Written, report: TriangulationReport
) -> None:
    told = prefilled(report, standard.key)
    held = written.answers[standard.key]
    given: dict[int, str] = {}
    with st.form(f"report_items_{standard.key}", border=False):
        part = ""
        for item in standard.items:
            if item.part != part:
                part = item.part
                st.markdown(f"**{plain(part)}**")
            left, middle, right = st.columns([4, 6, 7], vertical_alignment="center")
            left.markdown(f":small[{item.number} {plain(item.words)}]")
            if item.number in told:
                answer = told[item.number]
                words = say("{answer} (from: {origin})", answer=answer.text, origin=answer.origin)
                middle.html(soft_line(words))
            else:
                middle.html(soft_line(say("not told by the data")))
            if written.closed and item.tells_results:
                right.html(soft_line(say("closed to you for now: it can tell of results")))
                continue
            given[item.number] = right.text_area(
                f"{item.number} {item.words}",
                value=held.get(item.number, ""),
                height=68,
                label_visibility="collapsed",
                key=f"report_item_{standard.key}_{item.number}",
            )
        saved = st.form_submit_button(say("Save the answers"))
    if saved:
        do(lambda: report_texts.answer_items(engine, actor, standard.key, given))
