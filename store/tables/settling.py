"""Plans of double coding, how disagreements are settled, and coders on other machines."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy import CheckConstraint, Column, Index, Integer, Table, UniqueConstraint

from store.tables.columns import made, metadata, own_id, retired, to, words_or_none
from store.types import Words

coding_plan = Table(  # what was promised before coding; one live row a study
    "coding_plan",
    metadata,
    own_id(),
    to("study"),
    Column("approach", Words, nullable=False),
    Column("unit", Words, nullable=False),
    Column("level", Words, nullable=False),  # where reliability is promised
    Column("wanted", sa.Float),  # the lower bound that is wanted
    Column("code_share", sa.Float),  # the share of units that bear a code, as expected
    words_or_none("reason"),
    made(),
    retired(),
    CheckConstraint("approach IN ('coefficients', 'reflexive')", name="approach"),
    CheckConstraint("unit IN ('section', 'sentence', 'document')", name="unit"),
    CheckConstraint("level IN ('level', 'theme')", name="level"),
)

plan_document = Table(
    "plan_document",
    metadata,
    to("coding_plan", key=True),
    to("document", key=True),
    Column("purpose", Words, nullable=False),
    CheckConstraint("purpose IN ('pilot', 'reliability', 'main')", name="purpose"),
)

round_purpose = Table(  # what a round is for; absent: reliability
    "round_purpose",
    metadata,
    to("coding_round", key=True),
    Column("purpose", Words, nullable=False),
    Column("unit", Words),  # what agreement is to be counted in, where it was said
    CheckConstraint("purpose IN ('calibration', 'reliability')", name="purpose"),
    CheckConstraint("unit IN ('section', 'sentence', 'document')", name="unit"),
)

document_reveal = Table(  # one document of a calibration round is shown to all
    "document_reveal",
    metadata,
    own_id(),
    to("study"),
    to("coding_round"),
    to("document_version"),
    made(),
    UniqueConstraint("coding_round_id", "document_version_id"),
)

settling_meeting = Table(  # retired: the meeting has ended
    "settling_meeting",
    metadata,
    own_id(),
    to("study"),
    to("coding_round"),
    to("member", name="scribe_id"),
    made(),
    retired(),
)

settling_attendance = Table(
    "settling_attendance", metadata, to("settling_meeting", key=True), to("member", key=True)
)

settling_reason = Table(  # what a coder writes of a disagreement before it is talked about
    "settling_reason",
    metadata,
    own_id(),
    to("study"),
    to("coding_round"),
    Column("place", sa.Uuid, nullable=False),  # made of the codings that disagree, see codebook.disagreements
    to("document_version"),
    to("member", name="author_id"),
    Column("text", Words, nullable=False),
    made(),
    retired(),
    Index("ix_settling_reason_place", "coding_round_id", "place"),
)

settlement = Table(  # what was decided about a place; settled again: retired, and a new row
    "settlement",
    metadata,
    own_id(),
    to("study"),
    to("coding_round"),
    Column("place", sa.Uuid, nullable=False),
    to("document_version"),
    Column("start_char", Integer, nullable=False),
    Column("end_char", Integer, nullable=False),
    Column("kind", Words, nullable=False),
    Column("outcome", Words, nullable=False),
    to("settling_meeting", nullable=True),
    to("member", name="first_speaker_id", nullable=True),
    words_or_none("reason"),
    words_or_none("minority"),  # the view of whoever does not go along
    to("member", name="minority_id", nullable=True),
    to("member", name="asked_id", nullable=True),  # who was asked from outside, and decided
    made(),
    retired(),
    CheckConstraint("start_char >= 0 AND end_char > start_char", name="span"),
    CheckConstraint("kind IN ('missed', 'other_code', 'boundary', 'valence', 'sibling')", name="kind"),
    CheckConstraint("outcome IN ('first', 'second', 'both', 'neither', 'new', 'unresolved')", name="outcome"),
    Index("ix_settlement_place", "coding_round_id", "place"),
)

settlement_coding = Table(  # the independent codings that were decided about; they stay as they are
    "settlement_coding", metadata, to("settlement", key=True), to("coding", key=True)
)

settlement_decider = Table("settlement_decider", metadata, to("settlement", key=True), to("member", key=True))

consensus_coding = Table(  # the layer that settling makes, beside the codings of the coders
    "consensus_coding",
    metadata,
    own_id(),
    to("study"),
    to("settlement"),
    to("document_version"),
    to("code"),
    to("codebook_version"),
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
    Index("ix_consensus_coding_settlement_id", "settlement_id"),
)

outside_question = Table(  # a place put to somebody who did not code; retired: answered or withdrawn
    "outside_question",
    metadata,
    own_id(),
    to("study"),
    to("coding_round"),
    Column("place", sa.Uuid, nullable=False),
    to("document_version"),
    to("member", name="asked_id"),
    words_or_none("text"),
    made(),
    retired(),
    Index("ix_outside_question_place", "coding_round_id", "place"),
)

package_made = Table(
    "package_made",
    metadata,
    own_id(),
    to("study"),
    to("coding_round", nullable=True),
    to("member"),
    Column("manifest_sha256", Words, nullable=False),
    made(),
)

package_taken = Table(  # what came back of a package; the same file is taken once
    "package_taken",
    metadata,
    own_id(),
    to("study"),
    Column("package_id", sa.Uuid, nullable=False),
    to("member"),
    Column("sha256", Words, nullable=False),
    made(),
    UniqueConstraint("study_id", "sha256"),
)
