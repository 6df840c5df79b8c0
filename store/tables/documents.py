"""What is kept of documents beside their text: pages, comments, versions, people, approval, imports."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Column, Index, Integer, Table, UniqueConstraint

from store.tables.columns import index_live_rows, made, metadata, own_id, retired, to, words_or_none
from store.types import CanonicalJson, Words

# --- what came with a file --------------------------------------------------------------------

page = Table(  # where a page of the file begins in the text
    "page",
    metadata,
    to("document_version", key=True),
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("start_char", Integer, nullable=False),
    Column("label", Words, nullable=False),
)

set_aside = Table(  # running heads, page numbers and the like: of the page, not of the text
    "set_aside",
    metadata,
    to("document_version", key=True),
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("place", Words, nullable=False),
    Column("text", Words, nullable=False),
)

file_comment = Table(  # a remark that somebody wrote beside the text in the file
    "file_comment",
    metadata,
    to("document_version", key=True),
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("start_char", Integer, nullable=False),
    Column("end_char", Integer, nullable=False),
    Column("text", Words, nullable=False),
    words_or_none("author"),
    words_or_none("written_at"),
)

# --- versions -------------------------------------------------------------------------------

version_origin = Table(  # how a version came about; absent: imported as it is
    "version_origin",
    metadata,
    to("document_version", key=True),
    Column("kind", Words, nullable=False),
    Column("offset_map", CanonicalJson, nullable=False),  # [old start, old end, new start, new end], …
    CheckConstraint("kind IN ('correction', 'pseudonymised')", name="kind"),
)

unplaced_coding = Table(  # a coding whose words a corrected text no longer holds; retired: placed or let go
    "unplaced_coding",
    metadata,
    own_id(),
    to("study"),
    to("coding"),
    to("document_version"),  # the text that it has no place in
    Column("reason", Words, nullable=False),
    made(),
    retired(),
    CheckConstraint("reason IN ('changed', 'several')", name="reason"),
)

approval = Table(  # somebody who was there, or spoke, says whether the text is right
    "approval",
    metadata,
    own_id(),
    to("study"),
    to("document_version"),
    Column("person", Words, nullable=False),
    Column("answer", Words, nullable=False),
    words_or_none("text"),
    made(),
    retired(),
    CheckConstraint("answer IN ('approved', 'comments', 'refused')", name="answer"),
)

withdrawal = Table(  # a document, or all that a participant said, is taken out and blanked
    "withdrawal",
    metadata,
    own_id(),
    to("study"),
    to("document", nullable=True),
    to("participant", nullable=True),
    made(),
)

blanked = Table(  # a row whose words were erased, with the digest that it had: the chain stays whole
    "blanked",
    metadata,
    to("withdrawal", key=True),
    Column("table_name", Words, primary_key=True),
    Column("row_key", Words, primary_key=True),
    Column("digest", Words, nullable=False),  # of the row as the log knows it
    Column("blank_digest", Words, nullable=False),  # of the row as it was left
)

# --- people, sites and what is said of documents ----------------------------------------------

participant = Table(  # a person or site across documents: a case
    "participant",
    metadata,
    own_id(),
    to("study"),
    Column("name", Words, nullable=False),
    Column("kind", Words, nullable=False),
    words_or_none("role"),
    words_or_none("participant_group"),
    made(),
    retired(),
    CheckConstraint("kind IN ('person', 'site')", name="kind"),
)

speaker_alias = Table(  # a label under which a participant speaks; without a document: in all of them
    "speaker_alias",
    metadata,
    own_id(),
    to("study"),
    to("participant"),
    to("document", nullable=True),
    Column("label", Words, nullable=False),
    made(),
    retired(),
)

document_case = Table(  # a document that is about, or from, a participant
    "document_case", metadata, own_id(), to("study"), to("document"), to("participant"), made(), retired()
)

participant_attribute = Table(
    "participant_attribute",
    metadata,
    own_id(),
    to("study"),
    to("participant"),
    Column("name", Words, nullable=False),
    Column("value", Words, nullable=False),
    made(),
    retired(),
)

document_value = Table(  # an attribute of a document that people changed after the import; empty: taken away
    "document_value",
    metadata,
    own_id(),
    to("study"),
    to("document"),
    Column("name", Words, nullable=False),
    words_or_none("value"),
    made(),
    retired(),
)

meeting = Table(  # what a person confirmed of a meeting
    "meeting",
    metadata,
    own_id(),
    to("study"),
    to("document"),
    Column("held_on", Words),  # ISO date
    made(),
    retired(),
)

meeting_item = Table(
    "meeting_item",
    metadata,
    to("meeting", key=True),
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("kind", Words, nullable=False),
    Column("text", Words, nullable=False),
    Column("start_char", Integer),
    Column("end_char", Integer),
    CheckConstraint("kind IN ('attendee', 'absent', 'agenda', 'decision', 'action')", name="kind"),
)

appraisal = Table(  # four notes on a document as a source (Scott 1990)
    "appraisal",
    metadata,
    own_id(),
    to("study"),
    to("document"),
    words_or_none("authenticity"),
    words_or_none("credibility"),
    words_or_none("representativeness"),
    words_or_none("meaning"),
    made(),
    retired(),
)

# --- imports ----------------------------------------------------------------------------------

import_job = Table(  # files that are brought in together; retired: it has ended
    "import_job",
    metadata,
    own_id(),
    to("study"),
    to("source"),
    Column("files", Integer, nullable=False),
    made(),
    retired(),
)

import_item = Table(  # what became of one file or row
    "import_item",
    metadata,
    own_id(),
    to("study"),
    to("import_job"),
    Column("path", Words, nullable=False),
    Column("status", Words, nullable=False),
    to("document", nullable=True),
    words_or_none("reason"),
    Column("warnings", CanonicalJson, nullable=False),
    made(),
    CheckConstraint("status IN ('imported', 'duplicate', 'refused')", name="status"),
)

# --- pseudonyms ---------------------------------------------------------------------------------

pseudonym = Table(  # what stands for a name; the name itself is only in the key file
    "pseudonym",
    metadata,
    own_id(),
    to("study"),
    Column("text", Words, nullable=False),
    Column("kind", Words, nullable=False),
    made(),
    retired(),
    UniqueConstraint("study_id", "text"),
)

index_live_rows(
    unplaced_coding,
    approval,
    participant,
    speaker_alias,
    document_case,
    participant_attribute,
    document_value,
    meeting,
    appraisal,
    import_job,
    pseudonym,
)
Index("ix_import_item_job", import_item.c.import_job_id)
