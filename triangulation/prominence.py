"""How much weight a source gives a theme or a row, as counts with their denominators.

Codings stand under themes, quotes of findings under rows, and the two are never added. The counts are
evidence beside a researcher's own rating of main, secondary or passing; the rating is what is compared.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID, uuid4

import numpy as np

from codebook.columns import NONE, Choice, Columns, Numbers, Texts, make_columns, members, only
from codebook.crosstab import Cell, Period, Side, crosstab, grouping, period_of
from codebook.voices import name_of_voice, voice_of_codings, voices_of
from triangulation.models import Finding, Row
from triangulation.people import is_asker
from triangulation.sorting import sort_findings

_NO_DOCUMENT = "no document of this source is in the study"
_NOT_CODED = "no document of this source is coded yet"
_NO_CODING = "no passage of this source is coded"
_NO_QUOTE = "no finding of this source rests on a quote in a document"
_NO_DATE = "no document of this source has a date"
_NO_PARTICIPANT = "nobody is known to speak in these passages"


@dataclass(frozen=True)
class Count:
    """``n`` of ``of``. Both None: it cannot be counted, and ``reason`` says why; 0 was looked for."""

    n: int | None
    of: int | None
    reason: str = ""

    @property
    def share(self) -> float | None:
        """``n`` over ``of``, from 0 to 1; None where there is nothing to divide by."""
        return None if self.n is None or not self.of else self.n / self.of


@dataclass(frozen=True)
class ProminenceEvidence:
    """What is counted of a theme, or of a row's own quotes, in one source.

    Attributes
    ----------
    documents : Count
        Documents in which it occurs, of those in which it could: the documents of the source that
        somebody has coded, finished or quoted. ``not_read`` is the number of the others.
    participants : Count
        Participants, each once in however many documents and under however many labels, without those
        who ask, by their label or role. A label that nobody was assigned to counts once a document, and
        a document in which nobody is named as the person that it is linked to, or as one
        (`codebook.voices`). A focus group is one source with several participants.
    segments : Count
        Passages under it, of all passages of the source under any theme (or row). The same passage
        coded by several people, or under several themes of a level, counts once.
    characters : Count
        Characters under it, each once, of those of the documents read: the share of text.
    most_from_one : Count
        Passages of the participant who has most, of those whose participant is known.
    periods, periods_of : tuple of str
        Months in which it occurs, and all months of the documents read; years where these lie more
        than two years apart. Documents without a date are left out and counted in ``undated``.
    by : tuple of str
        Who coded it, or wrote the findings; the team's findings bear no name.
    labels : int
        How many of ``participants.of`` are labels that nobody was assigned to: one person in several
        documents may be several of them.
    """

    documents: Count
    participants: Count
    segments: Count
    characters: Count
    most_from_one: Count
    periods: tuple[str, ...] = ()
    periods_of: tuple[str, ...] = ()
    no_periods: str = ""
    undated: int = 0
    not_read: int = 0
    by: tuple[str, ...] = ()
    labels: int = 0


@dataclass(frozen=True)
class ParticipantCount:
    """The passages of one participant; ``speaker`` None: nobody is known to speak in the document."""

    documents: tuple[str, ...]
    speaker: str | None
    segments: int
    characters: int


def documents_read(
    columns: Columns, findings: Iterable[Finding] = (), *, finished: Collection[UUID] = ()
) -> Choice:
    """The documents in which a theme could occur: somebody has coded, finished or quoted them.

    Where nobody has looked, nothing is known of a theme; that is not the same as its absence.

    Parameters
    ----------
    finished : collection of UUID
        Documents that somebody read to the end, with codings or without.

    Returns
    -------
    bool array, shape (n_documents,)
    """
    read = np.bincount(columns.document, minlength=len(columns.texts.documents)) > 0
    looked_at = {*finished, *(e.document_id for finding in findings for e in finding.excerpts)}
    return read | np.array([d.id in looked_at for d in columns.texts.documents], dtype=np.bool_)


def prominence_of_themes(
    columns: Columns,
    themes: Sequence[str],
    sources: Sequence[str],
    *,
    read: Choice | None = None,
    families: Mapping[str, Iterable[str]] | None = None,
) -> dict[tuple[str, str], ProminenceEvidence]:
    """The codings under each theme in each source.

    Parameters
    ----------
    columns : Columns
        All codings that may be counted.
    sources : sequence of str
        One without a document gets None with the reason in place of counts.
    read : bool array, shape (n_documents,), optional
        Documents in which a theme could occur (see `documents_read`); by default those with a coding.
    families : mapping, optional
        Theme to itself and all below it.

    Returns
    -------
    dict
        (theme, source) → evidence, for all of them.

    Examples
    --------
    Two documents, both coded, one with the theme:

    >>> from uuid import uuid4
    >>> from codebook.columns import as_columns
    >>> from codebook.models import Coding
    >>> from corpus.models import Document, Source
    >>> gps = Source(uuid4(), "GPs", "interview")
    >>> one, two = (Document(uuid4(), gps.id, f"GP {n}", "No time at all.", (), "") for n in (1, 2))
    >>> codings = [Coding(uuid4(), d.id, "An", code, 0, 7, "") for d, code in ((one, "TIME"), (two, "PAY"))]
    >>> seen = prominence_of_themes(as_columns(codings, [one, two], [gps]), ["TIME"], ["GPs", "Survey"])
    >>> seen["TIME", "GPs"].documents, seen["TIME", "GPs"].characters.n
    (Count(n=1, of=2, reason=''), 7)
    >>> seen["TIME", "Survey"].documents.reason
    'no document of this source is in the study'
    """
    read = documents_read(columns) if read is None else read
    return _evidence(_without_askers(columns), themes, sources, read, families or {}, _NO_CODING)


def prominence_of_rows(
    columns: Columns,
    findings: Iterable[Finding],
    rows: Sequence[Row],
    sources: Sequence[str],
    *,
    read: Choice | None = None,
) -> dict[tuple[Row, str], ProminenceEvidence]:
    """The quotes under each row's own findings in each source; arguments as in `prominence_of_themes`.

    A quote of two findings of a row counts once. Words that stand in no document are not counted.
    Quotes of other rows than those asked for are in the denominators.
    """
    findings = tuple(findings)
    read = documents_read(columns, findings) if read is None else read
    names = {row: str(number) for number, row in enumerate(rows)}
    quotes = _quotes(columns.texts, findings, names)
    found = _evidence(_without_askers(quotes), list(names.values()), sources, read, {}, _NO_QUOTE)
    return {(row, source): found[name, source] for row, name in names.items() for source in sources}


def participants_with(
    columns: Columns, theme: str, source: str, *, families: Mapping[str, Iterable[str]] | None = None
) -> tuple[ParticipantCount, ...]:
    """The passages of a theme by participant, the most first: shows when one person speaks for all.

    Passages whose participant is not known are left out.
    """
    spoken = _without_askers(_once(columns))
    of_source = np.array([d.source == source for d in spoken.texts.documents], dtype=np.bool_)
    kept = members(spoken, families or {}, [theme]) & of_source[spoken.document]
    voices, voice = voices_of(spoken.texts), voice_of_codings(spoken)
    kept &= voice != NONE
    each = _first_of(_passages(spoken), kept)
    counts: dict[int, list[int]] = {}
    documents: dict[int, dict[str, None]] = {}
    names: dict[int, str | None] = {}
    covered: dict[int, int] = {}  # text → the furthest character counted yet; codings stand in order
    places = (column[each].tolist() for column in (voice, spoken.text, spoken.start, spoken.end))
    for number, text, start, end in zip(*places, strict=True):
        who = int(voices.participant[number])
        count = counts.setdefault(who, [0, 0])
        count[0] += 1
        count[1] += max(end - max(start, covered.get(text, 0)), 0)
        covered[text] = max(end, covered.get(text, 0))
        names[who] = name_of_voice(spoken.texts, number)
        documents.setdefault(who, {})[spoken.texts.documents[voices.document[number]].title] = None
    listed = [ParticipantCount(tuple(documents[who]), names[who], *count) for who, count in counts.items()]
    return tuple(sorted(listed, key=lambda one: (-one.segments, one.documents, one.speaker or "")))


def _evidence(
    columns: Columns,
    keys: Sequence[str],
    sources: Sequence[str],
    read: Choice,
    families: Mapping[str, Iterable[str]],
    none_there: str,
) -> dict[tuple[str, str], ProminenceEvidence]:
    everybody = only(columns, documents=read)
    once = _once(everybody)
    groups = grouping(once, Side.SOURCE)
    at = {label: number for number, label in enumerate(groups.labels)}
    # A passage under two themes of a level is one passage of that level, so passages are counted here.
    others = (Cell.DOCUMENTS, Cell.PARTICIPANTS, Cell.TEXT)
    tables = {kind: crosstab(once, groups, rows=keys, cell=kind, families=families) for kind in others}
    counted = {kind: (table.counts.tolist(), table.denominators.tolist()) for kind, table in tables.items()}
    calendars = {source: _calendar(columns.texts, read, source) for source in sources}
    n_documents = {s: sum(d.source == s for d in columns.texts.documents) for s in sources}
    labels = {source: _labels_alone(once.texts, read, source) for source in sources}
    participant = _participant(once)
    passage = _passages(once)
    any_theme = _first_of(passage, np.ones(len(once), dtype=np.bool_))
    of_source = np.bincount(groups.of_coding[any_theme], minlength=len(groups.labels)).tolist()
    found: dict[tuple[str, str], ProminenceEvidence] = {}
    for number, key in enumerate(keys):
        here = members(once, families, [key])
        with_it = np.zeros(len(read), dtype=np.bool_)
        with_it[once.document[here]] = True
        each = _first_of(passage, here)
        segments = np.bincount(groups.of_coding[each], minlength=len(groups.labels)).tolist()
        most = _most_from_one(groups.of_coding[each], participant[each], len(groups.labels))
        by = _coders(everybody, members(everybody, families, [key]))
        for source in sources:
            if source not in at:
                found[key, source] = _not_countable(n_documents[source])
                continue
            column, calendar = at[source], calendars[source]
            counts = {
                kind: _counted(rows[number][column], of[column], none_there)
                for kind, (rows, of) in counted.items()
            }
            found[key, source] = ProminenceEvidence(
                counts[Cell.DOCUMENTS],
                counts[Cell.PARTICIPANTS],
                _counted(segments[column], of_source[column], none_there),
                counts[Cell.TEXT],
                most[column],
                calendar.where(with_it),
                calendar.all,
                "" if calendar.all else _NO_DATE,
                calendar.undated,
                n_documents[source] - counted[Cell.DOCUMENTS][1][column],
                by.get(source, ()),
                labels[source],
            )
    return found


def _counted(n: int, of: int, none_there: str) -> Count:
    return Count(n, of) if of else Count(None, None, none_there)


def _not_countable(n_documents: int) -> ProminenceEvidence:
    """Of a source with no document that somebody has read."""
    reason = _NOT_CODED if n_documents else _NO_DOCUMENT
    nothing = Count(None, None, reason)
    return ProminenceEvidence(*(nothing,) * 5, no_periods=reason, not_read=n_documents)


@dataclass(frozen=True)
class _Calendar:
    """The documents of a source with the period of each."""

    periods: tuple[tuple[int, str], ...]  # (document, period)
    undated: int

    @property
    def all(self) -> tuple[str, ...]:
        return tuple(sorted({period for _, period in self.periods}))

    def where(self, with_it: Choice) -> tuple[str, ...]:
        return tuple(sorted({period for document, period in self.periods if with_it[document]}))


_TWO_YEARS = dt.timedelta(days=731)


def _calendar(texts: Texts, read: Choice, source: str) -> _Calendar:
    dates = [
        (number, document.date)
        for number, document in enumerate(texts.documents)
        if document.source == source and read[number]
    ]
    known = [date for _, date in dates if date is not None]
    apart = max(known) - min(known) if known else dt.timedelta()
    period: Period = "year" if apart > _TWO_YEARS else "month"
    return _Calendar(
        tuple((number, period_of(date, period)) for number, date in dates if date is not None),
        len(dates) - len(known),
    )


def _most_from_one(source: Numbers, participant: Numbers, n_sources: int) -> list[Count]:
    known = participant != NONE
    width = int(participant.max(initial=0)) + 1
    pairs, segments = np.unique(source[known] * width + participant[known], return_counts=True)
    counts = [Count(None, None, _NO_PARTICIPANT)] * n_sources
    of = np.bincount(source[known], minlength=n_sources).tolist()
    for pair, number in zip(pairs.tolist(), segments.tolist(), strict=True):
        column = pair // width
        counts[column] = Count(max(counts[column].n or 0, number), of[column])
    return counts


def _coders(columns: Columns, here: Choice) -> dict[str, tuple[str, ...]]:
    n = max(len(columns.coders), 1)
    pairs = np.unique(columns.document[here] * n + columns.coder[here]).tolist()
    named = sorted({(columns.texts.documents[p // n].source, columns.coders[p % n]) for p in pairs})
    by: dict[str, tuple[str, ...]] = {}
    for source, coder in named:
        if coder:
            by[source] = (*by.get(source, ()), coder)
    return by


def _once(columns: Columns) -> Columns:
    """Each passage once under each code, whoever coded it."""
    order = np.lexsort((columns.code, columns.end, columns.start, columns.text))
    each = np.stack([columns.text, columns.start, columns.end, columns.code])[:, order]
    kept = np.zeros(len(columns), dtype=np.bool_)
    kept[order] = np.append(True, (each[:, 1:] != each[:, :-1]).any(axis=0))[: len(columns)]
    return only(columns, codings=kept)


def _passages(columns: Columns) -> Numbers:
    """Shape (n,): a number for the words that each coding is of."""
    places = np.stack([columns.text, columns.start, columns.end])
    return np.asarray(np.unique(places, axis=1, return_inverse=True)[1], dtype=np.int64).reshape(-1)


def _first_of(passage: Numbers, kept: Choice) -> Numbers:
    """The first coding of every passage among those kept, in order of the passages."""
    return np.flatnonzero(kept)[np.unique(passage[kept], return_index=True)[1]]


def _without_askers(columns: Columns) -> Columns:
    texts = columns.texts
    asks = np.array([is_asker(texts, name) for name in texts.speakers] + [False], dtype=np.bool_)
    section_speaker = np.where(asks[texts.section_speaker], NONE, texts.section_speaker)
    speaker = np.where(asks[columns.speaker], NONE, columns.speaker)
    return replace(columns, texts=replace(texts, section_speaker=section_speaker), speaker=speaker)


def _participant(columns: Columns) -> Numbers:
    """Shape (n,): a number for the participant that each coding is of; else `NONE`."""
    voice = voice_of_codings(columns)
    return np.append(voices_of(columns.texts).participant, NONE)[voice]


def _labels_alone(texts: Texts, read: Choice, source: str) -> int:
    """How many labels of the documents read in a source nobody was assigned to."""
    voices = voices_of(texts)
    here = np.array([d.source == source for d in texts.documents], dtype=np.bool_) & read
    return int((here[voices.document] & (voices.speaker != NONE) & ~voices.is_assigned).sum())


def _quotes(texts: Texts, findings: Sequence[Finding], names: Mapping[Row, str]) -> Columns:
    """The quotes of findings as columns, each under the name of its row."""
    newest = {texts.documents[d].id: text for text, d in enumerate(texts.document_of_text.tolist())}
    source_of = {document.id: document.source for document in texts.documents}
    rows: list[tuple[Any, ...]] = []
    for (row, source), placed in sort_findings(findings, rows=tuple(names)).placed.items():
        name = names.get(row, f"{row.theme} {row.statement}")  # of another row: it is in the denominators
        for finding in placed:
            for excerpt in finding.excerpts:
                document = excerpt.document_id
                if document is None or excerpt.start_char is None or source_of.get(document) != source:
                    continue
                place = (newest[document], excerpt.start_char, excerpt.end_char)
                rows.append((*place, name, finding.researcher or "", None, uuid4()))
    return make_columns(texts, rows)
