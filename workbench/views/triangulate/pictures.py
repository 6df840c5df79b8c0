"""The matrix in pictures: what helps and hinders by level and source, and how the sources converge."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import streamlit as st
from sqlalchemy import Engine

from codebook.models import Codebook
from store.studies import Member
from triangulation.assessment import Counts, assess_convergence
from triangulation.determinants import count_directions
from triangulation.models import ConvergenceCode
from triangulation.report.wording import CODE_SYMBOL
from workbench import settings
from workbench.messages import say
from workbench.services.triangulation import Triangulation
from workbench.views.drawing import code_words, escaped, table
from workbench.views.questions_pictures import show_picture
from workbench.views.triangulate.determinants import determinants_of
from workbench.views.triangulate.matrix_choices import Look, notes_on
from workbench.views.words import tell

_FONT = "-apple-system, Segoe UI, Inter, Roboto, sans-serif"

#: Pixels of the names of levels beside the bars.
_LABELS = 230
_BOTH_SPEAK = (ConvergenceCode.AGREEMENT, ConvergenceCode.PARTIAL, ConvergenceCode.DISSONANCE)

#: Colours of what helps, of what hinders, and of the codes, on the light and on the dark ground.
_HELPS = {"light": "#0B625E", "dark": "#6CCDC2"}
_HINDERS = {"light": "#B3261E", "dark": "#FF8A7A"}
_CODE_COLOURS = {
    ConvergenceCode.AGREEMENT: {"light": "#0B625E", "dark": "#6CCDC2"},
    ConvergenceCode.PARTIAL: {"light": "#8A6100", "dark": "#E3B341"},
    ConvergenceCode.DISSONANCE: {"light": "#B3261E", "dark": "#FF8A7A"},
}


@dataclass(frozen=True)
class Ground:
    """The colours of a picture on a light or a dark page."""

    theme: str
    text: str
    soft: str
    ground: str
    rule: str


def show(engine: Engine, actor: Member, found: Triangulation, book: Codebook, look: Look, view: str) -> None:
    """One of the two pictures, each with its numbers as a table."""
    if view == "bars":
        _show_bars(engine, actor, found, book, look)
    else:
        _show_network(look, book)


# --- facilitators and barriers ------------------------------------------------------------------------


def _show_bars(engine: Engine, actor: Member, found: Triangulation, book: Codebook, look: Look) -> None:
    groups = determinants_of(engine, actor, found, book, look, "")
    labels = {code.key: code.name() for code in book.codes}
    names = [say("Other themes") if one.group is None else labels.get(one.group, one.group) for one in groups]
    sources = look.matrix.sources
    counts = count_directions(groups, sources)
    lines = [
        (name, [counts[one.group, source] for source in sources])
        for name, one in zip(names, groups, strict=True)
    ]
    if not any(any(pair) for _, pairs in lines for pair in pairs):
        tell(say("No finding among these rows helps or hinders: give findings a direction to see it here."))
        return
    size = bars_size(len(lines), len(sources))
    show_picture(
        bars_svg(lines, sources, theme=_theme()),
        file=bars_svg(lines, sources, theme="light", notes=notes_on(look, book)),
        name="facilitators-and-barriers",
        size=(size[0], size[1] + 16 * len(notes_on(look, book)) + 12),
        key="matrix_bars",
    )
    st.caption(
        say(
            "Statements on which a source has a finding in that direction, not codings. A mixed finding "
            "counts on both sides."
        )
    )
    with st.expander(say("The numbers as a table")):
        head = [say("Level"), *sources]
        rows = [
            [escaped(name), *(f"+ {helps} · − {hinders}" for helps, hinders in pairs)]
            for name, pairs in lines
        ]
        st.html(table(say("Statements that help (+) and hinder (−), by level and source"), head, rows))


def bars_size(levels: int, sources: int) -> tuple[int, int]:
    """Width and height of the picture, in its own units."""
    return _LABELS + max(1, sources) * 190, 56 + levels * 34 + 34


def bars_svg(
    lines: Sequence[tuple[str, Sequence[tuple[int, int]]]],
    sources: Sequence[str],
    *,
    theme: str,
    notes: Sequence[str] = (),
) -> str:
    """Bars from zero, barriers to the left and facilitators to the right, a column for each source.

    Parameters
    ----------
    lines : sequence of (level, sequence of (facilitators, barriers))
        The counts in the order of the sources.
    notes : sequence of str
        Lines beneath, on a picture that leaves the page; with them the ground is painted too.
    """
    ground = _ground(theme)
    width, height = bars_size(len(lines), len(sources))
    most = max((number for _, pairs in lines for pair in pairs for number in pair), default=1) or 1
    parts = [_begin(width, height, say("Facilitators and barriers by level and source"), ground, notes)]
    for n, source in enumerate(sources):
        zero = _LABELS + n * 190 + 95
        helps = sum(pairs[n][0] for _, pairs in lines)
        hinders = sum(pairs[n][1] for _, pairs in lines)
        parts.append(_text(zero, 16, source, ground.text, anchor="middle", weight=600, fit=180))
        parts.append(_text(zero - 6, 36, say("− barriers"), ground.soft, anchor="end", size=11))
        parts.append(_text(zero + 6, 36, say("+ facilitators"), ground.soft, size=11))
        for row, (_, pairs) in enumerate(lines):
            parts += _pair_of_bars(zero, 50 + row * 34, pairs[n], most, ground)
        end = 50 + len(lines) * 34
        parts.append(
            f'<line x1="{zero}" x2="{zero}" y1="44" y2="{end}" stroke="{ground.text}" stroke-width="1"/>'
        )
        total = say("n = {n}: {hinders} −, {helps} +", n=helps + hinders, hinders=hinders, helps=helps)
        parts.append(_text(zero, end + 16, total, ground.soft, anchor="middle", size=11))
    for row, (name, _) in enumerate(lines):
        parts.append(_text(_LABELS - 8, 50 + row * 34 + 20, name, ground.text, anchor="end", fit=_LABELS))
    return "".join([*parts, "</svg>"])


def _pair_of_bars(zero: int, top: int, pair: tuple[int, int], most: int, ground: Ground) -> list[str]:
    helps, hinders = pair
    left, right = (64 * number / most for number in (hinders, helps))
    parts = []
    if hinders:
        colour = _HINDERS[ground.theme]
        parts += [
            f'<rect x="{zero - left:.1f}" y="{top + 6}" width="{left:.1f}" height="20" fill="{colour}"/>',
            _text(zero - left - 5, top + 21, f"− {hinders}", ground.text, anchor="end"),
        ]
    if helps:
        colour = _HELPS[ground.theme]
        parts += [
            f'<rect x="{zero}" y="{top + 6}" width="{right:.1f}" height="20" fill="{colour}"/>',
            _text(zero + right + 5, top + 21, f"+ {helps}", ground.text),
        ]
    return parts


# --- how the sources converge -------------------------------------------------------------------------


def _show_network(look: Look, book: Codebook) -> None:
    matrix = look.matrix
    person = matrix.researchers[0] if matrix.researchers else ""
    counted = assess_convergence(matrix).by_pair
    counts = {pair: counted[person, pair] for pair in matrix.pairs if (person, pair) in counted}
    if not any(count.both_speak for count in counts.values()):
        tell(say("No two sources speak on the same row in this view, so there is nothing to join them by."))
        return
    picture, numbers = st.columns([3, 2], gap="medium")
    notes = notes_on(look, book)
    with picture:
        show_picture(
            network_svg(matrix.sources, counts, theme=_theme()),
            file=network_svg(matrix.sources, counts, theme="light", notes=notes),
            name="sources",
            size=(_WIDTH, _HEIGHT + 16 * len(notes) + 12),
            key="matrix_network",
        )
        st.caption(
            say(
                "A line joins two sources that both speak on at least one row: the thicker, the more such "
                "rows. Its parts are the shares of the codes there. Rows on which one is silent do not count."
            )
        )
    with numbers:
        st.html(network_table(counts))


_WIDTH, _HEIGHT = 820, 600


def network_table(counts: Mapping[tuple[str, str], Counts]) -> str:
    """The pairs with their codes where both sources speak, as HTML."""
    rows = []
    for (a, b), count in sorted(counts.items(), key=lambda one: -one[1].both_speak):
        number = [f"{count.of(code)}" for code in _BOTH_SPEAK]
        silent = count.of(ConvergenceCode.SILENCE)
        rows.append(
            [escaped(f"{a} – {b}"), *number, str(count.undetermined), str(count.both_speak), str(silent)]
        )
    symbols = {CODE_SYMBOL[code]: code_words()[code] for code in (*_BOTH_SPEAK, ConvergenceCode.UNDETERMINED)}
    head = [say("Pair"), *symbols, say("both speak"), say("one is silent")]
    meaning = ", ".join(f"{symbol} {word}" for symbol, word in symbols.items())
    return table(
        say("Rows by pair of sources, in the view that is shown: {symbols}", symbols=meaning), head, rows
    )


def network_svg(
    sources: Sequence[str],
    counts: Mapping[tuple[str, str], Counts],
    *,
    theme: str,
    notes: Sequence[str] = (),
) -> str:
    """Sources on a circle; each line says how a pair converges where both speak.

    A line is as thick as the number of rows on which both speak, is drawn in the colours of its codes in
    their shares, and has their counts written on it.
    """
    ground = _ground(theme)
    places = {source: _on_circle(n, len(sources)) for n, source in enumerate(sources)}
    most = max((count.both_speak for count in counts.values()), default=1) or 1
    parts = [_begin(_WIDTH, _HEIGHT, say("Sources by convergence"), ground, notes)]
    labels = []
    for n, (pair, count) in enumerate(counts.items()):
        if count.both_speak:
            line, label = _edge(pair, places, count, most, ground, at=(0.5, 0.36, 0.64)[n % 3])
            parts.append(line)
            labels.append(label)
    for source, (x, y) in places.items():
        parts.append(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="9" fill="{ground.text}"/>')
        anchor = "middle" if abs(x - _WIDTH / 2) < 60 else ("start" if x > _WIDTH / 2 else "end")
        shift = {"middle": 0, "start": 16, "end": -16}[anchor]
        below = 26 if y > _HEIGHT / 2 else -16
        label_y = y + (below if anchor == "middle" else 5)
        parts.append(
            _text(
                x + shift,
                label_y,
                source,
                ground.text,
                anchor=anchor,
                weight=600,
                size=14,
                halo=ground.ground,
            )
        )
    return "".join([*parts, *labels, "</svg>"])


def _on_circle(n: int, of: int) -> tuple[float, float]:
    angle = 2 * math.pi * n / max(1, of) - math.pi / 2
    return _WIDTH / 2 + 235 * math.cos(angle), _HEIGHT / 2 + 235 * math.sin(angle)


def _edge(
    pair: tuple[str, str],
    places: Mapping[str, tuple[float, float]],
    count: Counts,
    most: int,
    ground: Ground,
    *,
    at: float,
) -> tuple[str, str]:
    (x1, y1), (x2, y2) = places[pair[0]], places[pair[1]]
    width = 1.5 + 9 * count.both_speak / most
    told = ", ".join(f"{code_words()[code]} {count.of(code)}" for code in _BOTH_SPEAK)
    said = say(
        "{a} and {b}: {counts}, of {n} rows on which both speak",
        a=pair[0],
        b=pair[1],
        counts=told,
        n=count.both_speak,
    )
    pieces, begun = [], 0.0
    for code in (*_BOTH_SPEAK, ConvergenceCode.UNDETERMINED):
        share = count.of(code) / count.both_speak
        if share:
            a, b = begun, begun + share
            colour = _CODE_COLOURS[code][ground.theme] if code in _CODE_COLOURS else ground.soft
            pieces.append(
                f'<line x1="{x1 + (x2 - x1) * a:.1f}" y1="{y1 + (y2 - y1) * a:.1f}" '
                f'x2="{x1 + (x2 - x1) * b:.1f}" y2="{y1 + (y2 - y1) * b:.1f}" stroke="{colour}" '
                f'stroke-width="{width:.1f}" opacity="0.75"/>'
            )
            begun = b
    line = f'<g role="img" aria-label="{escaped(said)}"><title>{escaped(said)}</title>{"".join(pieces)}</g>'
    words = " ".join(f"{CODE_SYMBOL[code]}{count.of(code)}" for code in _BOTH_SPEAK if count.of(code))
    label = _text(
        x1 + (x2 - x1) * at,
        y1 + (y2 - y1) * at + 4,
        say("{counts} of {n}", counts=words, n=count.both_speak),
        ground.text,
        anchor="middle",
        size=11,
        halo=ground.ground,
    )
    return line, label


# --- drawing ------------------------------------------------------------------------------------------


def _theme() -> str:
    return "dark" if st.context.theme.type == "dark" else "light"


def _ground(theme: str) -> Ground:
    options = settings.STREAMLIT_OPTIONS
    text, soft, ground, rule = (
        str(options[f"theme.{theme}.{name}"])
        for name in ("textColor", "grayTextColor", "backgroundColor", "borderColor")
    )
    return Ground(theme, text, soft, ground, rule)


def _begin(width: int, height: int, name: str, ground: Ground, notes: Sequence[str]) -> str:
    """The beginning of a picture; with notes it has a ground and a footer."""
    full = height + (16 * len(notes) + 12 if notes else 0)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {full}" width="{width}" '
        f'height="{full}" role="img" aria-label="{escaped(name)}" font-family="{_FONT}">'
    ]
    if notes:
        parts.append(f'<rect width="{width}" height="{full}" fill="{ground.ground}"/>')
        parts.append(
            f'<line x1="0" x2="{width}" y1="{height}" y2="{height}" stroke="{ground.rule}" stroke-width="1"/>'
        )
        parts += [
            _text(8, height + 16 + 16 * n, note, ground.soft, size=11, fit=width - 16)
            for n, note in enumerate(notes)
        ]
    return "".join(parts)


def _text(
    x: float,
    y: float,
    words: str,
    colour: str,
    *,
    anchor: str = "start",
    size: int = 12,
    weight: int = 400,
    fit: int | None = None,
    halo: str | None = None,
) -> str:
    """Words in a picture, shortened where they would not fit; all of them on pointing."""
    room = len(words) if fit is None else max(4, int(fit / (size * 0.5)))
    shown = words if len(words) <= room else words[: room - 1].rstrip() + "…"
    edge = f' stroke="{halo}" stroke-width="4" paint-order="stroke" stroke-linejoin="round"' if halo else ""
    whole = f"<title>{escaped(words)}</title>" if shown != words else ""
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" font-size="{size}" font-weight="{weight}" '
        f'fill="{colour}"{edge}>{whole}{escaped(shown)}</text>'
    )
