"""The triangulation report: gathered from what one person may see, and written in four forms."""

from __future__ import annotations

import datetime as dt
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, Engine

from codebook.models import Coding
from corpus.errors import UserFacingError
from store import rounds as kept_rounds
from store.codebooks import StoredCodebook, current_codebook
from store.documents import StoredDocument
from store.engine import one_state, reading
from store.events import app_version, head_of
from store.participants import speaker_names
from store.plans import Plan
from store.protocols import changes_of
from store.rounds import Round
from store.speakers import turns_of
from store.studies import Member, studies
from store.visibility import blind_documents, hidden_entities, may_read_results
from triangulation.dependence import role_overlap
from triangulation.opportunity import Origin
from triangulation.people import people_of_sources
from triangulation.report import (
    NO_ROUND,
    Around,
    Audit,
    Drawn,
    FeedbackGroup,
    ItemAnswer,
    MovedRow,
    RollupSummary,
    TriangulationReport,
    build_report,
    drawn,
    html_of,
    render_docx,
    render_html,
    render_markdown,
    render_xlsx,
)
from triangulation.workups import cards_for
from workbench.services import rollups
from workbench.services.agreement import CoderAgreement as Measured
from workbench.services.agreement import agreement_of_round
from workbench.services.assessment import global_judgements, notes_on_sources, work_ups
from workbench.services.chronicle import chronicle_of
from workbench.services.codebooks import codes_known
from workbench.services.coding import codings_of
from workbench.services.documents import list_documents, list_sources
from workbench.services.feedback import feedback_of, groups_of
from workbench.services.plans import plan_of
from workbench.services.relations import relations_of
from workbench.services.report_material import (
    agreement_summary,
    codebook_summary,
    coded_passages,
    coder_sentences,
    coding_counts,
    level_summaries,
    rollup_summary,
    source_summaries,
    speakers_of,
)
from workbench.services.report_texts import read_written
from workbench.services.robustness import robustness_of
from workbench.services.settling import list_disagreements
from workbench.services.snapshot import snapshot_of
from workbench.services.sorting import sorting_of
from workbench.services.threads import threads_of
from workbench.services.triangulation import Triangulation, triangulate

_WRITERS: Mapping[str, Callable[[Drawn, Path], None]] = {
    "html": render_html,
    "docx": render_docx,
    "xlsx": render_xlsx,
    "md": render_markdown,
}

#: The forms that a report can be written in.
FORMATS = tuple(_WRITERS)


@dataclass(frozen=True)
class ReportWritten:
    """Where the report stands, and the headings of its parts."""

    path: Path
    sections: list[str]


def write_report(engine: Engine, actor: Member, path: Path, *, format: str) -> ReportWritten:
    """Write the report as a page, a Word file to go on writing in, a workbook, or Markdown.

    Parameters
    ----------
    format : {"html", "docx", "xlsx", "md"}

    Raises
    ------
    UserFacingError
        If the format is none of these, or the folder of the path is not there.
    """
    _check_format(format)
    if not path.parent.is_dir():
        raise UserFacingError(f"There is no folder {path.parent}. Make it, or choose another place.")
    return write_drawn(drawn(report_for(engine, actor)), path, format=format)


def write_drawn(report: Drawn, path: Path, *, format: str) -> ReportWritten:
    """Write a report that was read already: read once, it can be written in every form."""
    _check_format(format)
    _WRITERS[format](report, path)
    return ReportWritten(path, [section.title for section in report.sections])


def report_page(engine: Engine, actor: Member) -> str:
    """The report as the text of an HTML page, to look at."""
    return html_of(drawn(report_for(engine, actor)))


def report_bytes(engine: Engine, actor: Member, *, format: str) -> bytes:
    """The report as the content of a file, to hand over."""
    _check_format(format)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"report.{format}"
        return write_report(engine, actor, path, format=format).path.read_bytes()


def page_of(report: TriangulationReport) -> str:
    """A report that was read already, as the text of an HTML page."""
    return html_of(drawn(report))


def _check_format(format: str) -> None:
    if format not in FORMATS:
        raise UserFacingError(f"A report cannot be written as '{format}'. There are: {', '.join(FORMATS)}.")


def report_for(engine: Engine, actor: Member) -> TriangulationReport:
    """What the report says, of what a person may see: under an open blind round only their own codings.

    All of it is of one state of the study, whatever others write meanwhile.
    """
    with one_state(engine):
        return _report_for(engine, actor)


def _report_for(engine: Engine, actor: Member) -> TriangulationReport:
    with reading(engine) as connection:
        study = next(study for study in studies(connection) if study.id == actor.study_id)
        book = current_codebook(connection, actor.study_id)
        round_ = _last_revealed(connection, actor)
        is_partial = bool(blind_documents(connection, actor))
    documents = list_documents(engine, actor)
    codings = codings_of(engine, actor)
    found = triangulate(engine, actor)
    plan = plan_of(engine, actor)
    measured = _measured(engine, actor, round_, plan)
    notes, counts = _coder_notes(engine, actor, round_, measured, plan)
    people = people_of_sources(snapshot_of(engine, actor).columns.texts)
    return build_report(
        study=study.name,
        date=dt.datetime.now(dt.UTC).date(),
        sources=source_summaries(list_sources(engine, actor), documents, codings, found.protocol, people),
        matrix=found.matrix,
        findings=found.findings,
        existences=found.existences,
        levels=[] if book is None else level_summaries(codes_known(engine, actor)),
        codebook=None if book is None else codebook_summary(book, codings, _rollups(engine, actor, book)),
        coding=coding_counts(codings, round_) if codings else None,
        codings=coded_passages(codings, documents),
        agreement=None if measured is None else agreement_summary(measured),
        coder_notes=notes,
        coder_counts=counts,
        notice=_PARTIAL if is_partial else "",
        around=_around(engine, actor, found, codings, documents),
        completeness=found.completeness,
        comparison=found.researchers,
    )


_PARTIAL = (
    "A blind round is open: this report counts only what its reader may see until the reveal. It is not the "
    "report of the study."
)


def _around(
    engine: Engine,
    actor: Member,
    found: Triangulation,
    codings: Sequence[Coding],
    documents: Sequence[StoredDocument],
) -> Around:
    """The other steps of the protocol and what people wrote, each as far as the person may read it."""
    quotes = [excerpt for finding in found.findings for excerpt in finding.excerpts]
    quotes += [passage.excerpt for passage in coded_passages(codings, documents)]
    with reading(engine) as connection:
        changes = changes_of(connection, actor)
        written = read_written(connection, actor)
        turns = turns_of(connection, [document.version_id for document in documents])
        names = speaker_names(connection, actor.study_id)
        results = may_read_results(connection, actor)
        audit = _audit(connection, actor)
        blind = sum(one.blind and not one.revealed for one in kept_rounds.rounds(connection, actor.study_id))
    sorted_ = sorting_of(engine, actor)
    judges = dict.fromkeys((*found.protocol.page.judges, *found.matrix.researchers))
    return Around(
        protocol=found.protocol,
        protocol_changes=tuple(reversed(changes)),
        people=role_overlap(found.protocol.sources, judges),
        moves=tuple(MovedRow(one.kind, one.row, one.into) for one in sorted_.moves),
        alignment=sorted_.alignment,
        opportunities={place: chance.state.value for place, chance in found.opportunities.items()},
        opportunities_by_kind=sum(one.origin is Origin.KIND for one in found.opportunities.values()),
        ratings=found.ratings,
        importances=found.importances,
        resolutions=found.resolutions,
        team=found.team,
        global_judgements=global_judgements(engine, actor),
        source_notes=notes_on_sources(engine, actor),
        cards=cards_for(found.needs_work_up, work_ups(engine, actor)),
        feedback=_feedback(engine, actor) if results else (),
        relations=tuple(relations_of(engine, actor)),
        threads=tuple(threads_of(engine, actor)),
        chronicle=chronicle_of(engine, actor),
        robustness=robustness_of(engine, actor, found=found),
        texts={part: text.text for part, text in written.texts.items()},
        answers={
            standard: {item: ItemAnswer(text, "the team") for item, text in given.items()}
            for standard, given in written.answers.items()
        },
        speakers=speakers_of(quotes, documents, turns, names),
        audit=audit,
        blind_rounds=blind,
    )


def _audit(connection: Connection, actor: Member) -> Audit:
    """The head of the log. While something is hidden it would count that, so it is left out then."""
    head = head_of(connection, actor.study_id)
    is_closed = bool(blind_documents(connection, actor) or hidden_entities(connection, actor))
    if head is None or is_closed:
        return Audit(app_version())
    return Audit(app_version(), *head)


def _feedback(engine: Engine, actor: Member) -> tuple[FeedbackGroup, ...]:
    asked = [feedback_of(engine, actor, group.name) for group in groups_of(engine, actor)]
    return tuple(
        FeedbackGroup(one.group.name, one.register, tuple(packet.at[:10] for packet in one.packets))
        for one in asked
    )


def _last_revealed(connection: Connection, actor: Member) -> Round | None:
    revealed = [found for found in kept_rounds.rounds(connection, actor.study_id) if found.revealed]
    return revealed[-1] if revealed else None


def _rollups(engine: Engine, actor: Member, stored: StoredCodebook) -> tuple[RollupSummary, ...]:
    return tuple(
        rollup_summary(
            name,
            rollups.rolled_up(engine, actor, name, codebook_id=stored.id),
            rollups.findings_in_groups(engine, actor, name, codebook_id=stored.id),
        )
        for name in stored.codebook.rollups
    )


def _measured(engine: Engine, actor: Member, found: Round | None, plan: Plan | None) -> Measured | None:
    """Coder agreement of the last round that was revealed; none where the plan is reflexive."""
    if found is None or (plan is not None and plan.is_reflexive):
        return None
    return agreement_of_round(engine, actor, found.name, unit="section" if plan is None else plan.unit)


def _coder_notes(
    engine: Engine, actor: Member, found: Round | None, measured: Measured | None, plan: Plan | None
) -> tuple[list[str], dict[str, float]]:
    if found is None:
        return [NO_ROUND], {}
    return coder_sentences(plan, measured, list_disagreements(engine, actor, found.name))
