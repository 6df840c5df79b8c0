"""The convergence matrix in the browser: rows × sources and rows × pairs, with a cell cursor.

The client in ``matrix.js`` (built from ``src/``) draws what it is given and says which cell was
chosen; symbols, words and colours of codes come from Python, and nothing is decided there.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Literal

import streamlit as st

__all__ = ["Heading", "MatrixLine", "PairCell", "Place", "SourceCell", "show_matrix"]


@dataclass(frozen=True)
class SourceCell:
    """A source on a row: symbols to draw, empty where it does not speak, and the same in words.

    Where rows are counted together, ``lines`` has their counts: pairs of a code (empty here) and a text.
    """

    said: str
    valence: str = ""
    prominence: str = ""
    count: str = ""
    lines: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class PairCell:
    """A pair of sources on a row; ``changed`` where a researcher gave another code than the rule.

    Where rows are counted together, ``lines`` has a code and its count each.
    """

    said: str
    code: str = ""
    symbol: str = ""
    changed: bool = False
    lines: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class MatrixLine:
    """A row of the matrix with its cells, in the order of the sources and pairs.

    ``words`` is what stands in the row; ``whole`` what follows for all its sources together.
    """

    theme: str
    statement: str
    words: str
    level: str
    level_label: str
    level_short: str
    theme_label: str
    sources: tuple[SourceCell, ...]
    pairs: tuple[PairCell, ...]
    whole: PairCell | None = None


@dataclass(frozen=True)
class Heading:
    """A column: the short form that fits, and its name."""

    short: str
    name: str


@dataclass(frozen=True)
class Place:
    """A cell: a row, and one source, the two of a pair, or none for the row as a whole."""

    theme: str
    statement: str
    sources: tuple[str, ...]

    @property
    def is_pair(self) -> bool:
        """Whether the cell compares two sources."""
        return len(self.sources) == 2

    @property
    def kind(self) -> str:
        """What the browser calls it."""
        return {0: "row", 1: "source"}.get(len(self.sources), "pair")


def show_matrix(
    *,
    key: str,
    name: str,
    sources: Sequence[Heading],
    pairs: Sequence[tuple[tuple[str, str], Heading]],
    rows: Sequence[MatrixLine],
    levels: Sequence[str],
    legend: Sequence[tuple[str, str, str]],
    words: Mapping[str, str],
    selected: Place | None,
    on_select: Callable[[Place], None],
    whole: Heading | None = None,
    density: Literal["compact", "roomy"] = "roomy",
    by_level: bool = True,
    below: int = 24,
) -> None:
    """Draw the matrix; call it inside a ``st.fragment`` so that a choice redraws little.

    Parameters
    ----------
    name : str
        What the table is, read aloud.
    rows : sequence of MatrixLine
        In reading order; a heading is drawn where the level changes.
    levels : sequence of str
        Keys of all levels of the codebook, in its order: they decide the colours.
    legend : sequence of (symbol, word, code)
        The code is empty for what is not a convergence code.
    words : mapping
        ``statement``, ``what_sources_say``, ``pairs``, ``whole`` and ``legend``.
    on_select : callable
        Gets the cell that was chosen, before the page runs again.
    whole : Heading, optional
        The column of `MatrixLine.whole`; without it there is none.
    density : {"roomy", "compact"}
        Compact rows take one line each, and are as high as lets all of them fit the page.
    by_level : bool
        Whether rows stand in the order of the levels, so that roomy ones can have headings.
    below : int
        Pixels of the page that something below the table needs.
    """

    def pass_on() -> None:
        chosen = st.session_state[key].get("selected")
        if chosen:
            on_select(Place(chosen["theme"], chosen["statement"], tuple(chosen["sources"])))

    _matrix()(
        key=key,
        data={
            "name": name,
            "sources": [source.name for source in sources],
            "pairs": [list(pair) for pair, _ in pairs],
            "source_heads": [asdict(source) for source in sources],
            "pair_heads": [asdict(heading) for _, heading in pairs],
            "whole_head": None if whole is None else asdict(whole),
            "rows": [asdict(row) for row in rows],
            "density": density,
            "by_level": by_level,
            "below": below,
            "levels": list(levels),
            "selected": None if selected is None else _as_sent(selected),
            "legend": [list(entry) for entry in legend],
            "words": dict(words),
        },
        on_selected_change=pass_on,
    )


def _as_sent(place: Place) -> dict[str, Any]:
    return {
        "theme": place.theme,
        "statement": place.statement,
        "kind": place.kind,
        "sources": list(place.sources),
    }


@cache
def _matrix() -> Callable[..., Any]:
    # Registered at first use: Streamlit keeps components per running server, and tests import this
    # module without one.
    script = files(__package__).joinpath("matrix.js").read_text(encoding="utf-8")
    return st.components.v2.component("trigpoint.matrix", js=script, isolate_styles=False)
