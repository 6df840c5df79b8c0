"""Codebooks, codings, and all that is written while coding: memos, proposals, framework matrices."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy import CheckConstraint, Column, Index, Integer, Table, UniqueConstraint

from store.tables.columns import made, metadata, own_id, retired, to, words_or_none
from store.types import CanonicalJson, Words

codebook = Table("codebook", metadata, own_id(), to("study"), Column("name", Words, nullable=False), made())

codebook_version = Table(
    "codebook_version",
    metadata,
    own_id(),
    to("study"),
    to("codebook"),
    Column("number", Integer, nullable=False),
    Column("rules", CanonicalJson, nullable=False),
    Column("rollups", CanonicalJson, nullable=False),
    made(),
    UniqueConstraint("codebook_id", "number"),
)

code = Table("code", metadata, own_id(), to("study"), to("codebook"), made())

code_revision = Table(
    "code_revision",
    metadata,
    to("codebook_version", key=True),
    to("code", key=True),
    to("code", name="parent_id", nullable=True),
    Column("position", Integer, nullable=False),
    Column("key", Words, nullable=False),
    Column("label", CanonicalJson, nullable=False),
    words_or_none("definition"),
    words_or_none("include"),
    words_or_none("exclude"),
    words_or_none("example"),
    words_or_none("ticd"),
    words_or_none("cfir2022"),
    UniqueConstraint("codebook_version_id", "key"),
)

coding_round = Table(
    "coding_round",
    metadata,
    own_id(),
    to("study"),
    to("codebook_version"),
    Column("name", Words, nullable=False),
    Column("blind", sa.Boolean, nullable=False),
    made(),
    UniqueConstraint("study_id", "name"),
)

round_coder = Table(
    "round_coder",
    metadata,
    to("coding_round", key=True),
    to("member", key=True),
    Column("position", Integer, nullable=False),
)

round_document = Table(
    "round_document", metadata, to("coding_round", key=True), to("document_version", key=True)
)

reveal = Table(
    "reveal", metadata, own_id(), to("study"), to("coding_round"), made(), UniqueConstraint("coding_round_id")
)

finished = Table(  # a coder has finished a document of a round; reopening retires the row
    "finished",
    metadata,
    own_id(),
    to("study"),
    to("coding_round"),
    to("member"),
    to("document_version"),
    made(),
    retired(),
    Index("ix_finished_round", "coding_round_id", "member_id", "document_version_id"),
)

coding = Table(
    "coding",
    metadata,
    own_id(),
    Column("lineage_id", sa.Uuid, nullable=False),  # the first coding of those that replaced each other
    to("study"),
    to("document_version"),
    to("member", name="coder_id"),
    to("code"),
    to("codebook_version"),
    to("coding_round", nullable=True),
    Column("start_char", Integer, nullable=False),
    Column("end_char", Integer, nullable=False),
    Column("quote", Words, nullable=False),
    Column("prefix", Words, nullable=False),
    Column("suffix", Words, nullable=False),
    Column("valence", Words),
    made(),
    retired(),
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
    own_id(),
    to("study"),
    Column("lineage_id", sa.Uuid, nullable=False),  # of the coding that it is about
    to("member", name="author_id"),
    Column("text", Words, nullable=False),
    made(),
    retired(),
    Index("ix_memo_lineage_id", "lineage_id"),
)

coding_detail = Table(  # what a coder says of a coding beyond code and valence; one live row a lineage
    "coding_detail",
    metadata,
    own_id(),
    to("study"),
    Column("lineage_id", sa.Uuid, nullable=False),  # of the coding that it is about
    Column("strength", Words),
    Column("evidence", Words),
    words_or_none("actor"),
    words_or_none("timepoint"),
    Column("certainty", Words),
    made(),
    retired(),
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
    own_id(),
    to("study"),
    Column("lineage_id", sa.Uuid, nullable=False),
    Column("origin", Words, nullable=False),
    Column("pattern", Words, nullable=False),  # the words searched for, or the term of the codebook
    made(),
    CheckConstraint("origin IN ('search', 'rule')", name="origin"),
    Index("ix_coding_origin_lineage_id", "lineage_id"),
)

code_proposal = Table(  # a code made while coding; its proposer's own until it is decided on
    "code_proposal",
    metadata,
    own_id(),
    to("study"),
    to("code"),
    to("code", name="parent_id", nullable=True),
    to("member", name="author_id"),
    to("coding_round", nullable=True),
    Column("key", Words, nullable=False),
    Column("label", CanonicalJson, nullable=False),
    words_or_none("definition"),
    made(),
    retired(),
    Index("ix_code_proposal_code_id", "code_id"),
)

proposal_decision = Table(
    "proposal_decision",
    metadata,
    own_id(),
    to("study"),
    to("code_proposal"),
    Column("outcome", Words, nullable=False),
    to("code", name="into_id", nullable=True),  # the code that the proposal was matched to
    made(),
    UniqueConstraint("code_proposal_id"),
    CheckConstraint("outcome IN ('accepted', 'matched', 'declined')", name="outcome"),
)

code_detail = Table(  # what a version of a codebook says of a code beyond its names and definition
    "code_detail",
    metadata,
    to("codebook_version", key=True),
    to("code", key=True),
    words_or_none("colour"),
    Column("terms", CanonicalJson, nullable=False),  # language → words that suggest the code
)

code_text = Table(  # definition, include or exclude in a language beside the first one of the code
    "code_text",
    metadata,
    to("codebook_version", key=True),
    to("code", key=True),
    Column("part", Words, primary_key=True),
    Column("language", Words, primary_key=True),
    Column("text", Words, nullable=False),
    CheckConstraint("part IN ('definition', 'include', 'exclude')", name="part"),
)

code_example = Table(  # a real quote that shows what a code means
    "code_example",
    metadata,
    own_id(),
    to("study"),
    to("code"),
    to("document_version"),
    Column("start_char", Integer, nullable=False),
    Column("end_char", Integer, nullable=False),
    Column("quote", Words, nullable=False),
    made(),
    retired(),
    Index("ix_code_example_code_id", "code_id"),
)

codebook_question = Table(
    "codebook_question",
    metadata,
    own_id(),
    to("study"),
    to("codebook"),
    Column("text", Words, nullable=False),
    made(),
    retired(),
)

codebook_decision = Table(  # how the team settled what belongs where
    "codebook_decision",
    metadata,
    own_id(),
    to("study"),
    to("codebook"),
    to("code", nullable=True),
    to("member", name="author_id"),
    Column("text", Words, nullable=False),
    made(),
    retired(),
)

research_memo = Table(
    "research_memo",
    metadata,
    own_id(),
    Column("lineage_id", sa.Uuid, nullable=False),  # the first of those that replaced each other
    to("study"),
    to("member", name="author_id"),
    Column("kind", Words, nullable=False),
    Column("about", Words, nullable=False),
    Column("about_id", sa.Uuid, nullable=False),  # of a study, document, code, or a coding's lineage
    Column("text", Words, nullable=False),
    Column("shared", sa.Boolean, nullable=False),
    made(),
    retired(),
    CheckConstraint("kind IN ('reflexive', 'theoretical', 'methodological', 'codebook')", name="kind"),
    CheckConstraint("about IN ('study', 'document', 'code', 'coding')", name="about"),
    Index("ix_research_memo_about_id", "about_id"),
)

reading_state = Table(  # how far a person is with a document outside a round; absent: not begun
    "reading_state",
    metadata,
    own_id(),
    to("study"),
    to("member"),
    to("document_version"),
    Column("state", Words, nullable=False),
    made(),
    retired(),
    CheckConstraint("state IN ('reading', 'read')", name="state"),
    Index("ix_reading_state_member_id", "member_id", "document_version_id"),
)

framework = Table(
    "framework",
    metadata,
    own_id(),
    to("study"),
    Column("name", Words, nullable=False),
    made(),
    retired(),
)

framework_column = Table(
    "framework_column",
    metadata,
    to("framework", key=True),
    Column("position", Integer, primary_key=True, autoincrement=False),
    to("code"),
)

framework_cell = Table(  # a summary that a person wrote of one document under one theme
    "framework_cell",
    metadata,
    own_id(),
    to("study"),
    to("framework"),
    to("document"),
    to("code"),
    to("member", name="author_id"),
    Column("text", Words, nullable=False),
    made(),
    retired(),
    Index("ix_framework_cell_framework_id", "framework_id", "document_id"),
)

framework_excerpt = Table(
    "framework_excerpt",
    metadata,
    to("framework_cell", key=True),
    Column("position", Integer, primary_key=True, autoincrement=False),
    to("document_version"),
    to("coding", nullable=True),
    Column("start_char", Integer, nullable=False),
    Column("end_char", Integer, nullable=False),
    Column("quote", Words, nullable=False),
)

framework_rows = Table(  # what the rows of a framework are where they are not documents
    "framework_rows",
    metadata,
    to("framework", key=True),
    Column("kind", Words, nullable=False),
    words_or_none("attribute"),  # its values are the rows; empty: speakers are
    CheckConstraint("kind IN ('speaker', 'attribute')", name="kind"),
)

framework_case_cell = Table(  # a summary that a person wrote of one case under one theme
    "framework_case_cell",
    metadata,
    own_id(),
    to("study"),
    to("framework"),
    Column("case_name", Words, nullable=False),
    to("code"),
    to("member", name="author_id"),
    Column("text", Words, nullable=False),
    made(),
    retired(),
    Index("ix_framework_case_cell_framework_id", "framework_id", "case_name"),
)

framework_case_excerpt = Table(
    "framework_case_excerpt",
    metadata,
    to("framework_case_cell", key=True),
    Column("position", Integer, primary_key=True, autoincrement=False),
    to("document_version"),
    to("coding", nullable=True),
    Column("start_char", Integer, nullable=False),
    Column("end_char", Integer, nullable=False),
    Column("quote", Words, nullable=False),
)
