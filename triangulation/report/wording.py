"""How the report writes numbers, symbols and other people's words."""

from __future__ import annotations

import re

from codebook.models import Valence
from triangulation.models import ConvergenceCode, Prominence

CODE_SYMBOL = {
    ConvergenceCode.AGREEMENT: "●",
    ConvergenceCode.PARTIAL: "◐",
    ConvergenceCode.SILENCE: "○",
    ConvergenceCode.DISSONANCE: "✕",
    ConvergenceCode.UNDETERMINED: "?",
}
CODE_WORD = {
    ConvergenceCode.AGREEMENT: "convergence agreement",
    ConvergenceCode.PARTIAL: "partial agreement",
    ConvergenceCode.SILENCE: "silence",
    ConvergenceCode.DISSONANCE: "dissonance",
    ConvergenceCode.UNDETERMINED: "undetermined",
}
# In a narrow cell under the heading of the matrix; "agreement" never stands alone.
CODE_WORD_SHORT = {**CODE_WORD, ConvergenceCode.PARTIAL: "partial"}
VALENCE_SYMBOL = {Valence.FACILITATOR: "+", Valence.BARRIER: "−", Valence.MIXED: "±", Valence.NEUTRAL: "·"}
PROMINENCE_SYMBOL = {Prominence.MAIN: "▮▮▮", Prominence.SECONDARY: "▮▮", Prominence.PASSING: "▮"}

# Not allowed in XML, or invisible: a reader should see that something stood there.
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
# Embeddings, overrides and isolates can turn round what follows them on the line.
_TURNS_TEXT = re.compile("[\u202a-\u202e\u2066-\u2069]")


def printable(text: str) -> str:
    """Words that can stand in a page or a Word file; what cannot is replaced by a visible mark.

    >>> printable("a\\x07b")
    'a\ufffdb'
    >>> printable("pay \\u202e001")
    'pay ⟨U+202E⟩001'
    """
    text = _UNPRINTABLE.sub("\ufffd", text)
    return _TURNS_TEXT.sub(lambda found: f"⟨U+{ord(found.group()):04X}⟩", text)


def share(part: int, whole: int) -> str:
    """A share with its numbers.

    >>> share(12, 20), share(0, 0)
    ('12 of 20 (60 %)', '0 of 0')
    """
    return f"{part} of {whole} ({percent(part / whole)})" if whole else f"{part} of {whole}"


def percent(value: float | None) -> str:
    """A share from 0 to 1 as whole per cent, or a dash.

    >>> percent(0.604), percent(None)
    ('60 %', '–')
    """
    return "–" if value is None else f"{value * 100:.0f} %"


def decimals(value: float | None) -> str:
    """Two decimals with a real minus sign, or a dash.

    >>> decimals(0.6187), decimals(-0.2), decimals(-0.001), decimals(None)
    ('0.62', '−0.20', '0.00', '–')
    """
    if value is None:
        return "–"
    written = f"{value:.2f}"
    return written.lstrip("-") if float(written) == 0 else written.replace("-", "−")


def interval(low: float | None, high: float | None) -> str:
    """An interval in brackets, empty where there is none."""
    return "" if low is None or high is None else f"({decimals(low)} to {decimals(high)})"


def counted(number: int, one: str, many: str | None = None) -> str:
    """A number with its noun.

    >>> counted(1, "source"), counted(2, "source"), counted(2, "coding", "codings")
    ('1 source', '2 sources', '2 codings')
    """
    return f"{number} {one if number == 1 else many or one + 's'}"


def listed(words: list[str]) -> str:
    """Words in a row, the last with "and".

    >>> listed(["a", "b", "c"])
    'a, b and c'
    """
    return words[0] if len(words) == 1 else ", ".join(words[:-1]) + " and " + words[-1] if words else ""
