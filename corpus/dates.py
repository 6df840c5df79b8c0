"""The day a document is about, where its file name or its first lines say so."""

from __future__ import annotations

import datetime as dt
import re

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january januari janvier jan",
            "february februari février fevrier feb",
            "march maart mars mar mrt",
            "april avril apr",
            "may mei mai",
            "june juni juin jun",
            "july juli juillet jul",
            "august augustus août aout aug",
            "september septembre sept sep",
            "october oktober octobre oct okt",
            "november novembre nov",
            "december décembre decembre dec déc",
        ),
        start=1,
    )
    for name in names.split()
}
_MONTH = r"(?P<month>" + "|".join(sorted(_MONTHS, key=len, reverse=True)) + r")\.?"
_YEAR = r"(?P<year>(?:19|20)\d\d)"
_IN_FIGURES = (
    re.compile(rf"(?<!\d){_YEAR}(?P<mark>[-_./])(?P<month>\d\d?)(?P=mark)(?P<day>\d\d?)(?!\d)"),
    # Day before month, as Belgium, the Netherlands and Britain write it.
    re.compile(rf"(?<!\d)(?P<day>\d\d?)(?P<mark>[-_./])(?P<month>\d\d?)(?P=mark){_YEAR}(?!\d)"),
)
_RUN_TOGETHER = re.compile(rf"(?<!\d){_YEAR}(?P<month>\d\d)(?P<day>\d\d)(?!\d)")
_IN_WORDS = (
    re.compile(rf"(?<!\d)(?P<day>\d\d?)(?:st|nd|rd|th|er|e)?\s+(?:of\s+)?{_MONTH},?\s+{_YEAR}(?!\d)", re.I),
    re.compile(rf"\b{_MONTH}\s+(?P<day>\d\d?)(?:st|nd|rd|th)?,?\s+{_YEAR}(?!\d)", re.I),
)
_FIRST_LINES = 8
# A longer line is running text; a date in it may be about anything.
_LONGEST_HEAD_LINE = 200


def date_in_name(name: str) -> dt.date | None:
    """Read the date from a file name; None where there is none.

    Examples
    --------
    >>> date_in_name("14-01-2019 stuurgroep.docx")
    datetime.date(2019, 1, 14)
    >>> date_in_name("GP3.txt") is None
    True
    """
    return _first_date(name, (*_IN_FIGURES, _RUN_TOGETHER, *_IN_WORDS))


def date_in_first_lines(text: str) -> dt.date | None:
    """Read the date from the head of a text, in figures or in English, Dutch or French words.

    Only the first eight lines that hold something are looked at, and of those only lines of at
    most 200 characters. Figures are read day, month, year unless the year comes first.

    Examples
    --------
    >>> date_in_first_lines("Verslag stuurgroep\\nAalst, 12 maart 2019\\n")
    datetime.date(2019, 3, 12)
    """
    start = 0
    for _ in range(_FIRST_LINES):
        while start < len(text) and text[start].isspace():
            start += 1
        end = text.find("\n", start)
        end = len(text) if end < 0 else end
        if end - start <= _LONGEST_HEAD_LINE:
            date = _first_date(text[start:end], (*_IN_FIGURES, *_IN_WORDS))
            if date is not None:
                return date
        start = end
    return None


def _first_date(text: str, patterns: tuple[re.Pattern[str], ...]) -> dt.date | None:
    found = [
        (match.start(), date)
        for pattern in patterns
        for match in pattern.finditer(text)
        if (date := _date(match["year"], match["month"], match["day"])) is not None
    ]
    return min(found)[1] if found else None


def _date(year: str, month: str, day: str) -> dt.date | None:
    number = int(month) if month.isdigit() else _MONTHS[month.lower()]
    try:
        return dt.date(int(year), number, int(day))
    except ValueError:  # such as 31 February: figures that are no date
        return None
