"""The triangulation report: gathered from what one person may see, and written as HTML or Word."""

from __future__ import annotations

import datetime as dt
import re
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from sqlalchemy import Connection, Engine

from codebook.agreement import Agreement
from codebook.hierarchy import ancestors, children, descendants
from codebook.models import Codebook, Coding
from corpus.errors import UserFacingError
from corpus.models import Source
from store import rounds as kept_rounds
from store.codebooks import StoredCodebook, current_codebook
from store.documents import StoredDocument
from store.engine import reading
from store.plans import Plan
from store.rounds import Round
from store.studies import Member, studies
from store.visibility import blind_documents
from triangulation.models import Excerpt
from triangulation.report import (
    NO_ROUND,
    CodeAgreement,
    CodebookSummary,
    CodedPassage,
    CoderAgreement,
    CodeSummary,
    CodingCounts,
    LevelSummary,
    PlacedOtherwise,
    RollupSummary,
    SourceSummary,
    TriangulationReport,
    build_report,
    render_docx,
    render_html,
)
from workbench.services import rollups
from workbench.services.agreement import CoderAgreement as Measured
from workbench.services.agreement import agreement_of_round
from workbench.services.codebooks import codes_known
from workbench.services.coding import codings_of
from workbench.services.documents import list_documents, list_sources
from workbench.services.plans import plan_of
from workbench.services.settling import list_disagreements
from workbench.services.triangulation import triangulate

#: The forms that a report can be written in.
FORMATS = ("html", "docx")


@dataclass(frozen=True)
class ReportWritten:
    """Where the report stands, and the headings of its parts."""

    path: Path
    sections: list[str]


def write_report(engine: Engine, actor: Member, path: Path, *, format: str) -> ReportWritten:
    """Write the report as one HTML file, or as a Word file to go on writing in.

    Parameters
    ----------
    format : {"html", "docx"}

    Raises
    ------
    UserFacingError
        If the format is neither, or the folder of the path is not there.
    """
    if format not in FORMATS:
        raise UserFacingError(f"A report cannot be written as '{format}'. There are: {', '.join(FORMATS)}.")
    if not path.parent.is_dir():
        raise UserFacingError(f"There is no folder {path.parent}. Make it, or choose another place.")
    report = report_for(engine, actor)
    if format == "docx":
        render_docx(report, path)
        return ReportWritten(path, _headings_in_word(path))
    render_html(report, path)
    return ReportWritten(path, _headings_in_page(path))


def report_page(engine: Engine, actor: Member) -> str:
    """The report as the text of an HTML page, to look at."""
    return report_bytes(engine, actor, format="html").decode("utf-8")


def report_bytes(engine: Engine, actor: Member, *, format: str) -> bytes:
    """The report as the content of a file, to hand over."""
    with tempfile.TemporaryDirectory() as folder:
        written = write_report(engine, actor, Path(folder) / f"report.{format}", format=format)
        return written.path.read_bytes()


def report_for(engine: Engine, actor: Member) -> TriangulationReport:
    """What the report says, of what a person may see: under an open blind round only their own codings."""
    with reading(engine) as connection:
        study = next(study for study in studies(connection) if study.id == actor.study_id)
        book = current_codebook(connection, actor.study_id)
        round_ = _last_revealed(connection, actor)
        is_partial = bool(blind_documents(connection, actor))
    documents = list_documents(engine, actor)
    codings = codings_of(engine, actor)
    found = triangulate(engine, actor)
    plan = plan_of(engine, actor)
    is_measured = round_ is not None and (plan is None or not plan.is_reflexive)
    measured = _measured(engine, actor, round_.name, plan) if round_ is not None and is_measured else None
    return build_report(
        study=study.name,
        date=dt.datetime.now(dt.UTC).date(),
        sources=_sources(list_sources(engine, actor), documents, codings),
        matrix=found.matrix,
        findings=found.findings,
        existences=found.existences,
        levels=[] if book is None else _levels(codes_known(engine, actor)),
        codebook=None if book is None else _codebook(book, codings, _rollups(engine, actor, book)),
        coding=_coding_counts(codings, round_) if codings else None,
        codings=_passages(codings, documents),
        agreement=None if measured is None else _agreement(measured),
        coder_notes=[NO_ROUND] if round_ is None else [*_coder_notes(engine, actor, round_, measured, plan)],
        notice=_PARTIAL if is_partial else "",
    )


_PARTIAL = (
    "A blind round is open: this report counts only what its reader may see until the reveal. It is not the "
    "report of the study."
)


def _last_revealed(connection: Connection, actor: Member) -> Round | None:
    revealed = [found for found in kept_rounds.rounds(connection, actor.study_id) if found.revealed]
    return revealed[-1] if revealed else None


def _sources(
    sources: Sequence[Source], documents: Sequence[StoredDocument], codings: Iterable[Coding]
) -> list[SourceSummary]:
    coders: dict[UUID, set[str]] = defaultdict(set)
    for coding in codings:
        coders[coding.document_id].add(coding.coder)
    summaries = []
    for source in sources:
        held = [document for document in documents if document.source_id == source.id]
        people = set().union(*(coders[document.id] for document in held))
        summaries.append(
            SourceSummary(
                source.label,
                source.kind,
                len(held),
                period_of([document.date for document in held]),
                tuple(sorted(people)),
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


def _levels(book: Codebook) -> list[LevelSummary]:
    return [
        LevelSummary(
            level.key,
            level.name(),
            # A level without themes, as in the Chronic Care Model, is its own theme.
            {theme.key: theme.name() for theme in descendants(book, level.key) or (level,)},
        )
        for level in children(book, None)
    ]


def _rollups(engine: Engine, actor: Member, stored: StoredCodebook) -> tuple[RollupSummary, ...]:
    return tuple(_rollup(engine, actor, stored, name) for name in stored.codebook.rollups)


def _rollup(engine: Engine, actor: Member, stored: StoredCodebook, name: str) -> RollupSummary:
    codings = rollups.rolled_up(engine, actor, name, codebook_id=stored.id)
    grouped = rollups.findings_in_groups(engine, actor, name, codebook_id=stored.id)
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


def _codebook(
    stored: StoredCodebook, codings: Iterable[Coding], grouped: tuple[RollupSummary, ...]
) -> CodebookSummary:
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


def _coding_counts(codings: Sequence[Coding], round_: Round | None) -> CodingCounts:
    coders = tuple(sorted({coding.coder for coding in codings}))
    apart = 0 if round_ is None or not round_.blind else len(round_.documents)
    return CodingCounts(len(codings), len({coding.document_id for coding in codings}), coders, apart)


def _passages(codings: Iterable[Coding], documents: Iterable[StoredDocument]) -> list[CodedPassage]:
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


def _measured(engine: Engine, actor: Member, round_name: str, plan: Plan | None) -> Measured:
    return agreement_of_round(engine, actor, round_name, unit="section" if plan is None else plan.unit)


def _coder_notes(
    engine: Engine, actor: Member, found: Round, measured: Measured | None, plan: Plan | None
) -> Iterator[str]:
    """What was promised, what came of it, and what became of the disagreements."""
    if measured is None:
        yield (
            "The study took a reflexive approach: coders talked about their differences, and no coefficient "
            "was computed."
        )
    else:
        yield _promised(plan)
        if plan is not None and plan.level == "level":
            yield _pooled(measured.pooled_levels, "levels")
        else:
            yield _pooled(measured.pooled, "themes")
    settling = list_disagreements(engine, actor, found.name)
    unresolved = sum(place.state == "unresolved" for place in settling.places)
    yield (
        f"Coders differ at {settling.number} places, and code {len(settling.agreed)} passages alike. "
        f"{settling.decided - unresolved} places were settled in talk, {unresolved} stay unresolved, "
        f"{settling.number - settling.decided} were not talked about. Settling changes no figure here."
    )


def _promised(plan: Plan | None) -> str:
    if plan is None:
        return "No plan of the coding says where reliability was promised."
    wanted = "without a figure" if plan.wanted is None else f"with a lower end of alpha of {plan.wanted:.3f}"
    where = {"level": "levels", "theme": "themes"}[plan.level]
    return f"The plan of {plan.at[:10]} promised reliability for {where}, {wanted}."


def _pooled(answer: Agreement, what: str) -> str:
    if answer.value is None:
        return f"There is no alpha over all {what}: {answer.reason}."
    if answer.low is None or answer.high is None:
        return (
            f"Krippendorff's alpha over all {what} is {answer.value:.3f}, without an interval: "
            f"{answer.interval_reason}."
        )
    return (
        f"Krippendorff's alpha over all {what} is {answer.value:.3f}, 95 % interval {answer.low:.3f} to "
        f"{answer.high:.3f} ({answer.interval})."
    )


_UNITS = {"section": "section (paragraph or speaker turn)"}


def _agreement(found: Measured) -> CoderAgreement:
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


def _headings_in_page(path: Path) -> list[str]:
    return re.findall(r"<h2[^>]*>([^<]+)</h2>", path.read_text(encoding="utf-8"))


def _headings_in_word(path: Path) -> list[str]:
    import docx

    paragraphs = docx.Document(str(path)).paragraphs
    return [p.text for p in paragraphs if p.style is not None and p.style.name == "Heading 1"]
