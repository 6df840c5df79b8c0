"""Values of the services as the report takes them: sources, codebook, coding, coder agreement, speakers."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from uuid import UUID

from codebook.agreement import Agreement
from codebook.hierarchy import ancestors, children, descendants
from codebook.models import Codebook, Coding
from corpus.models import Source
from store.codebooks import StoredCodebook
from store.documents import StoredDocument
from store.plans import Plan
from store.rounds import Round
from triangulation.models import Excerpt
from triangulation.people import PeopleOfSource, people_in_words
from triangulation.protocol import Protocol
from triangulation.report import (
    CodeAgreement,
    CodebookSummary,
    CodedPassage,
    CoderAgreement,
    CodeSummary,
    CodingCounts,
    Counted,
    LevelSummary,
    PlacedOtherwise,
    RollupSummary,
    SourceSummary,
)
from workbench.services.agreement import CoderAgreement as Measured
from workbench.services.rollups import GroupedFinding
from workbench.services.settling import Settling


def source_summaries(
    listed: Sequence[Source],
    documents: Sequence[StoredDocument],
    codings: Iterable[Coding],
    protocol: Protocol,
    people: Mapping[str, PeopleOfSource],
) -> list[SourceSummary]:
    """The sources with what documents and participants tell and what the protocol says of them."""
    coders: dict[UUID, set[str]] = defaultdict(set)
    for coding in codings:
        coders[coding.document_id].add(coding.coder)
    said = {source.label: source.detail for source in protocol.sources}
    guides: dict[str, list[str]] = defaultdict(list)
    for guide in protocol.guides:
        guides[guide.source].append(guide.title)
    summaries = []
    for source in listed:
        held = [document for document in documents if document.source_id == source.id]
        here = sorted(set().union(*(coders[document.id] for document in held)))
        detail = said[source.label]
        summaries.append(
            SourceSummary(
                source.label,
                source.kind,
                len(held),
                detail.period or period_of([document.date for document in held]),
                tuple(dict.fromkeys((*here, *detail.coded))),
                detail.participants,
                detail.collected,
                detail.steered,
                detail.weight,
                detail.scale or "",
                detail.note,
                tuple(guides[source.label]),
                people_in_words(people[source.label]) if source.label in people else "",
            )
        )
    return summaries


def period_of(dates: Iterable[dt.date | None]) -> str:
    """From the first month to the last; empty where no date is known.

    >>> period_of([dt.date(2023, 2, 7), None, dt.date(2023, 4, 18)])
    '2023-02 to 2023-04'
    >>> period_of([dt.date(2023, 2, 7)])
    '2023-02'
    """
    months = sorted({f"{date:%Y-%m}" for date in dates if date is not None})
    if not months:
        return ""
    return months[0] if len(months) == 1 else f"{months[0]} to {months[-1]}"


def level_summaries(book: Codebook) -> list[LevelSummary]:
    """The levels with their themes, in reading order."""
    return [
        LevelSummary(
            level.key,
            level.name(),
            # A level without themes, as in the Chronic Care Model, is its own theme.
            {theme.key: theme.name() for theme in descendants(book, level.key) or (level,)},
        )
        for level in children(book, None)
    ]


def rollup_summary(
    name: str, codings: Mapping[str | None, int], grouped: Sequence[GroupedFinding]
) -> RollupSummary:
    """A roll-up: how many codings and findings stand in each group, and what was placed otherwise."""
    findings = Counter(one.group for one in grouped)
    return RollupSummary(
        name,
        {
            group or _NO_GROUP: (number, findings[group])
            for group, number in codings.items()
            if group is not None or number or findings[group]
        },
        tuple(
            PlacedOtherwise(
                one.finding.source,
                one.finding.row.theme,
                one.finding.statement,
                one.group or _NO_GROUP,
                one.usual or _NO_GROUP,
                one.reason,
            )
            for one in grouped
            if one.group != one.usual
        ),
    )


_NO_GROUP = "in no group"


def codebook_summary(
    stored: StoredCodebook, codings: Iterable[Coding], grouped: tuple[RollupSummary, ...]
) -> CodebookSummary:
    """The codebook with how often each code was given."""
    book = stored.codebook
    levels = children(book, None)
    times = Counter(coding.code for coding in codings)
    codes = tuple(
        CodeSummary(
            code.key,
            code.name(),
            code.said("definition", "en"),
            len(ancestors(book, code.key)),
            times[code.key],
        )
        for code in book.codes
    )
    return CodebookSummary(
        book.name, book.version, len(levels), len(book.codes) - len(levels), codes, book.rules, grouped
    )


def coding_counts(codings: Sequence[Coding], round_: Round | None) -> CodingCounts:
    """How much was coded, and how many documents by several apart."""
    coders = tuple(sorted({coding.coder for coding in codings}))
    apart = 0 if round_ is None or not round_.blind else len(round_.documents)
    return CodingCounts(len(codings), len({coding.document_id for coding in codings}), coders, apart)


def coded_passages(codings: Iterable[Coding], documents: Iterable[StoredDocument]) -> list[CodedPassage]:
    """The codings with the words and the source they stand in."""
    listed = {document.id: document for document in documents}
    return [
        CodedPassage(
            coding.code,
            listed[coding.document_id].source,
            Excerpt(
                coding.document_id,
                listed[coding.document_id].title,
                coding.start_char,
                coding.end_char,
                coding.quote,
                coding.id,
            ),
            coding.valence,
            coding.coder,
        )
        for coding in codings
    ]


def coder_sentences(
    plan: Plan | None, measured: Measured | None, settling: Settling
) -> tuple[list[str], dict[str, float]]:
    """What was promised, what came of it, and what became of the disagreements; with every number in it."""
    n = Counted()
    return list(_coder_sentences(plan, measured, settling, n)), n.counts


def _coder_sentences(
    plan: Plan | None, measured: Measured | None, settling: Settling, n: Counted
) -> Iterator[str]:
    if measured is None:
        yield (
            "The study took a reflexive approach: coders talked about their differences, and no coefficient "
            "was computed."
        )
    else:
        yield _promised(plan, n)
        if plan is not None and plan.level == "level":
            yield _pooled(measured.pooled_levels, "levels", n)
        else:
            yield _pooled(measured.pooled, "themes", n)
    unresolved = sum(place.state == "unresolved" for place in settling.places)
    settled = settling.decided - unresolved
    yield (
        f"Coders differ at {n('disagreements', settling.number, 'place')}, and code "
        f"{n('coded alike', len(settling.agreed), 'passage')} alike. "
        f"{n('settled', settled, 'place was', 'places were')} settled in talk, "
        f"{n.figure('left unresolved', unresolved)} stay unresolved, "
        f"{n.figure('not talked about', settling.number - settling.decided)} were not talked about. Settling "
        "changes no figure here."
    )


def _promised(plan: Plan | None, n: Counted) -> str:
    if plan is None:
        return "No plan of the coding says where reliability was promised."
    wanted = "without a figure"
    if plan.wanted is not None:
        wanted = f"with a lower end of alpha of {n.figure('wanted', plan.wanted, 3)}"
    where = {"level": "levels", "theme": "themes"}[plan.level]
    return f"The plan of {plan.at[:10]} promised reliability for {where}, {wanted}."


def _pooled(answer: Agreement, what: str, n: Counted) -> str:
    if answer.value is None:
        return f"There is no alpha over all {what}: {answer.reason}."
    alpha = n.figure("alpha", answer.value, 3)
    if answer.low is None or answer.high is None:
        return (
            f"Krippendorff's alpha over all {what} is {alpha}, without an interval: {answer.interval_reason}."
        )
    low, high = n.figure("alpha low", answer.low, 3), n.figure("alpha high", answer.high, 3)
    percent = n.figure("interval percent", 95)
    return (
        f"Krippendorff's alpha over all {what} is {alpha}, {percent} % interval {low} to {high} "
        f"({answer.interval})."
    )


_UNITS = {"section": "section (paragraph or speaker turn)"}


def agreement_summary(found: Measured) -> CoderAgreement:
    """Coder agreement code by code."""
    return CoderAgreement(
        _UNITS.get(found.unit, found.unit),
        found.n_units,
        found.n_documents,
        found.coders,
        tuple(
            CodeAgreement(
                entry.code.key,
                entry.measures.n,
                entry.measures.prevalence,
                entry.measures.percent,
                entry.measures.positive_agreement,
                entry.measures.alpha,
                entry.measures.alpha_low,
                entry.measures.alpha_high,
                entry.measures.ac1,
                entry.measures.reasons,
            )
            for entry in found.codes
        ),
    )


def speakers_of(
    excerpts: Iterable[Excerpt],
    documents: Iterable[StoredDocument],
    turns: Mapping[UUID, Sequence[tuple[int, int, str]]],
    names: Mapping[tuple[UUID, str], str],
) -> dict[tuple[UUID | None, int | None, int | None], str]:
    """Who speaks at the place of each quote, where a turn names somebody: the participant, else the label.

    Parameters
    ----------
    turns : mapping
        Version → start, end and speaker of its turns, in order.
    names : mapping
        Document and label → name of who speaks under it.
    """
    version_of = {document.id: document.version_id for document in documents}
    found: dict[tuple[UUID | None, int | None, int | None], str] = {}
    for excerpt in excerpts:
        if excerpt.document_id is None or excerpt.start_char is None:
            continue
        here = turns.get(version_of.get(excerpt.document_id, excerpt.document_id), ())
        before = bisect_right(here, excerpt.start_char, key=lambda turn: turn[0])
        if before and excerpt.start_char < here[before - 1][1]:
            label = here[before - 1][2]
            name = names.get((excerpt.document_id, label), label)
            found[excerpt.document_id, excerpt.start_char, excerpt.end_char] = name
    return found
