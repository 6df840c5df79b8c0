"""Limitations that the data imply: sentences about what is stored, each with its count.

They say what a reviewer would ask. What the team itself holds for a limitation belongs in the discussion.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from corpus.models import SourceKind
from triangulation.dependence import limitations as of_roles
from triangulation.protocol import COMMENTARY
from triangulation.report.blocks import Block, Bullets, Line, Section, joined, line, note, said
from triangulation.report.content import TriangulationReport
from triangulation.report.material import SourceSummary
from triangulation.report.numbers import Counted
from triangulation.report.sections.assessment import cards_of

#: Sources of fewer documents than this are called small, where a document is a person or a group.
FEW_DOCUMENTS = 6

#: Coefficients on fewer units than this are said to rest on few.
FEW_UNITS = 30

_SPOKEN = (SourceKind.INTERVIEW, SourceKind.FOCUS_GROUP)
_ASKED = (*_SPOKEN, SourceKind.SURVEY)


def limitations(report: TriangulationReport) -> Section:
    """Everything that the stored data limit, in the order of the work."""
    n = Counted()
    sentences = [sentence for find in _FOUND for sentence in find(report, n)]
    blocks: tuple[Block, ...] = (
        (
            note("Derived from what is stored; the team's own view of its limits belongs in the discussion."),
            Bullets(tuple(sentences)),
        )
        if sentences
        else (note("Nothing that is stored implies a limitation; that does not mean that there is none."),)
    )
    return Section("limitations", "Limitations that the data imply", blocks, n.counts)


# -- data sources ----------------------------------------------------------------------------------


def _kinds(report: TriangulationReport, n: Counted) -> Iterator[Line]:
    minutes = _of_kind(report, SourceKind.MEETING_REPORT)
    if minutes:
        yield line(
            f"{n('minutes', len(minutes), 'source consists', 'sources consist')} of minutes (",
            _labels(minutes),
            "): minutes are not speech, and what is not minuted may have been said.",
        )
    comments = [source for source in report.sources if source.weight == COMMENTARY]
    if comments:
        yield line(
            f"{n('commentary', len(comments), 'source is', 'sources are')} commentary, not data (",
            _labels(comments),
            ").",
        )
    small = [source for source in _of_kind(report, *_SPOKEN) if 0 < source.documents < FEW_DOCUMENTS]
    if small:
        yield line(
            f"{n('small', len(small), 'source holds', 'sources hold')} fewer than "
            f"{n('few documents', FEW_DOCUMENTS, 'document')} (",
            _labels(small),
            "): what is not said there may be a matter of who was asked.",
        )
    no_period = [source for source in report.sources if source.documents and not source.period]
    if no_period:
        yield line(
            f"Of {n('no period', len(no_period), 'source')} the period is not recorded (",
            _labels(no_period),
            ").",
        )


def _retrospective(report: TriangulationReport, n: Counted) -> Iterator[Line]:
    protocol, chronicle = report.around.protocol, report.around.chronicle
    if protocol is None or chronicle is None or not chronicle.events:
        return
    last = max(event.ends or event.begins for event in chronicle.events).isoformat()
    late = [
        source
        for source in protocol.sources
        if source.kind in _ASKED and source.dates and source.dates[0] > last
    ]
    if late:
        yield line(
            f"{n('retrospective', len(late), 'source was', 'sources were')} collected after the last event "
            "of the programme (",
            joined([said(source.label) for source in late]),
            "): people look back.",
        )


def _dependence(report: TriangulationReport, n: Counted) -> Iterator[Line]:
    protocol = report.around.protocol
    dependent = protocol.dependences if protocol is not None else ()
    if dependent:
        yield line(
            f"{n('dependent', len(dependent), 'pair of sources is', 'pairs of sources are')} not independent."
        )
    yield from (line(said(sentence)) for sentence in of_roles(report.around.people, dependent))


# -- coding ------------------------------------------------------------------------------------------


def _coding(report: TriangulationReport, n: Counted) -> Iterator[Line]:
    alone = [source for source in report.sources if len(source.coded_by) == 1]
    if alone:
        yield line(
            f"{n('single coded', len(alone), 'source was', 'sources were')} coded by one person alone (",
            _labels(alone),
            ").",
        )
    nobody = [source for source in report.sources if source.documents and not source.coded_by]
    if nobody and report.coding is not None:
        yield line(
            f"{n('not coded', len(nobody), 'source', 'sources')} with documents "
            f"{'is' if len(nobody) == 1 else 'are'} not coded (",
            _labels(nobody),
            ").",
        )
    if report.coding is not None and report.coding.double_coded < report.coding.documents:
        share = n.share("double coded", report.coding.double_coded, report.coding.documents)
        yield line(f"Of the coded documents, {share} were coded by several people apart.")
    if report.around.blind_rounds:
        rounds = n("blind rounds", report.around.blind_rounds, "blind round is", "blind rounds are")
        yield line(f"{rounds} still open: the coding is not finished.")


# -- protocol and judging ------------------------------------------------------------------------------


def _protocol(report: TriangulationReport, n: Counted) -> Iterator[Line]:
    protocol = report.around.protocol
    if protocol is None or not report.researchers:
        return
    if protocol.fixed is None:
        yield line("The protocol was not fixed, so that rule and plan could be chosen after the results.")
    elif protocol.fixed_before_judging is False:
        yield line("The protocol was fixed after judging had begun.")
    late = sum(change.after_fixing for change in report.around.protocol_changes)
    if late:
        yield line(f"The protocol was changed {n('late changes', late, 'time')} after it was fixed.")
    if not protocol.page.settling:
        yield line("No plan for settling differences was written beforehand.")


def _judging(report: TriangulationReport, n: Counted) -> Iterator[Line]:
    counts = report.assessment.by_researcher.values()
    if len(report.researchers) == 1:
        yield line(f"{n('judges', 1, 'researcher')} judged alone: no other look was taken at the comparison.")
    unclear = sum(view.undetermined for view in counts)
    if unclear:
        cells = sum(view.cells for view in counts)
        not_judged = sum(view.not_judged for view in counts)
        yield line(
            f"{n.share('undetermined', unclear, cells)} cells are undetermined, "
            f"{n.figure('not judged', not_judged)} of them not judged; they stand in no coefficient."
        )
    both = report.comparison.both_speak
    if len(report.researchers) > 1 and both.n < FEW_UNITS:
        yield line(
            f"Researcher agreement on codes rests on {n('units', both.n, 'unit')}, fewer than "
            f"{n.figure('few units', FEW_UNITS)}: read the counts, not the coefficient."
        )


def _evidence(report: TriangulationReport, n: Counted) -> Iterator[Line]:
    of_one = [row for row in report.rows if sum(bool(one.findings) for one in row.sources) == 1]
    if of_one:
        share = n.share("single source", len(of_one), len(report.rows))
        yield line(f"{share} statements have findings in one source alone.")
    bare = report.methods.counts.get("findings without a quote", 0)
    if bare:
        yield line(f"{n('without quote', int(bare), 'finding rests', 'findings rest')} on no quote.")


def _silence(report: TriangulationReport, n: Counted) -> Iterator[Line]:
    silent = report.assessment.silent_sources
    unsaid = [one for one in silent if not one.kinds]
    if unsaid:
        yield line(
            f"Of {n.share('silences', len(unsaid), len(silent))} silences nobody said of which kind they "
            "are: not asked and not raised are then not told apart."
        )
    places = len(report.around.opportunities)
    if report.around.opportunities_by_kind:
        share = n.share("by kind", report.around.opportunities_by_kind, places)
        yield line(
            f"Whether a source could speak on a row rests on the kind of source alone at {share} places "
            "of the opportunity map."
        )
    if report.rows and not places:
        yield line("Whether each source could speak on each row is not mapped.")


# -- what was made of it ---------------------------------------------------------------------------------


def _assessed(report: TriangulationReport, n: Counted) -> Iterator[Line]:
    lacking = sum(card.is_lacking for card in cards_of(report))
    if lacking:
        yield line(
            f"{n('work-ups lacking', lacking, 'row', 'rows')} with a dissonance or an unexpected silence "
            f"{'lacks' if lacking == 1 else 'lack'} a complete work-up."
        )
    differing = len(report.comparison.differences)
    settled = sum(one.outcome is not None for one in report.around.resolutions)
    unresolved = len(report.around.resolutions) - settled
    if differing > settled:
        yield line(
            f"Researchers differ at {n('differing', differing, 'place')}; "
            f"{n.figure('settled', settled)} are settled, {n.figure('unresolved', unresolved)} stay "
            "unresolved after talk."
        )
    minority = sum(bool(one.minority) for one in report.around.resolutions)
    if minority:
        yield line(
            f"{n('minority', minority, 'minority view is', 'minority views are')} kept beside the outcome."
        )


def _feedback(report: TriangulationReport, n: Counted) -> Iterator[Line]:
    if not report.around.feedback:
        if report.rows and report.researchers:
            yield line("Nobody outside the team was asked what they think of the results.")
        return
    invited = sum(len(group.register.invited) for group in report.around.feedback)
    silent = sum(len(group.register.non_responders) for group in report.around.feedback)
    if silent:
        yield line(f"{n.share('non-responders', silent, invited)} invited to give feedback did not answer.")
    open_ = sum(len(group.register.without_consequence) for group in report.around.feedback)
    if open_:
        yield line(
            f"Of {n('without consequence', open_, 'answer')} it is not written what changed because of it."
        )


_FOUND: tuple[Callable[[TriangulationReport, Counted], Iterable[Line]], ...] = (
    _kinds,
    _retrospective,
    _dependence,
    _coding,
    _protocol,
    _evidence,
    _judging,
    _silence,
    _assessed,
    _feedback,
)


def _of_kind(report: TriangulationReport, *kinds: str) -> list[SourceSummary]:
    return [source for source in report.sources if source.kind in kinds]


def _labels(sources: Iterable[SourceSummary]) -> Line:
    return joined([said(source.label) for source in sources])
