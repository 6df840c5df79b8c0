"""Questions, Time: codes over dates, facilitators against barriers, with the number of documents beneath."""

from __future__ import annotations

from collections.abc import Sequence

import altair as alt
import pandas as pd
import streamlit as st

from codebook.crosstab import Period
from codebook.models import Valence
from codebook.retrieval import Scope
from codebook.timeline import Moment, Timeline
from workbench import session, settings
from workbench.messages import say
from workbench.services import timeline
from workbench.services.asking import Choices
from workbench.services.retrieval import Found
from workbench.services.timeline import time_file
from workbench.views.convergence import valence_words
from workbench.views.questions_matrix import choose, choose_period
from workbench.views.questions_passages import choose_codes, show_downloads, show_found, valence_name
from workbench.views.words import plain, tell

#: Facilitators stand above the line, barriers below; what is neither stands in the table alone.
_SIDES = {Valence.FACILITATOR: 1, Valence.BARRIER: -1}

_SHOWN: tuple[Valence | None, ...] = (*Valence, None)


def show_time(found: Choices, scope: Scope) -> None:
    """Ask for codes and periods, draw them, and list the quotes of the bar or cell that is chosen."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        codes = choose_codes(say("Codes, any of these"), found.codes, "time_codes")
        period = choose_period("time_period")
        unit = choose(
            say("Bars count"),
            {"documents": say("Documents"), "codings": say("Codings")},
            "time_unit",
            width=150,
        )
    told = timeline.over_time(session.engine(), session.actor(), codes, period, scope)
    if not told.moments:
        tell(
            say(
                "None of these documents has a date. Dates come from the file name, the first lines, or what "
                "is said at the import."
            )
        )
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        st.caption(plain(_what_is_shown(told, unit)))
        show_downloads(lambda format: time_file(told, format), name="time")
    _show_bars(told, unit)
    _show_table(told, unit)
    chosen = st.session_state.get("time_chosen")
    if chosen is not None and any(moment.label == chosen[0] for moment in told.moments):
        _show_quotes(codes, period, chosen, scope)


def _what_is_shown(told: Timeline, unit: str) -> str:
    what = say("Documents with at least one such coding") if unit == "documents" else say("Codings")
    said = say(
        "{what}: facilitators above the line, barriers below; n is all documents of the period.", what=what
    )
    if told.undated:
        said += " " + say(
            "Without a date, and so not here: {documents} documents with {codings} codings.",
            documents=told.undated,
            codings=told.undated_codings,
        )
    return said


def _count(moment: Moment, valence: Valence | None, unit: str) -> int | None:
    """Documents or codings of one valence; None where the period has no documents."""
    if valence not in moment.by_valence:
        return None
    documents, codings = moment.by_valence[valence]
    return documents if unit == "documents" else codings


def _show_bars(told: Timeline, unit: str) -> None:
    theme = "dark" if st.context.theme.type == "dark" else "light"
    rows = [
        {
            "moment": f"{moment.label}|n = {moment.documents}",
            "period": moment.label,
            "valence": valence_words()[valence],
            "side": valence.value,
            "height": sign * (_count(moment, valence, unit) or 0),
            "count": _count(moment, valence, unit) or 0,
            "documents": moment.documents,
        }
        for moment in told.moments
        for valence, sign in _SIDES.items()
    ]
    colours = [
        str(settings.STREAMLIT_OPTIONS[f"theme.{theme}.{name}"]) for name in ("linkColor", "grayTextColor")
    ]
    chart = (
        alt.Chart(pd.DataFrame(rows))
        .mark_bar(size=26, cursor="pointer")
        .encode(
            x=alt.X("moment:N", sort=None, title=None).axis(
                labelExpr="split(datum.label, '|')", labelAngle=0, labelOverlap="parity", ticks=False
            ),
            y=alt.Y("height:Q", title=None).axis(labelExpr="format(abs(datum.value), 'd')", tickMinStep=1),
            color=alt.Color("valence:N", sort=None)
            .scale(domain=[valence_words()[v] for v in _SIDES], range=colours)
            .legend(orient="top", title=None),
            opacity=alt.condition(
                alt.selection_point(name="bar", fields=["period", "side"]), alt.value(1), alt.value(0.4)
            ),
            tooltip=[
                alt.Tooltip("period:N", title=say("Period")),
                alt.Tooltip("valence:N", title=say("Valence")),
                alt.Tooltip("count:Q", title=say("Count")),
                alt.Tooltip("documents:Q", title=say("Documents of the period")),
            ],
        )
        .properties(height=260)
    )
    chart = chart.add_params(alt.selection_point(name="bar", fields=["period", "side"]))
    st.altair_chart(chart, on_select=_pick_bar, selection_mode="bar", key="time_bars")


def _pick_bar() -> None:
    bars = st.session_state["time_bars"]["selection"].get("bar") or []
    if bars:
        st.session_state["time_chosen"] = (bars[0]["period"], bars[0]["side"])


def _show_table(told: Timeline, unit: str) -> None:
    columns = {valence.value if valence else "": valence for valence in _SHOWN}
    frame = pd.DataFrame(
        {
            "period": [moment.label for moment in told.moments],
            "n": [moment.documents for moment in told.moments],
            "coded": [moment.coded for moment in told.moments],
            **{
                f"v_{name}": [_count(moment, valence, unit) for moment in told.moments]
                for name, valence in columns.items()
            },
        }
    )
    labels = [moment.label for moment in told.moments]
    st.dataframe(
        frame,
        hide_index=True,
        width="content",
        height="content" if len(labels) <= 12 else 430,
        row_height=32,
        placeholder="–",
        on_select=lambda: _pick_cell(labels),
        selection_mode="single-cell",
        key="time_table",
        column_config={
            "period": st.column_config.TextColumn(say("Period"), pinned=True),
            "n": st.column_config.NumberColumn(say("Documents")),
            "coded": st.column_config.NumberColumn(say("Documents with these codes")),
            **{
                f"v_{name}": st.column_config.NumberColumn(valence_name(valence))
                for name, valence in columns.items()
            },
        },
    )


def _pick_cell(labels: Sequence[str]) -> None:
    cells = st.session_state["time_table"]["selection"]["cells"]
    if cells and str(cells[0][1]).startswith("v_") and cells[0][0] < len(labels):
        st.session_state["time_chosen"] = (labels[cells[0][0]], str(cells[0][1])[2:])


def _show_quotes(codes: Sequence[str], period: Period, chosen: tuple[str, str], scope: Scope) -> None:
    label, name = chosen
    valence = Valence(name) if name else None
    engine, actor = session.engine(), session.actor()

    def load(begin: int, number: int | None) -> Found:
        return timeline.passages_of_period(
            engine, actor, codes, period, label, valence, scope, begin=begin, number=number
        )

    show_found(load, key="time_quotes", heading=plain(f"{label} · {valence_name(valence)}"))
