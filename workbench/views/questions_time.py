"""Questions, Time: codes over dates, facilitators against barriers, with the number of documents beneath."""

from __future__ import annotations

from collections.abc import Sequence

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
from workbench.views.drawing import escaped, valence_words
from workbench.views.questions_matrix import choose, choose_period
from workbench.views.questions_passages import choose_codes, show_downloads, show_found, valence_name
from workbench.views.questions_pictures import footer, show_picture
from workbench.views.words import plain, tell

#: Facilitators stand above the line, barriers below; what is neither stands in the table alone.
_SIDES = {Valence.FACILITATOR: 1, Valence.BARRIER: -1}

#: The drawing in its own units; the browser scales it.
_WIDTH, _HEIGHT = 980, 300

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
    _show_bars(told, unit, scope, found)
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


def _show_bars(told: Timeline, unit: str, scope: Scope, found: Choices) -> None:
    theme = "dark" if st.context.theme.type == "dark" else "light"
    show_picture(
        time_svg(told, unit, theme=theme, chosen=st.session_state.get("time_chosen")),
        file=time_svg(told, unit, theme="light", footer=footer(scope, found)),
        name="time",
        size=(_WIDTH, _HEIGHT + 24),
        key="time_chosen",
    )


def time_svg(
    told: Timeline, unit: str, *, theme: str, chosen: tuple[str, str] | None = None, footer: str = ""
) -> str:
    """Facilitators above the line and barriers below, as a picture whose every text is escaped.

    Parameters
    ----------
    unit : {"documents", "codings"}
    theme : {"light", "dark"}
    footer : str
        A line beneath, on a picture that leaves the page; with it the ground is painted too.
    """
    text, ground, rule, up, down = (
        str(settings.STREAMLIT_OPTIONS[f"theme.{theme}.{name}"])
        for name in ("textColor", "backgroundColor", "borderColor", "linkColor", "grayTextColor")
    )
    colours = dict(zip(_SIDES, (up, down), strict=True))
    highest = max((_count(m, valence, unit) or 0 for m in told.moments for valence in _SIDES), default=0)
    tick = next(
        n for power in range(12) for n in (10**power, 2 * 10**power, 5 * 10**power) if highest <= 3 * n
    )
    top, middle, bottom = 34, _HEIGHT / 2 - 6, _HEIGHT - 46
    scale = (middle - top) / max(highest, 1)
    step = (_WIDTH - 60) / len(told.moments)
    every = -(-len(told.moments) // 14)  # so many periods that the labels have room
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {_HEIGHT + (24 if footer else 0)}" '
        f'width="{_WIDTH}" height="{_HEIGHT + (24 if footer else 0)}" role="img" fill="{text}" '
        f'aria-label="{escaped(say("Codes over time"))}" font-size="12" '
        'font-family="-apple-system, Segoe UI, Inter, Roboto, sans-serif">'
    ]
    if footer:
        parts.append(f'<rect width="{_WIDTH}" height="{_HEIGHT + 24}" fill="{ground}"/>')
        parts.append(f'<text x="12" y="{_HEIGHT + 14}" font-size="11">{escaped(footer)}</text>')
    for n, (valence, colour) in enumerate(colours.items()):
        parts.append(f'<rect x="{50 + 150 * n}" y="8" width="12" height="12" fill="{colour}"/>')
        parts.append(f'<text x="{68 + 150 * n}" y="18">{escaped(valence_words()[valence])}</text>')
    for count in range(-(highest // tick) * tick, highest + 1, tick):
        y = middle - count * scale
        line = f'x1="44" x2="{_WIDTH - 12}" y1="{y:.1f}" y2="{y:.1f}"'
        parts.append(f'<line {line} stroke="{rule if count else text}"/>')
        parts.append(f'<text x="38" y="{y + 4:.1f}" text-anchor="end">{abs(count)}</text>')
    for number, moment in enumerate(told.moments):
        x = 48 + (number + 0.5) * step
        parts += [
            _bar_svg(
                moment,
                valence,
                unit,
                chosen,
                x=x,
                width=min(26, 0.7 * step),
                zero=middle,
                scale=scale,
                colour=colours[valence],
            )
            for valence in _SIDES
        ]
        if number % every == 0:
            label, n = escaped(moment.label), moment.documents
            parts.append(f'<text x="{x:.1f}" y="{bottom + 20}" text-anchor="middle">{label}</text>')
            parts.append(f'<text x="{x:.1f}" y="{bottom + 36}" text-anchor="middle">n = {n}</text>')
    return "".join([*parts, "</svg>"])


def _bar_svg(
    moment: Moment,
    valence: Valence,
    unit: str,
    chosen: tuple[str, str] | None,
    *,
    x: float,
    width: float,
    zero: float,
    scale: float,
    colour: str,
) -> str:
    """A bar that can be chosen; nothing where there is nothing to count."""
    count = _count(moment, valence, unit)
    if not count:
        return ""
    told = say(
        "{period}, {valence}: {n}, documents of the period: {documents}",
        period=moment.label,
        valence=valence_words()[valence],
        n=count,
        documents=moment.documents,
    )
    faint = chosen is not None and chosen != (moment.label, valence.value)
    high = count * scale
    return (
        f'<g data-one="{escaped(moment.label)}" data-other="{valence.value}" tabindex="0" role="button" '
        f'aria-label="{escaped(told)}" style="cursor:pointer"><title>{escaped(told)}</title>'
        f'<rect x="{x - width / 2:.1f}" y="{zero - high if _SIDES[valence] > 0 else zero:.1f}" '
        f'width="{width:.1f}" height="{high:.1f}" fill="{colour}" opacity="{0.4 if faint else 1}"/></g>'
    )


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
