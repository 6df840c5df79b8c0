"""The whole schema. Facts are inserted once; the one change a row may see is its retirement.

``created_event`` and ``retired_event`` are numbers in the event log of the row's study: a row
holds from the one until the other, and ``retired_event`` is empty while it still holds.
Tables without ``created_event`` belong to an owner (`OWNERS`) and came with it.
"""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from sqlalchemy import CheckConstraint, Column, ForeignKey, Index, Integer, Table, UniqueConstraint

from store.types import CanonicalJson, Words

metadata = sa.MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def _id() -> Column[Any]:
    return Column("id", sa.Uuid, primary_key=True)


def _to(target: str, *, name: str | None = None, nullable: bool = False, key: bool = False) -> Column[Any]:
    """A column that points to another table's id."""
    return Column(
        name or f"{target}_id", sa.Uuid, ForeignKey(f"{target}.id"), nullable=nullable, primary_key=key
    )


def _made() -> Column[Any]:
    return Column("created_event", Integer, nullable=False)


def _retired() -> Column[Any]:
    return Column("retired_event", Integer)


def _text(name: str) -> Column[Any]:
    """Words that may be absent: an empty string, never NULL."""
    return Column(name, Words, nullable=False, server_default="")


# --- studies and the event log ---------------------------------------------------------------

study = Table(
    "study",
    metadata,
    _id(),
    Column("name", Words, nullable=False, unique=True),
    Column("log_key", sa.LargeBinary(32), nullable=False),  # key of the hashes in the log
    _made(),
)

member = Table(
    "member",
    metadata,
    _id(),
    _to("study"),
    Column("name", Words, nullable=False),
    Column("role", Words, nullable=False),
    _made(),
    _retired(),
    UniqueConstraint("study_id", "name"),
    CheckConstraint("role IN ('lead', 'researcher')", name="role"),
)

event = Table(
    "event",
    metadata,
    Column("study_id", sa.Uuid, ForeignKey("study.id"), primary_key=True),
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("operation_id", sa.Uuid, nullable=False, unique=True),
    Column("at", Words, nullable=False),
    Column("actor_id", sa.Uuid, nullable=False),
    Column("action", Words, nullable=False),
    Column("entity", Words, nullable=False),
    Column("entity_id", sa.Uuid, nullable=False),
    Column("detail", CanonicalJson, nullable=False),  # ids, offsets and enums; never words
    Column("rows_hmac", Words, nullable=False),
    Column("reason_hmac", Words),
    Column("app_version", Words, nullable=False),
    Column("previous", Words, nullable=False),
    Column("hash", Words, nullable=False),
    Index("ix_event_entity_id", "entity_id"),
)

event_reason = Table(
    "event_reason",
    metadata,
    Column("study_id", sa.Uuid, primary_key=True),
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("text", Words, nullable=False),
    sa.ForeignKeyConstraint(["study_id", "seq"], ["event.study_id", "event.seq"]),
)

head = Table(
    "head",
    metadata,
    Column("study_id", sa.Uuid, ForeignKey("study.id"), primary_key=True),
    Column("seq", Integer, nullable=False),
    Column("hash", Words, nullable=False),
)

# --- what is read ----------------------------------------------------------------------------

source = Table(
    "source",
    metadata,
    _id(),
    _to("study"),
    Column("label", Words, nullable=False),
    Column("kind", Words, nullable=False),
    _made(),
    _retired(),
    UniqueConstraint("study_id", "label"),
)

document = Table(
    "document",
    metadata,
    _id(),
    _to("study"),
    _to("source"),
    Column("title", Words, nullable=False),
    Column("date", sa.Date),
    Column("language", Words),
    Column("raw_sha256", Words, nullable=False),
    _made(),
    _retired(),
    UniqueConstraint("study_id", "raw_sha256"),
    Index("ix_document_source_id", "source_id"),
)

document_attribute = Table(
    "document_attribute",
    metadata,
    _to("document", key=True),
    Column("name", Words, primary_key=True),
    Column("value", Words, nullable=False),
)

document_version = Table(
    "document_version",
    metadata,
    _id(),
    _to("study"),
    _to("document"),
    Column("number", Integer, nullable=False),
    Column("text", Words, nullable=False),
    Column("text_sha256", Words, nullable=False),
    Column("characters", Integer, nullable=False),
    Column("words", Integer, nullable=False),
    _made(),
    UniqueConstraint("document_id", "number"),
)

section = Table(
    "section",
    metadata,
    _to("document_version", key=True),
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("kind", Words, nullable=False),
    Column("start_char", Integer, nullable=False),
    Column("end_char", Integer, nullable=False),
    Column("level", Integer),
    Column("speaker", Words),
    Column("seconds", sa.Float),
    CheckConstraint("start_char >= 0 AND end_char > start_char", name="span"),
)

# --- how it is read --------------------------------------------------------------------------

codebook = Table("codebook", metadata, _id(), _to("study"), Column("name", Words, nullable=False), _made())

codebook_version = Table(
    "codebook_version",
    metadata,
    _id(),
    _to("study"),
    _to("codebook"),
    Column("number", Integer, nullable=False),
    Column("rules", CanonicalJson, nullable=False),
    Column("rollups", CanonicalJson, nullable=False),
    _made(),
    UniqueConstraint("codebook_id", "number"),
)

code = Table("code", metadata, _id(), _to("study"), _to("codebook"), _made())

code_revision = Table(
    "code_revision",
    metadata,
    _to("codebook_version", key=True),
    _to("code", key=True),
    _to("code", name="parent_id", nullable=True),
    Column("position", Integer, nullable=False),
    Column("key", Words, nullable=False),
    Column("label", CanonicalJson, nullable=False),
    _text("definition"),
    _text("include"),
    _text("exclude"),
    _text("example"),
    _text("ticd"),
    _text("cfir2022"),
    UniqueConstraint("codebook_version_id", "key"),
)

coding_round = Table(
    "coding_round",
    metadata,
    _id(),
    _to("study"),
    _to("codebook_version"),
    Column("name", Words, nullable=False),
    Column("blind", sa.Boolean, nullable=False),
    _made(),
    UniqueConstraint("study_id", "name"),
)

round_coder = Table(
    "round_coder",
    metadata,
    _to("coding_round", key=True),
    _to("member", key=True),
    Column("position", Integer, nullable=False),
)

round_document = Table(
    "round_document", metadata, _to("coding_round", key=True), _to("document_version", key=True)
)

reveal = Table(
    "reveal", metadata, _id(), _to("study"), _to("coding_round"), _made(), UniqueConstraint("coding_round_id")
)

finished = Table(  # a coder has finished a document of a round; reopening retires the row
    "finished",
    metadata,
    _id(),
    _to("study"),
    _to("coding_round"),
    _to("member"),
    _to("document_version"),
    _made(),
    _retired(),
    Index("ix_finished_round", "coding_round_id", "member_id", "document_version_id"),
)

coding = Table(
    "coding",
    metadata,
    _id(),
    Column("lineage_id", sa.Uuid, nullable=False),  # the first coding of those that replaced each other
    _to("study"),
    _to("document_version"),
    _to("member", name="coder_id"),
    _to("code"),
    _to("codebook_version"),
    _to("coding_round", nullable=True),
    Column("start_char", Integer, nullable=False),
    Column("end_char", Integer, nullable=False),
    Column("quote", Words, nullable=False),
    Column("prefix", Words, nullable=False),
    Column("suffix", Words, nullable=False),
    Column("valence", Words),
    _made(),
    _retired(),
    CheckConstraint("start_char >= 0 AND end_char > start_char", name="span"),
    CheckConstraint("valence IN ('facilitator', 'barrier', 'mixed', 'neutral')", name="valence"),
    Index(
        "ix_coding_live",
        "document_version_id",
        "start_char",
        "end_char",
        sqlite_where=sa.text("retired_event IS NULL"),
        postgresql_where=sa.text("retired_event IS NULL"),
    ),
    Index("ix_coding_lineage_id", "lineage_id"),
    Index("ix_coding_code_id", "code_id", "document_version_id"),
)

memo = Table(
    "memo",
    metadata,
    _id(),
    _to("study"),
    Column("lineage_id", sa.Uuid, nullable=False),  # of the coding that it is about
    _to("member", name="author_id"),
    Column("text", Words, nullable=False),
    _made(),
    _retired(),
    Index("ix_memo_lineage_id", "lineage_id"),
)

# --- how it is read, in depth ----------------------------------------------------------------

coding_detail = Table(  # what a coder says of a coding beyond code and valence; one live row a lineage
    "coding_detail",
    metadata,
    _id(),
    _to("study"),
    Column("lineage_id", sa.Uuid, nullable=False),  # of the coding that it is about
    Column("strength", Words),
    Column("evidence", Words),
    _text("actor"),
    _text("timepoint"),
    Column("certainty", Words),
    _made(),
    _retired(),
    CheckConstraint("strength IN ('weak', 'strong')", name="strength"),
    CheckConstraint(
        "evidence IN ('experienced', 'anticipated', 'wished', 'reported_about_others')", name="evidence"
    ),
    CheckConstraint("certainty IN ('sure', 'unsure')", name="certainty"),
    Index("ix_coding_detail_lineage_id", "lineage_id"),
)

coding_origin = Table(  # a coding that was suggested and accepted bears it for ever
    "coding_origin",
    metadata,
    _id(),
    _to("study"),
    Column("lineage_id", sa.Uuid, nullable=False),
    Column("origin", Words, nullable=False),
    Column("pattern", Words, nullable=False),  # the words searched for, or the term of the codebook
    _made(),
    CheckConstraint("origin IN ('search', 'rule')", name="origin"),
    Index("ix_coding_origin_lineage_id", "lineage_id"),
)

code_proposal = Table(  # a code made while coding; its proposer's own until it is decided on
    "code_proposal",
    metadata,
    _id(),
    _to("study"),
    _to("code"),
    _to("code", name="parent_id", nullable=True),
    _to("member", name="author_id"),
    _to("coding_round", nullable=True),
    Column("key", Words, nullable=False),
    Column("label", CanonicalJson, nullable=False),
    _text("definition"),
    _made(),
    _retired(),
    Index("ix_code_proposal_code_id", "code_id"),
)

proposal_decision = Table(
    "proposal_decision",
    metadata,
    _id(),
    _to("study"),
    _to("code_proposal"),
    Column("outcome", Words, nullable=False),
    _to("code", name="into_id", nullable=True),  # the code that the proposal was matched to
    _made(),
    UniqueConstraint("code_proposal_id"),
    CheckConstraint("outcome IN ('accepted', 'matched', 'declined')", name="outcome"),
)

code_detail = Table(  # what a version of a codebook says of a code beyond its names and definition
    "code_detail",
    metadata,
    _to("codebook_version", key=True),
    _to("code", key=True),
    _text("colour"),
    Column("terms", CanonicalJson, nullable=False),  # language → words that suggest the code
)

code_text = Table(  # definition, include or exclude in a language beside the first one of the code
    "code_text",
    metadata,
    _to("codebook_version", key=True),
    _to("code", key=True),
    Column("part", Words, primary_key=True),
    Column("language", Words, primary_key=True),
    Column("text", Words, nullable=False),
    CheckConstraint("part IN ('definition', 'include', 'exclude')", name="part"),
)

code_example = Table(  # a real quote that shows what a code means
    "code_example",
    metadata,
    _id(),
    _to("study"),
    _to("code"),
    _to("document_version"),
    Column("start_char", Integer, nullable=False),
    Column("end_char", Integer, nullable=False),
    Column("quote", Words, nullable=False),
    _made(),
    _retired(),
    Index("ix_code_example_code_id", "code_id"),
)

codebook_question = Table(
    "codebook_question",
    metadata,
    _id(),
    _to("study"),
    _to("codebook"),
    Column("text", Words, nullable=False),
    _made(),
    _retired(),
)

codebook_decision = Table(  # how the team settled what belongs where
    "codebook_decision",
    metadata,
    _id(),
    _to("study"),
    _to("codebook"),
    _to("code", nullable=True),
    _to("member", name="author_id"),
    Column("text", Words, nullable=False),
    _made(),
    _retired(),
)

research_memo = Table(
    "research_memo",
    metadata,
    _id(),
    Column("lineage_id", sa.Uuid, nullable=False),  # the first of those that replaced each other
    _to("study"),
    _to("member", name="author_id"),
    Column("kind", Words, nullable=False),
    Column("about", Words, nullable=False),
    Column("about_id", sa.Uuid, nullable=False),  # of a study, document, code, or a coding's lineage
    Column("text", Words, nullable=False),
    Column("shared", sa.Boolean, nullable=False),
    _made(),
    _retired(),
    CheckConstraint("kind IN ('reflexive', 'theoretical', 'methodological', 'codebook')", name="kind"),
    CheckConstraint("about IN ('study', 'document', 'code', 'coding')", name="about"),
    Index("ix_research_memo_about_id", "about_id"),
)

reading_state = Table(  # how far a person is with a document outside a round; absent: not begun
    "reading_state",
    metadata,
    _id(),
    _to("study"),
    _to("member"),
    _to("document_version"),
    Column("state", Words, nullable=False),
    _made(),
    _retired(),
    CheckConstraint("state IN ('reading', 'read')", name="state"),
    Index("ix_reading_state_member_id", "member_id", "document_version_id"),
)

framework = Table(
    "framework",
    metadata,
    _id(),
    _to("study"),
    Column("name", Words, nullable=False),
    _made(),
    _retired(),
)

framework_column = Table(
    "framework_column",
    metadata,
    _to("framework", key=True),
    Column("position", Integer, primary_key=True, autoincrement=False),
    _to("code"),
)

framework_cell = Table(  # a summary that a person wrote of one document under one theme
    "framework_cell",
    metadata,
    _id(),
    _to("study"),
    _to("framework"),
    _to("document"),
    _to("code"),
    _to("member", name="author_id"),
    Column("text", Words, nullable=False),
    _made(),
    _retired(),
    Index("ix_framework_cell_framework_id", "framework_id", "document_id"),
)

framework_excerpt = Table(
    "framework_excerpt",
    metadata,
    _to("framework_cell", key=True),
    Column("position", Integer, primary_key=True, autoincrement=False),
    _to("document_version"),
    _to("coding", nullable=True),
    Column("start_char", Integer, nullable=False),
    Column("end_char", Integer, nullable=False),
    Column("quote", Words, nullable=False),
)

framework_rows = Table(  # what the rows of a framework are where they are not documents
    "framework_rows",
    metadata,
    _to("framework", key=True),
    Column("kind", Words, nullable=False),
    _text("attribute"),  # its values are the rows; empty: speakers are
    CheckConstraint("kind IN ('speaker', 'attribute')", name="kind"),
)

framework_case_cell = Table(  # a summary that a person wrote of one case under one theme
    "framework_case_cell",
    metadata,
    _id(),
    _to("study"),
    _to("framework"),
    Column("case_name", Words, nullable=False),
    _to("code"),
    _to("member", name="author_id"),
    Column("text", Words, nullable=False),
    _made(),
    _retired(),
    Index("ix_framework_case_cell_framework_id", "framework_id", "case_name"),
)

framework_case_excerpt = Table(
    "framework_case_excerpt",
    metadata,
    _to("framework_case_cell", key=True),
    Column("position", Integer, primary_key=True, autoincrement=False),
    _to("document_version"),
    _to("coding", nullable=True),
    Column("start_char", Integer, nullable=False),
    Column("end_char", Integer, nullable=False),
    Column("quote", Words, nullable=False),
)

# --- how agreement is planned, and disagreement settled -------------------------------------

coding_plan = Table(  # what was promised before coding; one live row a study
    "coding_plan",
    metadata,
    _id(),
    _to("study"),
    Column("approach", Words, nullable=False),
    Column("unit", Words, nullable=False),
    Column("level", Words, nullable=False),  # where reliability is promised
    Column("wanted", sa.Float),  # the lower bound that is wanted
    Column("code_share", sa.Float),  # the share of units that bear a code, as expected
    _text("reason"),
    _made(),
    _retired(),
    CheckConstraint("approach IN ('coefficients', 'reflexive')", name="approach"),
    CheckConstraint("unit IN ('section', 'sentence', 'document')", name="unit"),
    CheckConstraint("level IN ('level', 'theme')", name="level"),
)

plan_document = Table(
    "plan_document",
    metadata,
    _to("coding_plan", key=True),
    _to("document", key=True),
    Column("purpose", Words, nullable=False),
    CheckConstraint("purpose IN ('pilot', 'reliability', 'main')", name="purpose"),
)

round_purpose = Table(  # what a round is for; absent: reliability
    "round_purpose",
    metadata,
    _to("coding_round", key=True),
    Column("purpose", Words, nullable=False),
    Column("unit", Words),  # what agreement is to be counted in, where it was said
    CheckConstraint("purpose IN ('calibration', 'reliability')", name="purpose"),
    CheckConstraint("unit IN ('section', 'sentence', 'document')", name="unit"),
)

document_reveal = Table(  # one document of a calibration round is shown to all
    "document_reveal",
    metadata,
    _id(),
    _to("study"),
    _to("coding_round"),
    _to("document_version"),
    _made(),
    UniqueConstraint("coding_round_id", "document_version_id"),
)

settling_meeting = Table(  # retired: the meeting has ended
    "settling_meeting",
    metadata,
    _id(),
    _to("study"),
    _to("coding_round"),
    _to("member", name="scribe_id"),
    _made(),
    _retired(),
)

settling_attendance = Table(
    "settling_attendance", metadata, _to("settling_meeting", key=True), _to("member", key=True)
)

settling_reason = Table(  # what a coder writes of a disagreement before it is talked about
    "settling_reason",
    metadata,
    _id(),
    _to("study"),
    _to("coding_round"),
    Column("place", sa.Uuid, nullable=False),  # made of the codings that disagree, see codebook.disagreements
    _to("document_version"),
    _to("member", name="author_id"),
    Column("text", Words, nullable=False),
    _made(),
    _retired(),
    Index("ix_settling_reason_place", "coding_round_id", "place"),
)

settlement = Table(  # what was decided about a place; settled again: retired, and a new row
    "settlement",
    metadata,
    _id(),
    _to("study"),
    _to("coding_round"),
    Column("place", sa.Uuid, nullable=False),
    _to("document_version"),
    Column("start_char", Integer, nullable=False),
    Column("end_char", Integer, nullable=False),
    Column("kind", Words, nullable=False),
    Column("outcome", Words, nullable=False),
    _to("settling_meeting", nullable=True),
    _to("member", name="first_speaker_id", nullable=True),
    _text("reason"),
    _text("minority"),  # the view of whoever does not go along
    _to("member", name="minority_id", nullable=True),
    _to("member", name="asked_id", nullable=True),  # who was asked from outside, and decided
    _made(),
    _retired(),
    CheckConstraint("start_char >= 0 AND end_char > start_char", name="span"),
    CheckConstraint("kind IN ('missed', 'other_code', 'boundary', 'valence', 'sibling')", name="kind"),
    CheckConstraint("outcome IN ('first', 'second', 'both', 'neither', 'new', 'unresolved')", name="outcome"),
    Index("ix_settlement_place", "coding_round_id", "place"),
)

settlement_coding = Table(  # the independent codings that were decided about; they stay as they are
    "settlement_coding", metadata, _to("settlement", key=True), _to("coding", key=True)
)

settlement_decider = Table(
    "settlement_decider", metadata, _to("settlement", key=True), _to("member", key=True)
)

consensus_coding = Table(  # the layer that settling makes, beside the codings of the coders
    "consensus_coding",
    metadata,
    _id(),
    _to("study"),
    _to("settlement"),
    _to("document_version"),
    _to("code"),
    _to("codebook_version"),
    Column("start_char", Integer, nullable=False),
    Column("end_char", Integer, nullable=False),
    Column("quote", Words, nullable=False),
    Column("prefix", Words, nullable=False),
    Column("suffix", Words, nullable=False),
    Column("valence", Words),
    _made(),
    _retired(),
    CheckConstraint("start_char >= 0 AND end_char > start_char", name="span"),
    CheckConstraint("valence IN ('facilitator', 'barrier', 'mixed', 'neutral')", name="valence"),
    Index("ix_consensus_coding_settlement_id", "settlement_id"),
)

outside_question = Table(  # a place put to somebody who did not code; retired: answered or withdrawn
    "outside_question",
    metadata,
    _id(),
    _to("study"),
    _to("coding_round"),
    Column("place", sa.Uuid, nullable=False),
    _to("document_version"),
    _to("member", name="asked_id"),
    _text("text"),
    _made(),
    _retired(),
    Index("ix_outside_question_place", "coding_round_id", "place"),
)

# --- coders on other machines ----------------------------------------------------------------

package_made = Table(
    "package_made",
    metadata,
    _id(),
    _to("study"),
    _to("coding_round", nullable=True),
    _to("member"),
    Column("manifest_sha256", Words, nullable=False),
    _made(),
)

package_taken = Table(  # what came back of a package; the same file is taken once
    "package_taken",
    metadata,
    _id(),
    _to("study"),
    Column("package_id", sa.Uuid, nullable=False),
    _to("member"),
    Column("sha256", Words, nullable=False),
    _made(),
    UniqueConstraint("study_id", "sha256"),
)

# --- what it adds up to ----------------------------------------------------------------------

protocol = Table(
    "protocol", metadata, _id(), _to("study"), Column("rule", Words, nullable=False), _made(), _retired()
)

matrix_row = Table(
    "matrix_row",
    metadata,
    _id(),
    _to("study"),
    _to("code"),
    _text("statement"),  # empty: the theme itself
    _made(),
    UniqueConstraint("study_id", "code_id", "statement"),
)

finding = Table(
    "finding",
    metadata,
    _id(),
    _to("study"),
    _to("source"),
    _to("matrix_row"),
    _to("member", name="researcher_id", nullable=True),  # empty: sorted by the team together
    Column("statement", Words, nullable=False),
    Column("valence", Words),
    Column("prominence", Words),
    _text("coverage"),
    Column("importance", Words),
    _made(),
    _retired(),
)

finding_group = Table(  # a finding that counts in another group of a roll-up than its theme
    "finding_group",
    metadata,
    _id(),
    _to("study"),
    _to("finding"),
    Column("rollup", Words, nullable=False),
    Column("in_group", Words, nullable=False),
    Column("reason", Words, nullable=False),
    _made(),
    _retired(),
)

finding_excerpt = Table(
    "finding_excerpt",
    metadata,
    _to("finding", key=True),
    Column("position", Integer, primary_key=True, autoincrement=False),
    _to("document_version", nullable=True),  # empty: the words were given, but not found in a document
    _to("coding", nullable=True),
    Column("start_char", Integer),
    Column("end_char", Integer),
    Column("quote", Words, nullable=False),
)

existence = Table(
    "existence",
    metadata,
    _id(),
    _to("study"),
    _to("matrix_row"),
    _to("source"),
    _to("member", name="researcher_id"),
    Column("speaks", sa.Boolean, nullable=False),
    _made(),
    _retired(),
)

judgement = Table(
    "judgement",
    metadata,
    _id(),
    _to("study"),
    _to("matrix_row"),
    _to("source", name="source_a_id"),
    _to("source", name="source_b_id"),
    _to("member", name="researcher_id"),
    Column("meaning", Words),
    Column("prominence", Words),
    Column("coverage", Words),
    Column("examples", Words),
    Column("assigned", Words),
    Column("silence", Words),
    Column("expected", Words),
    _text("reason"),
    _made(),
    _retired(),
)

judgements_locked = Table(
    "judgements_locked",
    metadata,
    _id(),
    _to("study"),
    _to("member", name="researcher_id"),
    _made(),
    _retired(),
)

for _table in (finding, finding_group, existence, judgement, judgements_locked, protocol):
    Index(
        f"ix_{_table.name}_live",
        _table.c.study_id,
        sqlite_where=_table.c.retired_event.is_(None),
        postgresql_where=_table.c.retired_event.is_(None),
    )

#: Tables whose rows came with the row of another: table → (its column, the owner).
OWNERS: dict[Table, tuple[Column[Any], Table]] = {
    document_attribute: (document_attribute.c.document_id, document),
    section: (section.c.document_version_id, document_version),
    code_revision: (code_revision.c.codebook_version_id, codebook_version),
    round_coder: (round_coder.c.coding_round_id, coding_round),
    round_document: (round_document.c.coding_round_id, coding_round),
    finding_excerpt: (finding_excerpt.c.finding_id, finding),
    code_detail: (code_detail.c.codebook_version_id, codebook_version),
    code_text: (code_text.c.codebook_version_id, codebook_version),
    framework_column: (framework_column.c.framework_id, framework),
    framework_excerpt: (framework_excerpt.c.framework_cell_id, framework_cell),
    framework_case_excerpt: (framework_case_excerpt.c.framework_case_cell_id, framework_case_cell),
    framework_rows: (framework_rows.c.framework_id, framework),
    plan_document: (plan_document.c.coding_plan_id, coding_plan),
    round_purpose: (round_purpose.c.coding_round_id, coding_round),
    settling_attendance: (settling_attendance.c.settling_meeting_id, settling_meeting),
    settlement_coding: (settlement_coding.c.settlement_id, settlement),
    settlement_decider: (settlement_decider.c.settlement_id, settlement),
}

#: Tables that are not facts of a study but the log itself.
LOG = (event, event_reason, head)

#: Every table whose rows are covered by the hashes of the log.
FACTS: tuple[Table, ...] = tuple(table for table in metadata.sorted_tables if table not in LOG)
