"""Everything that services tell a person, called one after the other, to see what a person can know.

Every public function of `workbench.services` that takes the database stands in one of three tables:
it tells a person something (`READERS`), it acts (`ACTS`), or it knows no person (`WITHOUT_PERSON`).
"""

from __future__ import annotations

import inspect
import pkgutil
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, fields, is_dataclass, replace
from importlib import import_module
from pathlib import Path
from uuid import UUID

import docx
import openpyxl
from sqlalchemy import Engine

import workbench.services
from codebook.crosstab import Cell, Side
from codebook.retrieval import Question, Scope
from corpus.errors import UserFacingError
from store.documents import StoredDocument
from store.plans import Plan
from store.studies import Member, Study
from triangulation.models import Row
from workbench.services import (
    agreement,
    agreement_files,
    agreement_spans,
    appraisals,
    approvals,
    asking,
    assessment,
    chronicle,
    code_matrix,
    codebook_tree,
    codebook_versions,
    codebooks,
    coding,
    consensus_layer,
    cooccurrence,
    decisions,
    documents,
    feedback,
    finding_origins,
    findings,
    framework_cells,
    framework_files,
    framework_rows,
    frameworks,
    import_jobs,
    judging,
    keeping,
    leaving,
    meetings,
    memos,
    merging,
    opportunities,
    overview,
    packages,
    participants,
    plans,
    previewing,
    progress,
    prominence,
    proposals,
    protocol,
    protocol_steps,
    pseudonymising,
    ratings,
    recoding,
    relations,
    report_texts,
    reporting,
    resolutions,
    retrieval,
    robustness,
    rollups,
    rounds,
    searching,
    settling,
    settling_minutes,
    snapshot,
    sorting,
    studies,
    suggestions,
    threads,
    timeline,
    triangulation,
    versions,
    vocabulary,
    withdrawing,
)
from workbench.services.coding import CodingScreen
from workbench.services.leaving import Outgoing
from workbench.services.pseudonym_keys import Key
from workbench.services.uploads import Upload


@dataclass(frozen=True)
class Look:
    """A person who looks at a study with these documents and this round; files go into ``folder``."""

    engine: Engine
    viewer: Member
    study: Study
    documents: tuple[StoredDocument, ...]
    round_name: str
    folder: Path

    @property
    def asked(self) -> tuple[Engine, Member]:
        return self.engine, self.viewer

    @property
    def file(self) -> Path:
        return self.folder / "told"

    def each_document(self, tell: Callable[..., object]) -> list[object]:
        return [tell(*self.asked, document.id) for document in self.documents]


def _shown_screen(engine: Engine, actor: Member, document_id: UUID) -> CodingScreen:
    """All of the screen but the event number that the page hands back to the service: no page shows it."""
    return replace(coding.coding_screen(engine, actor, document_id), as_of=0)


def _written(look: Look, write: Callable[..., object], *more: object) -> tuple[object, str]:
    told = write(*look.asked, look.file, *more)
    return told, look.file.read_text(encoding="utf-8-sig")


def _written_of_round(look: Look, write: Callable[..., object]) -> tuple[object, str]:
    told = write(*look.asked, look.file, round_name=look.round_name)
    return told, look.file.read_text(encoding="utf-8-sig")


def _written_minutes(look: Look) -> tuple[object, str]:
    told = settling_minutes.write_minutes(*look.asked, look.file, format="md", round_name=look.round_name)
    return told, look.file.read_text(encoding="utf-8")


def _word_report(look: Look) -> tuple[object, list[str]]:
    told = reporting.write_report(*look.asked, look.file, format="docx")
    report = docx.Document(str(look.file))
    cells = [cell.text for table in report.tables for row in table.rows for cell in row.cells]
    return told.sections, [paragraph.text for paragraph in report.paragraphs] + cells


def _cells(look: Look) -> object:
    """Every framework with the drafts of its cells and the passages that they could rest on."""
    told = []
    for line in frameworks.frameworks_of(*look.asked):
        matrix = framework_cells.framework_matrix(*look.asked, line.name)
        places = [(row.key, column.code_id) for row in matrix.rows for column in matrix.columns]
        told.append(
            (
                matrix,
                [framework_cells.drafts_of(*look.asked, line.name, *place) for place in places],
                [framework_cells.passages_for(*look.asked, line.name, *place) for place in places],
            )
        )
    return told


def _triangulated(look: Look) -> object:
    """What is kept, and what is computed when it is asked for."""
    found = triangulation.triangulate(*look.asked)
    follows = ("assessment", "completeness", "researchers", "sets", "needs_work_up", "differences")
    return found, [getattr(found, name) for name in follows]


def _workbooks(look: Look) -> object:
    return [_written_workbook(look, line.name) for line in frameworks.frameworks_of(*look.asked)]


def _written_workbook(look: Look, name: str) -> object:
    path = look.folder / "told.xlsx"
    framework_files.write_framework(*look.asked, name, path, format="xlsx")
    book = openpyxl.load_workbook(path)
    return [list(sheet.values) for sheet in book.worksheets]


def _codebook_of_round(look: Look) -> object:
    found = rounds.find_round(*look.asked, look.round_name)
    return agreement.codebook_of_round(look.engine, look.viewer, found)


def _appendix(look: Look) -> object:
    found = agreement.agreement_of_round(*look.asked, look.round_name)
    return agreement_files.appendix(*look.asked, found, "html")


def _written_appendix(look: Look) -> object:
    path = agreement_files.write_appendix(*look.asked, look.round_name, look.folder / "appendix.xlsx")
    return [list(sheet.values) for sheet in openpyxl.load_workbook(path).worksheets]


def _feedback(look: Look) -> object:
    """All that is told of every group of stakeholders."""
    groups = [group.name for group in feedback.groups_of(*look.asked)]
    tellers = (
        feedback.feedback_of,
        feedback.packet_bytes,
        feedback.packet_of,
        feedback.packet_page,
        feedback.packet_form,
    )
    return [[tell(*look.asked, group) for tell in tellers] for group in groups]


def _quotes_for(look: Look) -> object:
    rows = triangulation.triangulate(*look.asked).matrix.rows
    return [relations.quotes_for(*look.asked, [row]) for row in rows]


NEAR_EACH_OTHER = cooccurrence.TogetherWish("themes", 500, fewest=1)


def _withdrawal(look: Look) -> object:
    """What withdrawing would take away; which files hold the texts is no matter of the study."""
    told = [
        withdrawing.preview_withdrawal(*look.asked, document=str(document.id)) for document in look.documents
    ]
    return [replace(each, backups=()) for each in told]


def _each_version(look: Look) -> object:
    return [
        versions.text_of_version(*look.asked, document.id, version.id)
        for document in look.documents
        for version in versions.versions_of(*look.asked, document.id)
    ]


#: What tells a person something about a study.
READERS: Mapping[str, Callable[[Look], object]] = {
    "appraisals.appraisal_of": lambda look: look.each_document(appraisals.appraisal_of),
    "appraisals.appraisals_file": lambda look: appraisals.appraisals_file(*look.asked),
    "appraisals.appraisals_of": lambda look: appraisals.appraisals_of(*look.asked),
    "appraisals.export_appraisals": lambda look: _written(look, appraisals.export_appraisals),
    "approvals.approval_of": lambda look: look.each_document(approvals.approval_of),
    "approvals.approvals_of": lambda look: approvals.approvals_of(*look.asked),
    "versions.parts_of": lambda look: look.each_document(versions.parts_of),
    "versions.document_as_of": lambda look: [
        versions.document_as_of(*look.asked, document.id, document.version_id) for document in look.documents
    ],
    "versions.place_now": lambda look: [
        versions.place_now(*look.asked, document.id, document.version_id, 3) for document in look.documents
    ],
    "versions.proposed_places": lambda look: [
        versions.proposed_places(*look.asked, line.coding.id)
        for line in versions.unplaced_of(*look.asked)
        if line.mine
    ],
    "versions.preview_correction": lambda look: [
        versions.preview_correction(*look.asked, document.id, "Another text.") for document in look.documents
    ],
    "versions.speakers_of": lambda look: look.each_document(versions.speakers_of),
    "versions.text_of_version": _each_version,
    "versions.unplaced_of": lambda look: versions.unplaced_of(*look.asked),
    "versions.versions_of": lambda look: look.each_document(versions.versions_of),
    "withdrawing.preview_withdrawal": _withdrawal,
    "withdrawing.withdrawals_of": lambda look: withdrawing.withdrawals_of(*look.asked),
    "agreement.agreement_of_round": lambda look: agreement.agreement_of_round(*look.asked, look.round_name),
    "agreement.codebook_of_round": _codebook_of_round,
    "agreement.compared_in": lambda look: agreement.compared_in(*look.asked, look.round_name),
    "agreement.over_rounds": lambda look: agreement.over_rounds(*look.asked),
    "agreement_files.appendix": _appendix,
    "agreement_files.write_appendix": _written_appendix,
    "agreement_spans.passages_of_round": lambda look: agreement_spans.passages_of_round(
        *look.asked, look.round_name
    ),
    "codebook_tree.code_counts": lambda look: codebook_tree.code_counts(*look.asked),
    "codebook_tree.code_tree": lambda look: codebook_tree.code_tree(*look.asked),
    "codebooks.codebook_named": lambda look: codebooks.codebook_named(*look.asked, "grol-wensing-starter"),
    "codebooks.codebook_file": lambda look: codebooks.codebook_file(*look.asked, "csv"),
    "codebook_versions.codebook_history": lambda look: codebook_versions.codebook_history(*look.asked),
    "decisions.decisions_of": lambda look: decisions.decisions_of(*look.asked),
    "codebook_versions.preview_restoring": lambda look: codebook_versions.preview_restoring(*look.asked, 1),
    "codebook_versions.differences": lambda look: codebook_versions.differences(*look.asked, 1, 1),
    "decisions.examples_of": lambda look: decisions.examples_of(*look.asked, "ECO-FUND"),
    "codebooks.list_codebooks": lambda look: codebooks.list_codebooks(*look.asked),
    "proposals.proposals_of": lambda look: proposals.proposals_of(*look.asked),
    "decisions.question_of": lambda look: decisions.question_of(*look.asked),
    "rollups.rolled_up": lambda look: rollups.rolled_up(*look.asked, "aalst"),
    "codebooks.codes_known": lambda look: codebooks.codes_known(*look.asked),
    "codebooks.codes_now": lambda look: codebooks.codes_now(*look.asked),
    "rollups.findings_in_groups": lambda look: rollups.findings_in_groups(*look.asked, "aalst"),
    "rollups.groups_of_rows": lambda look: rollups.groups_of_rows(
        *look.asked, "aalst", triangulation.triangulate(*look.asked).matrix.rows
    ),
    "rollups.rollup_file": lambda look: rollups.rollup_file(*look.asked, "aalst"),
    "rollups.crosswalk_file": lambda look: rollups.crosswalk_file(*look.asked),
    "codebooks.current_codebook": lambda look: codebooks.current_codebook(*look.asked),
    "codebooks.export_codebook": lambda look: _written(look, codebooks.export_codebook, "yaml"),
    "coding.coding_screen": lambda look: look.each_document(_shown_screen),
    "coding.codings_in": lambda look: look.each_document(coding.codings_in),
    "coding.codings_of": lambda look: coding.codings_of(*look.asked),
    "coding.export_codings": lambda look: _written(look, coding.export_codings),
    "documents.list_documents": lambda look: documents.list_documents(*look.asked),
    "documents.list_sources": lambda look: documents.list_sources(*look.asked),
    "documents.open_document": lambda look: look.each_document(documents.open_document),
    "searching.search_texts": lambda look: searching.search_texts(*look.asked, "nurse", number=None),
    "searching.example_queries": lambda look: searching.example_queries(*look.asked),
    "import_jobs.imports_of": lambda look: import_jobs.imports_of(*look.asked),
    "import_jobs.import_report": lambda look: [
        import_jobs.import_report(*look.asked, one.job) for one in import_jobs.imports_of(*look.asked)
    ],
    "import_jobs.import_report_csv": lambda look: [
        import_jobs.import_report_csv(*look.asked, one.job) for one in import_jobs.imports_of(*look.asked)
    ],
    "previewing.preview_uploads": lambda look: list(
        previewing.preview_uploads(*look.asked, [Upload("a.txt", b"")], source="Web", kind="survey")
    ),
    "framework_cells.drafts_of": _cells,
    "framework_files.framework_bytes": _workbooks,
    "framework_cells.framework_matrix": _cells,
    "framework_rows.row_choices": lambda look: framework_rows.row_choices(*look.asked),
    "frameworks.frameworks_of": lambda look: frameworks.frameworks_of(*look.asked),
    "framework_cells.passages_for": _cells,
    "framework_files.write_framework": _workbooks,
    "keeping.log_of": lambda look: [keeping.log_of(*look.asked), keeping.log_of(*look.asked, limit=5)],
    "meetings.meeting_of": lambda look: look.each_document(meetings.meeting_of),
    "meetings.meetings_file": lambda look: meetings.meetings_file(*look.asked),
    "meetings.meetings_of": lambda look: meetings.meetings_of(*look.asked),
    "memos.export_memos": lambda look: _written(look, memos.export_memos),
    "memos.memo_change_to_undo": lambda look: memos.memo_change_to_undo(*look.asked),
    "memos.memos_file": lambda look: memos.memos_file(*look.asked),
    "memos.memos_of": lambda look: memos.memos_of(*look.asked),
    "overview.finished_by": lambda look: [
        overview.finished_by(*look.asked, look.round_name, member.name)
        for member in studies.team(*look.asked)
    ],
    "overview.last_events": lambda look: overview.last_events(*look.asked, limit=50),
    "overview.list_studies": lambda look: overview.list_studies(look.engine, look.viewer.name),
    "overview.next_steps": lambda look: overview.next_steps(*look.asked),
    "overview.readings_of": lambda look: overview.readings_of(*look.asked),
    "overview.sources_of": lambda look: overview.sources_of(*look.asked),
    "participants.attribute_history": lambda look: [
        participants.attribute_history(*look.asked, "document", document.id, "site")
        for document in look.documents
    ],
    "participants.attributes_file": lambda look: participants.attributes_file(*look.asked),
    "participants.changes_of_people": lambda look: participants.changes_of_people(*look.asked),
    "participants.people_of": lambda look: participants.people_of(*look.asked),
    "participants.voices_in": lambda look: look.each_document(participants.voices_in),
    "leaving.entries_held": lambda look: leaving.entries_held(*look.asked),
    "leaving.is_checked": lambda look: leaving.is_checked(*look.asked),
    "leaving.look_through": lambda look: leaving.look_through(
        *look.asked, Outgoing("memos", "memos.csv", b"")
    ),
    "packages.is_copy": lambda look: packages.is_copy(*look.asked),
    "packages.may_take": lambda look: packages.may_take(*look.asked),
    "packages.package_to_make": lambda look: replace(
        packages.package_to_make(*look.asked, look.viewer.name), package=UUID(int=0)
    ),
    "packages.return_package": lambda look: packages.return_package(*look.asked),
    "plans.earlier_plans": lambda look: plans.earlier_plans(*look.asked),
    "plans.need": lambda look: plans.need(*look.asked, plans.plan_of(*look.asked) or Plan()),
    "plans.plan_of": lambda look: plans.plan_of(*look.asked),
    "protocol_steps.states_of_steps": lambda look: protocol_steps.states_of_steps(
        *look.asked, triangulation.triangulate(*look.asked)
    ),
    "protocol.history_of": lambda look: protocol.history_of(*look.asked),
    "protocol.protocol_of": lambda look: protocol.protocol_of(*look.asked),
    "protocol.shared_texts": lambda look: protocol.shared_texts(*look.asked),
    "opportunities.export_opportunities": lambda look: _written(look, opportunities.export_opportunities),
    "opportunities.opportunities_file": lambda look: opportunities.opportunities_file(*look.asked),
    "opportunities.themes_of_map": lambda look: opportunities.themes_of_map(*look.asked),
    "progress.may_mark": lambda look: look.each_document(progress.may_mark),
    "progress.reading_progress": lambda look: progress.reading_progress(*look.asked),
    "merging.preview_merge": lambda look: merging.preview_merge(*look.asked, "ECO-FUND", into="ECO-FIN"),
    "recoding.quotes_of": lambda look: recoding.quotes_of(*look.asked, "ECO-FUND"),
    "recoding.quotes_in_group": lambda look: [
        recoding.quotes_in_group(*look.asked, "aalst", group) for group in ("econ_admin_org", None)
    ],
    "recoding.to_recode": lambda look: recoding.to_recode(*look.asked),
    "asking.asking": lambda look: asking.asking(*look.asked),
    "asking.choices": lambda look: asking.choices(*look.asked),
    "asking.codes_named": lambda look: asking.codes_named(*look.asked, ["okap"]),
    "asking.extent": lambda look: asking.extent(*look.asked, Scope()),
    "retrieval.find_passages": lambda look: retrieval.find_passages(*look.asked, Question()),
    "vocabulary.frequencies": lambda look: vocabulary.frequencies(*look.asked),
    "vocabulary.key_words": lambda look: vocabulary.key_words(*look.asked, Scope(kinds=("interview",))),
    "vocabulary.lines": lambda look: vocabulary.lines(*look.asked, "nurse"),
    "code_matrix.matrix": lambda look: [
        code_matrix.matrix(*look.asked, code_matrix.MatrixWish("themes", side, cell=cell))
        for side in set(Side) - {Side.ATTRIBUTE, Side.SPEAKING, Side.LINKED}
        for cell in Cell
    ],
    "timeline.over_time": lambda look: timeline.over_time(*look.asked, [], "year"),
    "code_matrix.passages_of_cell": lambda look: [
        code_matrix.passages_of_cell(
            *look.asked, code_matrix.MatrixWish("levels", Side.SOURCE), "ECO", source.label
        )
        for source in documents.list_sources(*look.asked)
    ],
    "timeline.passages_of_period": lambda look: timeline.passages_of_period(
        *look.asked, [], "year", "2024", None
    ),
    "cooccurrence.passages_together": lambda look: [
        cooccurrence.passages_together(*look.asked, NEAR_EACH_OTHER, one, other)
        for one, other in cooccurrence.together(*look.asked, NEAR_EACH_OTHER).graph.edges
    ],
    "cooccurrence.together": lambda look: cooccurrence.together(*look.asked, NEAR_EACH_OTHER),
    "reporting.report_bytes": lambda look: reporting.report_bytes(*look.asked, format="html"),
    "reporting.report_for": lambda look: reporting.report_for(*look.asked),
    "reporting.report_page": lambda look: reporting.report_page(*look.asked),
    "reporting.write_report": _word_report,
    "report_texts.text_versions": lambda look: [
        report_texts.text_versions(*look.asked, part) for part in report_texts.PARTS
    ],
    "report_texts.written_for_report": lambda look: report_texts.written_for_report(*look.asked),
    "rounds.documents_to_reveal": lambda look: rounds.documents_to_reveal(*look.asked, look.round_name),
    "rounds.find_round": lambda look: rounds.find_round(*look.asked, look.round_name),
    "consensus_layer.consensus_of": lambda look: consensus_layer.consensus_of(*look.asked, look.round_name),
    "consensus_layer.export_consensus": lambda look: _written_of_round(
        look, consensus_layer.export_consensus
    ),
    "settling.list_disagreements": lambda look: settling.list_disagreements(*look.asked, look.round_name),
    "settling_minutes.minutes_of": lambda look: settling_minutes.minutes_of(*look.asked, look.round_name),
    "settling_minutes.write_minutes": lambda look: _written_minutes(look),
    "settling.questions_to": lambda look: settling.questions_to(*look.asked),
    "rounds.rounds_of": lambda look: rounds.rounds_of(*look.asked),
    "resolutions.resolution_file": lambda look: resolutions.resolution_file(*look.asked),
    "resolutions.resolution_log": lambda look: resolutions.resolution_log(*look.asked),
    "pseudonymising.check_study": lambda look: pseudonymising.check_study(*look.asked, Key(None, "en")),
    "pseudonymising.pseudonyms_of": lambda look: pseudonymising.pseudonyms_of(*look.asked),
    "robustness.robustness_of": lambda look: robustness.robustness_of(*look.asked),
    "snapshot.snapshot_of": lambda look: snapshot.snapshot_of(*look.asked),
    "studies.enter_study": lambda look: studies.enter_study(look.engine, look.study, person=look.viewer.name),
    "studies.team": lambda look: studies.team(*look.asked),
    "suggestions.accepted_codings": lambda look: suggestions.accepted_codings(*look.asked),
    "suggestions.suggest_from_codebook": lambda look: suggestions.suggest_from_codebook(*look.asked),
    "suggestions.suggest_from_search": lambda look: suggestions.suggest_from_search(
        *look.asked, "nurse", code="ECO-FUND"
    ),
    "finding_origins.answers_for": lambda look: [
        finding_origins.answers_for(*look.asked, source.label)
        for source in documents.list_sources(*look.asked)
    ],
    "finding_origins.cells_for": lambda look: [
        finding_origins.cells_for(*look.asked, source.label, theme)
        for source in documents.list_sources(*look.asked)
        for theme in ("ECO-FUND", "PRO-KNOW")
    ],
    "findings.findings_taken_back": lambda look: findings.findings_taken_back(*look.asked),
    "sorting.candidates_for": lambda look: sorting.candidates_for(
        *look.asked, Row("PRO-KNOW", "Nobody has time")
    ),
    "sorting.sorting_log": lambda look: sorting.sorting_log(*look.asked),
    "threads.taken_back": lambda look: threads.taken_back(*look.asked),
    "threads.threads_of": lambda look: threads.threads_of(*look.asked),
    "threads.trail_of": lambda look: [
        threads.trail_of(*look.asked, thread.id) for thread in threads.threads_of(*look.asked)
    ],
    "sorting.sorting_of": lambda look: sorting.sorting_of(*look.asked),
    "findings.export_findings": lambda look: _written(look, findings.export_findings),
    "judging.export_judgements": lambda look: _written(look, judging.export_judgements),
    "judging.history_of": lambda look: [
        judging.history_of(*look.asked, row, pair)
        for matrix in [triangulation.triangulate(*look.asked).matrix]
        for row in matrix.rows
        for pair in matrix.pairs
    ],
    "prominence.participants_of": lambda look: [
        prominence.participants_of(*look.asked, theme="ECO-FUND", source=source.label)
        for source in documents.list_sources(*look.asked)
    ],
    "prominence.prominence_evidence": lambda look: prominence.prominence_evidence(*look.asked),
    "ratings.readable_ratings": lambda look: ratings.readable_ratings(*look.asked),
    "chronicle.chronicle_of": lambda look: chronicle.chronicle_of(*look.asked),
    "chronicle.events_file": lambda look: chronicle.events_file(*look.asked),
    "chronicle.export_events": lambda look: _written(look, chronicle.export_events),
    "chronicle.export_figures": lambda look: _written(look, chronicle.export_figures),
    "chronicle.figures_file": lambda look: chronicle.figures_file(*look.asked),
    "chronicle.themes_over_time": lambda look: chronicle.themes_over_time(
        *look.asked, ["ECO-FUND", "PRO-KNOW"], "year"
    ),
    "feedback.export_responses": lambda look: _written(look, feedback.export_responses),
    "feedback.feedback_of": _feedback,
    "feedback.groups_of": lambda look: feedback.groups_of(*look.asked),
    "feedback.packet_bytes": _feedback,
    "feedback.packet_form": _feedback,
    "feedback.packet_of": _feedback,
    "feedback.packet_page": _feedback,
    "feedback.responses_file": lambda look: feedback.responses_file(*look.asked),
    "relations.export_relations": lambda look: _written(look, relations.export_relations),
    "relations.quotes_for": _quotes_for,
    "relations.relations_file": lambda look: [
        relations.relations_file(*look.asked, format) for format in ("mermaid", "graphml", "csv")
    ],
    "relations.relations_of": lambda look: relations.relations_of(*look.asked),
    "judging.is_locked": lambda look: judging.is_locked(*look.asked),
    "assessment.global_judgements": lambda look: assessment.global_judgements(*look.asked),
    "assessment.may_write_for_team": lambda look: assessment.may_write_for_team(*look.asked),
    "assessment.notes_on_sources": lambda look: assessment.notes_on_sources(*look.asked),
    "assessment.rows_lacking_a_work_up": lambda look: assessment.rows_lacking_a_work_up(*look.asked),
    "assessment.theme_key": lambda look: assessment.theme_key(*look.asked, "ECO-FUND"),
    "assessment.work_up_versions": lambda look: [
        version
        for row in triangulation.triangulate(*look.asked).matrix.rows
        for version in assessment.work_up_versions(*look.asked, row)
    ],
    "assessment.work_ups": lambda look: assessment.work_ups(*look.asked),
    "triangulation.triangulate": _triangulated,
}

#: Readers that only write down what `report_for` tells, which takes as long as all others together.
WRITTEN_REPORTS = {"reporting.report_bytes", "reporting.report_page", "reporting.write_report"}

#: What changes something; what it answers stands in the tests of its module.
ACTS = {
    "meetings.bring_back_meeting",
    "meetings.confirm_meeting",
    "meetings.take_back_meeting",
    "appraisals.appraise",
    "appraisals.bring_back_notes",
    "approvals.note_approval",
    "approvals.take_back_approval",
    "versions.correct_text",
    "versions.let_go",
    "versions.place_by_words",
    "versions.place_coding",
    "withdrawing.withdraw",
    "participants.add_participant",
    "participants.assign_labels",
    "participants.import_attributes",
    "participants.link_documents",
    "participants.merge_participants",
    "participants.retire_participant",
    "participants.set_attributes",
    "participants.unassign_labels",
    "participants.undo_change",
    "participants.unlink_document",
    "proposals.accept_proposal",
    "codebook_editing.add_code",
    "decisions.add_decision",
    "decisions.add_example",
    "decisions.ask_question",
    "proposals.decline_proposal",
    "codebook_editing.edit_code",
    "codebooks.load_codebook",
    "codebook_editing.move_code",
    "rollups.place_finding",
    "rollups.place_in_rollup",
    "proposals.propose_code",
    "codebook_editing.rename_code",
    "codebook_versions.restore_version",
    "codebook_editing.retire_code",
    "decisions.retire_decision",
    "decisions.retire_example",
    "proposals.withdraw_proposal",
    "decisions.write_rules",
    "coding.apply_operations",
    "coding.import_codings",
    "progress.mark_as_not_read",
    "progress.mark_as_read",
    "example.load_example",
    "importing.find_or_make_source",
    "importing.import_paths",
    "importing.import_read",
    "import_jobs.begin_import",
    "import_jobs.give_up_import",
    "import_jobs.resume_import",
    "import_jobs.stop_import",
    "frameworks.add_framework",
    "frameworks.change_columns",
    "framework_cells.clear_cell",
    "frameworks.rename_framework",
    "framework_cells.restore_draft",
    "frameworks.restore_framework",
    "frameworks.retire_framework",
    "framework_cells.save_cell",
    "memos.change_memo",
    "memos.retire_memo",
    "memos.share_memo",
    "memos.undo_memo_change",
    "memos.unshare_memo",
    "memos.write_memo",
    "leaving.file_to_check",
    "leaving.let_leave",
    "leaving.unlock_check",
    "packages.make_package",
    "pseudonymising.import_pseudonymised",
    "pseudonymising.import_reviewed",
    "plans.write_plan",
    "protocol.add_guide",
    "opportunities.clear_opportunities",
    "protocol.choose_rule",
    "protocol.describe_source",
    "protocol.fix_protocol",
    "opportunities.import_opportunities",
    "protocol.retire_dependence",
    "protocol.retire_guide",
    "protocol.set_dependence",
    "opportunities.set_opportunities",
    "protocol.upload_guide",
    "protocol.write_protocol",
    "packages.take_package",
    "recoding.keep_as_coded",
    "report_texts.answer_items",
    "report_texts.write_text",
    "merging.match_proposal",
    "merging.merge_codes",
    "merging.undo_last_change",
    "recoding.recode",
    "recoding.split_code",
    "vocabulary.code_lines",
    "resolutions.import_resolutions",
    "resolutions.settle",
    "resolutions.take_back",
    "rounds.finish",
    "rounds.open_round",
    "rounds.reopen",
    "rounds.reveal",
    "rounds.reveal_document",
    "settling.ask_outside",
    "settling.begin_meeting",
    "settling.end_meeting",
    "settling.merge_without_loss",
    "settling.settle",
    "settling.undo_settlement",
    "settling.withdraw_question",
    "settling.write_reason",
    "studies.add_person",
    "studies.create_study",
    "searching.code_hits",
    "suggestions.accept_suggestions",
    "suggestions.take_back",
    "assessment.write_global_judgement",
    "assessment.write_note_on_source",
    "assessment.write_team_judgement",
    "assessment.write_team_note_on_source",
    "assessment.write_work_up",
    "chronicle.add_event",
    "chronicle.add_figure",
    "chronicle.import_events",
    "chronicle.import_figures",
    "chronicle.retire_event",
    "chronicle.retire_figure",
    "feedback.comments_as_document",
    "feedback.import_responses",
    "feedback.invite",
    "feedback.keep_group",
    "feedback.make_packet",
    "feedback.respond",
    "feedback.retire_change",
    "feedback.retire_group",
    "feedback.retire_response",
    "feedback.withdraw_invitation",
    "feedback.write_change",
    "relations.add_relation",
    "relations.import_relations",
    "relations.retire_relation",
    "findings.add_finding",
    "findings.bring_back",
    "findings.change_finding",
    "findings.undo_change",
    "threads.add_step",
    "threads.begin_thread",
    "threads.bring_back_step",
    "threads.bring_back_thread",
    "threads.change_step",
    "threads.retire_step",
    "threads.retire_thread",
    "sorting.lock_sorting",
    "sorting.merge_rows",
    "sorting.remove_row",
    "sorting.rename_row",
    "sorting.reopen_sorting",
    "sorting.scope_row",
    "sorting.undo_move",
    "findings.add_row",
    "findings.import_findings",
    "judging.confirm_who_speaks",
    "judging.import_judgements",
    "judging.judge_existence",
    "judging.judge_pair",
    "judging.judge_row",
    "judging.lock_judgements",
    "judging.reopen_judgements",
    "ratings.rate_importance",
    "ratings.rate_source",
    "findings.retire_finding",
    "uploads.import_uploads",
}

#: What is asked of the database as such, by whoever has it; none of it tells of anybody's codings
#: but `verify` and `back_up`, which count all rows there are.
WITHOUT_PERSON = {
    "withdrawing.backups_with",
    "doctor.check",
    "documents.document_text",
    "import_jobs.clean_up",
    "waiting.empty_withdrawn",
    "waiting.is_busy_elsewhere",
    "waiting.keep",
    "waiting.only_one_import",
    "waiting.order_of",
    "waiting.remove",
    "waiting.remove_left_behind",
    "keeping.back_up",
    "keeping.verify",
    "search_ready.held",
    "search_ready.make_ready",
    "studies.find_study",
    "studies.lead_of",
    "studies.names_in",
    "studies.studies_of",
}


def services() -> set[str]:
    """Every public function of the services that takes the database."""
    found = set()
    for module in pkgutil.iter_modules(workbench.services.__path__):
        functions = inspect.getmembers(import_module(f"workbench.services.{module.name}"), inspect.isfunction)
        found |= {
            f"{module.name}.{name}"
            for name, function in functions
            if not name.startswith("_")
            and function.__module__ == f"workbench.services.{module.name}"
            and "engine" in inspect.signature(function).parameters
        }
    return found


def all_told(look: Look, *, leave_out: Collection[str] = ()) -> dict[str, str]:
    """What every reader tells this person, spelled out; a refusal is told too."""
    return {name: _answer(tell, look) for name, tell in READERS.items() if name not in leave_out}


def differing(before: Mapping[str, str], after: Mapping[str, str]) -> set[str]:
    """The readers that tell something else than before."""
    return {name for name in before if before[name] != after[name]}


def words_in(answers: Mapping[str, str], words: Collection[str]) -> dict[str, list[str]]:
    """The readers that tell some of these words, with the words."""
    found = {name: [word for word in words if word in answer] for name, answer in answers.items()}
    return {name: told for name, told in found.items() if told}


def _answer(tell: Callable[[Look], object], look: Look) -> str:
    try:
        return spelled(tell(look))
    except UserFacingError as error:
        return f"{type(error).__name__}: {error}"


def spelled(value: object) -> str:
    """All that a value holds, also what its ``repr`` leaves out."""
    if isinstance(value, str):
        return value
    if isinstance(value, bytes):
        return value.decode("utf-8-sig")
    if is_dataclass(value):
        parts = (f"{f.name}={spelled(getattr(value, f.name))}" for f in fields(value))
        return f"{type(value).__name__}({'; '.join(parts)})"
    if isinstance(value, Mapping):
        return "{" + "; ".join(f"{spelled(k)}: {spelled(v)}" for k, v in value.items()) + "}"
    if isinstance(value, (set, frozenset)):
        return "{" + "; ".join(sorted(map(spelled, value))) + "}"
    if isinstance(value, Iterable):
        return "[" + "; ".join(map(spelled, value)) + "]"
    return repr(value)
