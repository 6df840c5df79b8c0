"""The timeline as one picture: events, registers and themes on the same axis of dates."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from codebook.timeline import Moment, Timeline
from triangulation.chronicle import Chronicle, ProgrammeEvent, RegisterFigure, lanes
from workbench.messages import say
from workbench.views.drawing import escaped
from workbench.views.triangulate.look import Look, look_of

#: The drawing in its own units; the browser scales it.
WIDTH = 1180
_LEFT, _RIGHT, _TOP = 210, 40, 34
_LANE, _REGISTER, _THEME, _HEAD = 24, 46, 64, 30
_LETTER = 6.4  # how wide a letter is, about, at 12 px
_LONGEST_NAME = 26


@dataclass(frozen=True)
class _Axis:
    """Dates along the picture."""

    first: dt.date
    last: dt.date

    def x(self, date: dt.date) -> float:
        whole = max((self.last - self.first).days, 1)
        return _LEFT + (WIDTH - _LEFT - _RIGHT) * (date - self.first).days / whole


def timeline_svg(
    told: Chronicle,
    themes: Mapping[str, Timeline],
    *,
    theme: str,
    names: Mapping[str, str],
    footer: str = "",
) -> tuple[str, int]:
    """The picture, whose every text is escaped, and its height.

    Parameters
    ----------
    themes : mapping of theme to Timeline
        Documents with the theme, of the documents of each period.
    theme : {"light", "dark"}
    names : mapping of theme to str
        Labels of the themes.
    footer : str
        A line beneath, on a picture that leaves the page; with it the ground is painted too.
    """
    look = look_of(theme)
    axis = _axis(told, themes)
    parts: list[str] = []
    y = float(_TOP)
    if told.events:
        drawn, y = _events_svg(told.events, axis, look, y)
        parts += drawn
    if told.figures:
        drawn, y = _registers_svg(told, axis, look, y)
        parts += drawn
    if themes:
        drawn, y = _themes_svg(themes, names, axis, look, y)
        parts += drawn
    height = round(y + 12) + (24 if footer else 0)
    frame = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" '
        f'height="{height}" role="img" aria-label="{escaped(say("Timeline of the programme"))}" '
        f'fill="{look.text}" font-size="12" '
        'font-family="-apple-system, Segoe UI, Inter, Roboto, sans-serif">'
    ]
    if footer:
        frame.append(f'<rect width="{WIDTH}" height="{height}" fill="{look.ground}"/>')
        frame.append(f'<text x="12" y="{height - 9}" font-size="11">{escaped(footer)}</text>')
    return "".join([*frame, *_years_svg(axis, look, y), *parts, "</svg>"]), height


def _axis(told: Chronicle, themes: Mapping[str, Timeline]) -> _Axis:
    """Whole years: from the first of January before everything to the last of December after it."""
    dates = [moment.begin for found in themes.values() for moment in found.moments]
    dates += [date for date in (told.first, told.last) if date is not None]
    if not dates:
        today = dt.date.today()
        dates = [today]
    return _Axis(dt.date(min(dates).year, 1, 1), dt.date(max(dates).year, 12, 31))


def _years_svg(axis: _Axis, look: Look, bottom: float) -> list[str]:
    years = range(axis.first.year, axis.last.year + 1)
    every = -(-len(years) // 16)  # so many years that the labels have room
    parts = []
    for n, year in enumerate(years):
        begin, middle = axis.x(dt.date(year, 1, 1)), axis.x(dt.date(year, 7, 1))
        parts.append(
            f'<line x1="{begin:.1f}" x2="{begin:.1f}" y1="22" y2="{bottom:.0f}" stroke="{look.rule}"/>'
        )
        if n % every == 0:
            parts.append(
                f'<text x="{middle:.1f}" y="16" text-anchor="middle" font-weight="600">{year}</text>'
            )
    end = axis.x(axis.last)
    parts.append(f'<line x1="{end:.1f}" x2="{end:.1f}" y1="22" y2="{bottom:.0f}" stroke="{look.rule}"/>')
    return parts


def _heading(words: str, y: float, look: Look) -> str:
    return (
        f'<line x1="12" x2="{WIDTH - 12}" y1="{y + 4:.1f}" y2="{y + 4:.1f}" stroke="{look.rule}"/>'
        f'<text x="12" y="{y + 21:.1f}" font-weight="600">{escaped(words)}</text>'
    )


# --- events -------------------------------------------------------------------------------------------


def _events_svg(
    events: Sequence[ProgrammeEvent], axis: _Axis, look: Look, y: float
) -> tuple[list[str], float]:
    """Bands and points, each with its words beside it, in as many lanes as they need."""
    placed = [_event_place(event, axis) for event in events]
    numbers = lanes([(left - 6, right + 6) for left, right, _ in placed])
    parts = [_heading(say("Events"), y, look)]
    top = y + 10
    for event, (_, _, label_x), lane in zip(events, placed, numbers, strict=True):
        parts.append(_event_svg(event, axis, look, top + lane * _LANE, label_x))
    return parts, top + (max(numbers) + 1) * _LANE + 8


def _event_place(event: ProgrammeEvent, axis: _Axis) -> tuple[float, float, float]:
    """Left and right end of mark and words, and where the words begin."""
    begin = axis.x(event.begins)
    end = axis.x(event.ends or event.begins)
    words = _LETTER * len(event.title)
    label = begin + 8 if end - begin > words + 12 else end + 9
    if label + words > WIDTH - 8:  # no room at the right: the words stand before the mark
        label = max(_LEFT - 40, begin - 9 - words)
    return min(begin - 5, label), max(end + 5, label + words), label


def _event_svg(event: ProgrammeEvent, axis: _Axis, look: Look, y: float, label_x: float) -> str:
    begin, end = axis.x(event.begins), axis.x(event.ends or event.begins)
    told = f"{event.title}, {event.begins}" + (f" – {event.ends}" if event.ends else "")
    told += f". {event.note}" if event.note else ""
    if event.ends is None:
        mark = f'<circle cx="{begin:.1f}" cy="{y + 9:.1f}" r="4.5" fill="{look.accent}"/>'
    else:
        mark = (
            f'<rect x="{begin:.1f}" y="{y:.1f}" width="{max(end - begin, 2):.1f}" height="18" '
            f'fill="{look.accent}" fill-opacity="0.16" stroke="{look.accent}"/>'
        )
    return (
        f"<g><title>{escaped(told)}</title>{mark}"
        f'<text x="{label_x:.1f}" y="{y + 13:.1f}">{escaped(event.title)}</text></g>'
    )


# --- registers ----------------------------------------------------------------------------------------


def _registers_svg(told: Chronicle, axis: _Axis, look: Look, y: float) -> tuple[list[str], float]:
    """A strip for each register: a dot a figure, with its numbers."""
    parts = [_heading(say("Registers"), y, look)]
    y += _HEAD
    for name in told.registers:
        figures = [figure for figure in told.figures if figure.name == name]
        drawn, y = _register_svg(name, figures, axis, look, y)
        parts += drawn
    return parts, y


def _register_svg(
    name: str, figures: Sequence[RegisterFigure], axis: _Axis, look: Look, y: float
) -> tuple[list[str], float]:
    """One register; words that would cover others stand on a line above."""
    places = [_words_place(figure, axis) for figure in figures]
    above = lanes([(begin - 4, end + 4) for begin, end in places])
    high = _REGISTER - 24
    base = y + _REGISTER - 8 + 14 * max(above)
    parts = [_row_name(name, base - 4, look), _base_line(base, look)]
    for figure, (begin, _), lane, height in zip(figures, places, above, _heights(figures), strict=True):
        x, dot_y = axis.x(figure.at), base - high * height
        label = figure_words(figure)
        told = f"{name}, {figure.at}: {label}" + (f". {figure.note}" if figure.note else "")
        parts.append(
            f"<g><title>{escaped(told)}</title>"
            f'<line x1="{x:.1f}" x2="{x:.1f}" y1="{base:.1f}" y2="{dot_y:.1f}" stroke="{look.soft}"/>'
            f'<circle cx="{x:.1f}" cy="{dot_y:.1f}" r="4" fill="{look.accent}"/>'
            f'<text x="{begin:.1f}" y="{dot_y + 4 - 14 * lane:.1f}" stroke="{look.ground}" stroke-width="3" '
            f'paint-order="stroke">{escaped(label)}</text></g>'
        )
    return parts, base + 8


def _words_place(figure: RegisterFigure, axis: _Axis) -> tuple[float, float]:
    x, width = axis.x(figure.at), _LETTER * len(figure_words(figure))
    begin = x + 8 if x + 8 + width < WIDTH - 4 else x - 8 - width
    return begin, begin + width


def _heights(figures: Sequence[RegisterFigure]) -> list[float]:
    """How high each dot stands, from 0 to 1: shares, or counts where one of the figures has no share."""
    shares = [figure.share for figure in figures if figure.share is not None]
    if len(shares) == len(figures):
        return shares
    most = max(figure.count for figure in figures) or 1
    return [figure.count / most for figure in figures]


def figure_words(figure: RegisterFigure) -> str:
    """A figure with what it is out of: "31 of 64 (48 %)"; without a denominator the count alone."""
    if figure.out_of is None:
        return f"{figure.count:g}"
    said = say("{n} of {all}", n=f"{figure.count:g}", all=f"{figure.out_of:g}")
    return said if figure.share is None else f"{said} ({figure.share:.0%})".replace("%", " %")


# --- themes -------------------------------------------------------------------------------------------


def _themes_svg(
    themes: Mapping[str, Timeline], names: Mapping[str, str], axis: _Axis, look: Look, y: float
) -> tuple[list[str], float]:
    """A strip for each theme: bars of documents with it, on those of all documents of the period."""
    parts = [_heading(say("Themes: documents with the theme, of all documents of the period"), y, look)]
    y += _HEAD
    most = max((moment.documents for found in themes.values() for moment in found.moments), default=0) or 1
    for theme, found in themes.items():
        base, high = y + _THEME - 8, _THEME - 26
        parts += [
            _row_name(f"{theme} {names.get(theme, '')}".strip(), base - 4, look),
            _base_line(base, look),
        ]
        width = _bar_width(found.moments, axis)
        for moment, following in zip(found.moments, [*found.moments[1:], None], strict=True):
            parts.append(_bars_svg(theme, moment, following, axis, look, base, high / most, width))
        y += _THEME
    return parts, y


def _bar_width(moments: Sequence[Moment], axis: _Axis) -> float:
    if len(moments) < 2:
        return 18
    return min(18.0, 0.7 * (axis.x(moments[1].begin) - axis.x(moments[0].begin)))


def _bars_svg(
    theme: str,
    moment: Moment,
    following: Moment | None,
    axis: _Axis,
    look: Look,
    base: float,
    scale: float,
    width: float,
) -> str:
    if not moment.documents:
        return ""
    left = axis.x(moment.begin)
    right = left + width * 1.4 if following is None else axis.x(following.begin)
    x = (left + right) / 2 - width / 2
    coded = moment.coded or 0
    told = say(
        "{theme}, {period}: {n} of {all} documents",
        theme=theme,
        period=moment.label,
        n=coded,
        all=moment.documents,
    )
    whole, part = moment.documents * scale, coded * scale
    label = ""
    if width >= 12:
        label = (
            f'<text x="{x + width / 2:.1f}" y="{base - whole - 4:.1f}" text-anchor="middle" font-size="10.5">'
            f"{coded}/{moment.documents}</text>"
        )
    return (
        f"<g><title>{escaped(told)}</title>"
        f'<rect x="{x:.1f}" y="{base - whole:.1f}" width="{width:.1f}" height="{whole:.1f}" '
        f'fill="{look.second}" stroke="{look.soft}" stroke-width="0.8"/>'
        f'<rect x="{x:.1f}" y="{base - part:.1f}" width="{width:.1f}" height="{part:.1f}" '
        f'fill="{look.accent}"/>{label}</g>'
    )


def _row_name(name: str, y: float, look: Look) -> str:
    short = name if len(name) <= _LONGEST_NAME else f"{name[: _LONGEST_NAME - 1].rstrip()}…"
    return f'<text x="12" y="{y:.1f}"><title>{escaped(name)}</title>{escaped(short)}</text>'


def _base_line(y: float, look: Look) -> str:
    return f'<line x1="{_LEFT}" x2="{WIDTH - _RIGHT}" y1="{y:.1f}" y2="{y:.1f}" stroke="{look.rule}"/>'
