"""Questions, Co-occurrence: codes that stand together as a network and a table, each link with its quotes."""

from __future__ import annotations

import math
from collections.abc import Sequence

import pandas as pd
import streamlit as st

from codebook.retrieval import Measure, Scope
from workbench import session, settings
from workbench.messages import say
from workbench.services import cooccurrence
from workbench.services.asking import Choices
from workbench.services.cooccurrence import Together, TogetherWish, together_file, together_graphml
from workbench.services.retrieval import Passage
from workbench.views.drawing import escaped, link_to_place
from workbench.views.leaving import download
from workbench.views.questions_matrix import choose_rows
from workbench.views.questions_passages import (
    PER_PAGE,
    as_excerpt,
    ask_distance,
    passage_html,
    show_downloads,
)
from workbench.views.questions_pictures import footer, show_picture
from workbench.views.words import plain, tell

#: The drawing in its own units; the browser scales it.
_WIDTH, _HEIGHT, _MARGIN = 760, 520, 70


def show_together(found: Choices, scope: Scope) -> None:
    """Ask which codes and how near, draw the network, and list the quotes of the link that is chosen."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        wish = _ask(found)
    together = cooccurrence.together(session.engine(), session.actor(), wish, scope)
    if not together.graph.number_of_edges():
        tell(
            say(
                "No two codes stand together often enough. Let links begin at fewer pairs, or let codes that "
                "are near each other count too."
            )
        )
        return
    picture, table = st.columns([3, 2], gap="medium")
    with picture:
        _show_network(together, scope, found)
    with table:
        _show_links(together)
    chosen = st.session_state.get("together_link")
    if chosen is not None and together.graph.has_edge(*chosen):
        _show_pairs(together, wish, scope, chosen[0], chosen[1])


def _ask(found: Choices) -> TogetherWish:
    rows = choose_rows(found, say("Codes"), "together_rows", levels_first=False)
    near = st.toggle(say("Also near each other"), key="together_near", persist_state="session")
    distance, measure = ask_distance("together") if near else (None, Measure.CHARACTERS)
    same = st.toggle(
        say("Within one coder's codings"),
        key="together_same",
        persist_state="session",
        help=say(
            "Where two people coded the same text, a place otherwise counts for each of them and across both."
        ),
    )
    fewest = st.number_input(
        say("Links from so many pairs"),
        min_value=1,
        value=1,
        key="together_fewest",
        persist_state="session",
        width=170,
    )
    return TogetherWish(rows, distance, measure, same, int(fewest))


# --- the drawing --------------------------------------------------------------------------------------


def _show_network(together: Together, scope: Scope, found: Choices) -> None:
    chosen = st.session_state.get("together_link")
    dark = st.context.theme.type == "dark"

    show_picture(
        network_svg(together, theme="dark" if dark else "light", chosen=chosen),
        file=network_svg(together, theme="light", footer=footer(scope, found)),
        name="co-occurrence",
        size=(_WIDTH, _HEIGHT + 30),
        key="together_link",
    )
    st.caption(
        say(
            "The thicker a link, the more pairs of codings; the larger a circle, the more codings. Select a "
            "link to read its quotes."
        )
    )


def network_svg(
    together: Together, *, theme: str, chosen: tuple[str, str] | None = None, footer: str = ""
) -> str:
    """The network as a picture whose every text is escaped; links carry the two codes they join.

    Parameters
    ----------
    theme : {"light", "dark"}
    footer : str
        A line beneath, on a picture that leaves the page; with it the ground is painted too.
    """
    options = settings.STREAMLIT_OPTIONS
    text, ground, rule, accent = (
        str(options[f"theme.{theme}.{name}"])
        for name in ("textColor", "backgroundColor", "borderColor", "linkColor")
    )
    palette: Sequence[str] = options[f"theme.{theme}.chartCategoricalColors"]  # type: ignore[assignment]
    graph = together.graph
    places = {
        code: (_MARGIN + x * (_WIDTH - 2 * _MARGIN), _MARGIN / 2 + y * (_HEIGHT - _MARGIN))
        for code, (x, y) in together.places.items()
    }
    most = max((data["pairs"] for *_, data in graph.edges(data=True)), default=1)
    largest = max((graph.nodes[code]["codings"] for code in graph), default=1)
    height = _HEIGHT + (30 if footer else 0)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {height}" width="{_WIDTH}" '
        f'height="{height}" role="img" aria-label="{escaped(say("Codes that stand together"))}" '
        'font-family="-apple-system, Segoe UI, Inter, Roboto, sans-serif">'
    ]
    if footer:
        parts.append(f'<rect width="{_WIDTH}" height="{height}" fill="{ground}"/>')
    for one, other, data in graph.edges(data=True):
        is_chosen = chosen is not None and {one, other} == set(chosen)
        parts.append(
            _link_svg(
                places[one],
                places[other],
                one=one,
                other=other,
                told=_link_words(one, other, data),
                width=1 + 7 * data["pairs"] / most,
                colour=accent if is_chosen else _mixed(text, ground, 0.45),
            )
        )
    labels = []
    for code in graph:
        level = together.levels.get(code)
        colour = accent if level is None else palette[level % len(palette)]
        radius = 5 + 13 * math.sqrt(graph.nodes[code]["codings"] / largest)
        told = say(
            "{code} {label}: {n} codings",
            code=code,
            label=together.names[code],
            n=graph.nodes[code]["codings"],
        )
        parts.append(_circle_svg(places[code], told, radius=radius, colour=colour, ground=ground))
        labels.append(_label_svg(places[code], code, radius=radius, ground=ground, text=text))
    parts += labels  # over all circles, so that none hides a word
    if footer:
        parts.append(
            f'<text x="12" y="{height - 10}" font-size="11" fill="{text}">{escaped(footer)}</text>'
            f'<line x1="0" x2="{_WIDTH}" y1="{_HEIGHT + 2}" y2="{_HEIGHT + 2}" stroke="{rule}"/>'
        )
    return "".join([*parts, "</svg>"])


def _link_words(one: str, other: str, data: dict[str, int]) -> str:
    return say(
        "{one} and {other}. Pairs: {pairs}, documents: {documents}",
        one=one,
        other=other,
        pairs=data["pairs"],
        documents=data["documents"],
    )


def _link_svg(
    start: tuple[float, float],
    end: tuple[float, float],
    *,
    one: str,
    other: str,
    told: str,
    width: float,
    colour: str,
) -> str:
    line = f'x1="{start[0]:.1f}" y1="{start[1]:.1f}" x2="{end[0]:.1f}" y2="{end[1]:.1f}"'
    # A thin line is hard to hit: a wide one that is not seen takes the click.
    return (
        f'<g data-one="{escaped(one)}" data-other="{escaped(other)}" tabindex="0" role="button" '
        f'aria-label="{escaped(told)}" style="cursor:pointer"><title>{escaped(told)}</title>'
        f'<line {line} stroke="{colour}" stroke-width="{width:.1f}" stroke-linecap="round"/>'
        f'<line {line} stroke="transparent" stroke-width="{max(width, 16):.1f}"/></g>'
    )


def _circle_svg(place: tuple[float, float], told: str, *, radius: float, colour: str, ground: str) -> str:
    return (
        f'<circle cx="{place[0]:.1f}" cy="{place[1]:.1f}" r="{radius:.1f}" fill="{colour}" '
        f'stroke="{ground}" stroke-width="2"><title>{escaped(told)}</title></circle>'
    )


def _label_svg(place: tuple[float, float], code: str, *, radius: float, ground: str, text: str) -> str:
    return (
        f'<text x="{place[0]:.1f}" y="{place[1] + radius + 13:.1f}" text-anchor="middle" font-size="12" '
        f'fill="{text}" stroke="{ground}" stroke-width="3" paint-order="stroke" '
        f'style="pointer-events:none">{escaped(code)}</text>'
    )


def _mixed(one: str, other: str, share: float) -> str:
    """A colour between two, given as #rrggbb.

    >>> _mixed("#000000", "#ffffff", 0.5)
    '#808080'
    """
    channels = (
        round(share * int(one[n : n + 2], 16) + (1 - share) * int(other[n : n + 2], 16)) for n in (1, 3, 5)
    )
    return "#" + "".join(f"{channel:02x}" for channel in channels)


# --- the table and the quotes -------------------------------------------------------------------------


def _show_links(together: Together) -> None:
    links = sorted(together.graph.edges(data=True), key=lambda link: (-link[2]["pairs"], link[0], link[1]))
    picked = st.dataframe(
        pd.DataFrame(
            {
                "one": [one for one, *_ in links],
                "other": [other for _, other, _ in links],
                "pairs": [data["pairs"] for *_, data in links],
                "documents": [data["documents"] for *_, data in links],
            }
        ),
        hide_index=True,
        row_height=32,
        height="content" if len(links) <= 14 else 490,
        on_select=lambda: _pick(links),
        selection_mode="single-row",
        key="together_table",
        column_config={
            "one": say("Code"),
            "other": say("Together with"),
            "pairs": st.column_config.NumberColumn(say("Pairs")),
            "documents": st.column_config.NumberColumn(say("Documents")),
        },
    )
    assert picked is not None
    with st.container(horizontal=True):
        show_downloads(lambda format: together_file(together, format), name="co-occurrence")
        download(
            say("Download GraphML"),
            "co_occurrence",
            data=lambda: together_graphml(together),
            file_name="co-occurrence.graphml",
            mime="application/xml",
            on_click="ignore",
        )


def _pick(links: Sequence[tuple[str, str, object]]) -> None:
    rows = st.session_state["together_table"]["selection"]["rows"]
    if rows and rows[0] < len(links):
        st.session_state["together_link"] = links[rows[0]][:2]


def _show_pairs(together: Together, wish: TogetherWish, scope: Scope, one: str, other: str) -> None:
    page = st.session_state.get("together_page", 1)
    number, listed = cooccurrence.passages_together(
        session.engine(),
        session.actor(),
        wish,
        one,
        other,
        scope,
        begin=(page - 1) * PER_PAGE,
        number=PER_PAGE,
    )
    if number and not listed:
        st.session_state["together_page"] = 1
        st.rerun()
    st.markdown(
        f"**{plain(one)} · {plain(other)}** "
        + say("Pairs: {n}, documents: {documents}", n=number, documents=_documents(together, one, other))
    )
    with st.container(gap="small"):
        for first, second in listed:
            _show_pair(first, second)
    if number > PER_PAGE:
        st.pagination(-(-number // PER_PAGE), key="together_page")


def _documents(together: Together, one: str, other: str) -> int:
    return int(together.graph.edges[one, other]["documents"])


def _show_pair(first: Passage, second: Passage) -> None:
    with st.container(gap=None):
        st.html(passage_html(first) + passage_html(second))
        link_to_place(as_excerpt(min(first, second, key=lambda passage: passage.start_char)))
