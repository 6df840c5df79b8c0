"""The report as one HTML file that needs nothing else: styles inside, no scripts, nothing fetched."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from triangulation.completeness import Presence
from triangulation.models import ConvergenceCode
from triangulation.report import wording
from triangulation.report.content import TriangulationReport, people_words, presence_words


def render_html(report: TriangulationReport, path: Path) -> None:
    """Write the report. Every word that came from a person or a document is escaped."""
    page = _environment().get_template("report.html").render(report=report, first_time=_first_time())
    path.write_text(page, encoding="utf-8")


def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent),
        autoescape=True,
        finalize=_shown,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals |= {
        "codes": list(ConvergenceCode),
        "presences": list(Presence),
        "code_symbol": wording.CODE_SYMBOL,
        "code_word": wording.CODE_WORD,
        "short_code_word": wording.SHORT_CODE_WORD,
        "valence_symbol": wording.VALENCE_SYMBOL,
        "prominence_symbol": wording.PROMINENCE_SYMBOL,
        "share": wording.share,
        "percent": wording.percent,
        "decimals": wording.decimals,
        "interval": wording.interval,
        "counted": wording.counted,
        "listed": wording.listed,
        "people_words": people_words,
        "presence_words": presence_words,
    }
    return environment


def _first_time() -> Callable[[int], bool]:
    """A quote may stand in several places; only the first is where links to it lead."""
    seen: set[int] = set()

    def first_time(number: int) -> bool:
        new = number not in seen
        seen.add(number)
        return new

    return first_time


def _shown(value: object) -> object:
    """Markup is ours and stays; all else may hold characters that no page should hold."""
    if isinstance(value, str) and not isinstance(value, Markup):
        return wording.printable(value)
    return value
