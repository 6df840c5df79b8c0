"""Where a source speaks of a row: sites, groups and periods, and how far two sources share them.

Lists come from the findings, as researchers wrote them, and from the documents that their quotes stand
in, with the persons and sites that those are linked to. Whether coverage is the same stays a judgement;
the overlap is what it can be looked at with.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from codebook.columns import DocumentFacts, PersonFacts
from triangulation.models import Finding, Row
from triangulation.sorting import sort_findings

#: Attributes of documents that name a site or a group, in the languages of the app.
SITE_ATTRIBUTES = (
    *("site", "sites", "location", "place", "region", "practice", "municipality"),
    *("plaats", "locatie", "regio", "praktijk", "gemeente"),
    *("lieu", "localité", "région", "cabinet", "commune"),
)
GROUP_ATTRIBUTES = (
    *("group", "groups", "discipline", "profession", "role", "arm"),
    *("groep", "beroep", "functie", "rol"),
    *("groupe", "métier", "rôle"),
)


@dataclass(frozen=True)
class Coverage:
    """Where a source speaks of a row. An empty list: nobody wrote any, and no document tells."""

    sites: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    periods: tuple[str, ...] = ()


@dataclass(frozen=True)
class Overlap:
    """What two lists share. ``jaccard`` is None, with the reason, where a list is empty.

    An empty list is missing knowledge; it is not a source that speaks of no site.
    """

    shared: tuple[str, ...]
    only_a: tuple[str, ...]
    only_b: tuple[str, ...]
    jaccard: float | None
    reason: str = ""


def coverage_of_rows(
    findings: Iterable[Finding],
    rows: Sequence[Row],
    sources: Sequence[str],
    documents: Iterable[DocumentFacts] = (),
    people: Mapping[str, PersonFacts] | None = None,
) -> dict[tuple[Row, str], Coverage]:
    """Sites, groups and periods in which each row occurs, per source.

    Parameters
    ----------
    documents : iterable of DocumentFacts
        Those that quotes may stand in: their attributes and dates add to what the findings list. A date
        counts as its month.
    people : mapping, optional
        Persons and sites by the names under which documents are linked to them: a site counts by its
        name, and both by what is said of them.

    Returns
    -------
    dict
        (row, source) → coverage, for all of them.

    Examples
    --------
    >>> from uuid import uuid4
    >>> row = Row("ECO-FUND")
    >>> seen = Finding(uuid4(), "Minutes", row, "No money", sites=("Aalst",), periods=("2007",))
    >>> coverage_of_rows([seen], [row], ["Minutes"])[row, "Minutes"]
    Coverage(sites=('Aalst',), groups=(), periods=('2007',))
    """
    known = {document.id: _with_cases(document, people or {}) for document in documents}
    placed = sort_findings(findings, rows=tuple(rows)).placed
    return {
        (row, source): _coverage(placed.get((row, source), ()), known) for row in rows for source in sources
    }


@dataclass(frozen=True)
class _Stood:
    """A document that quotes stand in: its date, and names of attributes with their values."""

    date: dt.date | None
    said: tuple[tuple[str, str], ...]


def _with_cases(document: DocumentFacts, people: Mapping[str, PersonFacts]) -> _Stood:
    linked = [people[name] for name in document.cases if name in people]
    sites = [("site", case.name) for case in linked if case.kind == "site"]
    said = [pair for case in linked for pair in case.said.items() if pair[0] != "name"]
    return _Stood(document.date, (*document.attributes.items(), *sites, *said))


def overlap(a: Iterable[str], b: Iterable[str]) -> Overlap:
    """What two lists share, and the Jaccard index :math:`|A ∩ B| / |A ∪ B|`, from 0 to 1.

    Spelling in capitals or not, and blanks, make no difference.

    Examples
    --------
    >>> overlap(["Aalst", "Ninove"], ["aalst", "Ronse"])
    Overlap(shared=('Aalst',), only_a=('Ninove',), only_b=('Ronse',), jaccard=0.3333333333333333, reason='')
    >>> overlap([], ["Ronse"]).reason
    'nothing is listed for the first source'
    """
    in_a, in_b = _by_spelling(a), _by_spelling(b)
    shared = tuple(in_a[name] for name in in_a if name in in_b)
    only_a = tuple(in_a[name] for name in in_a if name not in in_b)
    only_b = tuple(in_b[name] for name in in_b if name not in in_a)
    if not in_a or not in_b:
        missing = [word for word, names in (("first", in_a), ("second", in_b)) if not names]
        which = "either source" if len(missing) == 2 else f"the {missing[0]} source"
        return Overlap(shared, only_a, only_b, None, f"nothing is listed for {which}")
    return Overlap(shared, only_a, only_b, len(shared) / len({*in_a, *in_b}))


def overlap_of_periods(a: Iterable[str], b: Iterable[str]) -> Overlap:
    """As `overlap`; where one source has years and the other months, months are read as years.

    >>> overlap_of_periods(["2007"], ["2007-03", "2008-01"]).jaccard
    0.5
    """
    listed_a, listed_b = tuple(a), tuple(b)
    if any(_YEAR.fullmatch(period) for period in (*listed_a, *listed_b)):
        listed_a, listed_b = (tuple(map(_in_years, listed)) for listed in (listed_a, listed_b))
    return overlap(listed_a, listed_b)


_YEAR = re.compile(r"\d{4}")
_MONTH = re.compile(r"(\d{4})-\d{2}")


def _in_years(period: str) -> str:
    month = _MONTH.fullmatch(period)
    return month[1] if month else period


def _coverage(findings: Iterable[Finding], known: Mapping[UUID, _Stood]) -> Coverage:
    found = tuple(findings)
    ids = dict.fromkeys(e.document_id for finding in found for e in finding.excerpts if e.document_id)
    stood_in = [known[document] for document in ids if document in known]
    dates = [document.date for document in stood_in if document.date is not None]
    return Coverage(
        _listed([*(s for f in found for s in f.sites), *_attributes(stood_in, SITE_ATTRIBUTES)]),
        _listed([*(g for f in found for g in f.groups), *_attributes(stood_in, GROUP_ATTRIBUTES)]),
        _listed([*(p for f in found for p in f.periods), *(f"{date:%Y-%m}" for date in dates)]),
    )


def _attributes(documents: Iterable[_Stood], names: Collection[str]) -> list[str]:
    return [
        value
        for document in documents
        for name, value in document.said
        if name.casefold() in names and value.strip()
    ]


def _listed(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(_by_spelling(names).values(), key=str.casefold))


def _by_spelling(names: Iterable[str]) -> dict[str, str]:
    """Names by what they are compared by; the first spelling is the one shown."""
    found: dict[str, str] = {}
    for name in names:
        written = " ".join(name.split())
        if written:
            found.setdefault(written.casefold(), written)
    return found
