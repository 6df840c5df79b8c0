"""The packet for a group of stakeholders as one page: styles inside, no scripts, nothing fetched."""

from __future__ import annotations

from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from triangulation.feedback import Packet
from triangulation.report.wording import printable


def packet_html(packet: Packet) -> str:
    """A page that lay people can read on a screen or on paper, with room to answer.

    Every word that came from a person or a document is escaped.
    """
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent),
        autoescape=True,
        finalize=_shown,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template("packet.html").render(packet=packet)


def _shown(value: object) -> object:
    """Markup is ours and stays; all else may hold characters that no page should hold."""
    if isinstance(value, str) and not isinstance(value, Markup):
        return printable(value)
    return value
