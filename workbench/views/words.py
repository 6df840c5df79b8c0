"""Words on a page: texts of people that Markdown must not read, times as people read them, refusals."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from functools import wraps
from typing import Any
from zoneinfo import ZoneInfo

import streamlit as st
from babel.dates import format_date

from corpus.errors import UserFacingError
from triangulation.report.wording import decimals, percent
from workbench.messages import BETWEEN_THOUSANDS, say, spoken
from workbench.reasons import retold

# What can begin Markdown anywhere, then what can at the beginning. Nothing more: Streamlit has the labels of
# its widgets read aloud as they are written, backslashes and all.
_MARKUP = re.compile(r"[\\`*_\[\]$~|]|:(?=\S)|<(?=[\w/!?])|&(?=#?\w)|^[#+\-=>]|^\d+[.)](?=\s)")
_EMOJI_NAME = re.compile(r":(?=[\w+\-/]+:)")


def plain(text: str) -> str:
    """A text in which Markdown finds nothing to interpret: titles, names, labels, reasons.

    >>> plain("*Round* [1] (2.5 - 3)")
    '\\\\*Round\\\\* \\\\[1\\\\] (2.5 - 3)'
    """
    # Names between colons become pictures even where the colons are escaped; a word joiner stops that.
    words = _EMOJI_NAME.sub(":\u2060", " ".join(text.split()))
    return _MARKUP.sub(lambda found: f"{found[0][:-1]}\\{found[0][-1]}", words)


def tell(text: str, *, width: int = 640) -> None:
    """Plain sentences in the size of the interface, no wider than one likes to read."""
    st.markdown(f":small[{plain(text)}]", width=width)


def local_time(at: dt.datetime) -> str:
    """A moment on the clock of whoever looks at the page: "05 Mar 2026 14:02"."""
    zone = st.context.timezone
    here = at.astimezone(ZoneInfo(zone) if zone else None)
    return f"{day(here)} {here:%H:%M}"


def day(date: dt.date) -> str:
    """A day with its month in the language of the interface.

    >>> day(dt.date(2026, 3, 5))
    '05 Mar 2026'
    """
    return format_date(date, "dd MMM yyyy", locale=spoken())


def counted(n: int) -> str:
    """A count whose thousands stand apart, as the language of the interface writes it.

    >>> counted(12345)
    '12,345'
    """
    return f"{n:,}".replace(",", BETWEEN_THOUSANDS[spoken()])


def share(part: int, whole: int) -> str:
    """A share with its numbers, in the language of the interface.

    >>> share(12, 20), share(0, 0)
    ('12 of 20 (60 %)', '0 of 0')
    """
    if not whole:
        return say("{part} of {whole}", part=part, whole=whole)
    return say("{part} of {whole} ({share})", part=part, whole=whole, share=percent(part / whole))


def interval(low: float | None, high: float | None) -> str:
    """An interval in brackets, empty where there is none.

    >>> interval(0.5, 0.75), interval(None, None)
    ('(0.50 to 0.75)', '')
    """
    if low is None or high is None:
        return ""
    return say("({low} to {high})", low=decimals(low), high=decimals(high))


def dialog(title: str, **options: Any) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """``st.dialog`` whose title is said in the language of whoever opens it."""

    def decorate(draw: Callable[..., None]) -> Callable[..., None]:
        @wraps(draw)
        def opened(*arguments: Any, **named: Any) -> None:
            st.dialog(say(title), **options)(draw)(*arguments, **named)

        return opened

    return decorate


def do(act: Callable[[], object]) -> None:
    """Call a service and draw the page anew, or say why it refused."""
    try:
        act()
    except UserFacingError as error:
        st.error(plain(retold(error)))
        return
    st.rerun()
