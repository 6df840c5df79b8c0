"""The colours in which pictures are drawn: those of the app's theme, light or dark."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from workbench import settings


@dataclass(frozen=True)
class Look:
    """The colours of a theme of the app; ``levels`` in the order of the codebook's levels."""

    text: str
    soft: str
    ground: str
    second: str
    rule: str
    accent: str
    levels: Sequence[str]


def look_of(theme: str) -> Look:
    """The colours of ``light`` or ``dark``."""
    options = settings.STREAMLIT_OPTIONS
    names = (
        "textColor",
        "grayTextColor",
        "backgroundColor",
        "secondaryBackgroundColor",
        "borderColor",
        "linkColor",
    )
    text, soft, ground, second, rule, accent = (str(options[f"theme.{theme}.{name}"]) for name in names)
    levels: Sequence[str] = options[f"theme.{theme}.chartCategoricalColors"]  # type: ignore[assignment]
    return Look(text, soft, ground, second, rule, accent, levels)
