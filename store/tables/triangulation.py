"""What the protocol of Farmer et al. (2006) keeps, step by step."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy import CheckConstraint, Column, Integer, Table, UniqueConstraint

from store.tables.columns import index_live_rows, made, metadata, own_id, retired, to, words_or_none
from store.types import CanonicalJson, Words

# --- 0: the protocol page

protocol = Table(
    "protocol", metadata, own_id(), to("study"), Column("rule", Words, nullable=False), made(), retired()
)

matrix_row = Table(
    "matrix_row",
    metadata,
    own_id(),
    to("study"),
    to("code"),
    words_or_none("statement"),  # empty: the theme itself
    made(),
    UniqueConstraint("study_id", "code_id", "statement"),
)

protocol_page = Table(  # the plan of the comparison beside its rule; one live row a study
    "protocol_page",
    metadata,
    own_id(),
    to("study"),
    words_or_none("questions"),  # one a line
    Column("compare", Words, nullable=False),
    to("source", name="index_source_id", nullable=True),
    Column("sorting", Words, nullable=False),
    words_or_none("settling"),  # how disagreement is settled, and who decides
    made(),
    retired(),
    CheckConstraint("compare IN ('all_pairs', 'index')", name="compare"),
    CheckConstraint("sorting IN ('together', 'alone')", name="sorting"),
)

protocol_judge = Table("protocol_judge", metadata, to("protocol_page", key=True), to("member", key=True))

protocol_code = Table(  # a code set of the team's own; absent: the words of Farmer et al.
    "protocol_code",
    metadata,
    to("protocol_page", key=True),
    Column("code", Words, primary_key=True),
    Column("name", Words, nullable=False),
    words_or_none("explanation"),
    CheckConstraint("code IN ('agreement', 'partial', 'silence', 'dissonance')", name="code"),
)

protocol_fixed = Table(  # from here on the sources are compared, and a change of the protocol needs a reason
    "protocol_fixed", metadata, own_id(), to("study"), made(), UniqueConstraint("study_id")
)

source_detail = Table(  # what the protocol says of a source; one live row a source
    "source_detail",
    metadata,
    own_id(),
    to("study"),
    to("source"),
    words_or_none("participants"),  # n, in words: "20 GPs", "314 of 720"
    words_or_none("period"),
    Column("weight", Words, nullable=False),
    Column("scale", Words),
    words_or_none("note"),
    made(),
    retired(),
    CheckConstraint("weight IN ('data', 'commentary')", name="weight"),
    CheckConstraint("scale IN ('macro', 'meso', 'micro')", name="scale"),
)

source_role = Table(  # who collected or coded a source, or steered the programme it tells of
    "source_role",
    metadata,
    to("source_detail", key=True),
    Column("role", Words, primary_key=True),
    Column("name", Words, primary_key=True),
    CheckConstraint("role IN ('collected', 'coded', 'steered')", name="role"),
)

source_guide = Table(  # an interview guide, questionnaire or agenda: what was asked
    "source_guide",
    metadata,
    own_id(),
    to("study"),
    to("source"),
    Column("title", Words, nullable=False),
    Column("text", Words, nullable=False),
    made(),
    retired(),
)

source_dependence = Table(  # two sources that do not speak independently
    "source_dependence",
    metadata,
    own_id(),
    to("study"),
    to("source", name="source_a_id"),
    to("source", name="source_b_id"),
    Column("kind", Words, nullable=False),
    words_or_none("note"),
    made(),
    retired(),
    CheckConstraint("kind IN ('same_people', 'same_study', 'other')", name="kind"),
)

opportunity = Table(  # whether a source could speak on a theme, or on one row of it
    "opportunity",
    metadata,
    own_id(),
    to("study"),
    to("source"),
    to("code"),
    to("matrix_row", nullable=True),  # empty: all rows of the theme that say nothing else
    Column("state", Words, nullable=False),
    words_or_none("note"),
    made(),
    retired(),
    CheckConstraint("state IN ('asked', 'could_be_raised', 'not_asked')", name="state"),
)

# --- 1: sorting

row_move = Table(  # a row that goes on under another; retired: undone
    "row_move",
    metadata,
    own_id(),
    to("study"),
    to("matrix_row", name="from_row_id"),
    to("matrix_row", name="to_row_id"),
    Column("kind", Words, nullable=False),
    made(),
    retired(),
    CheckConstraint("kind IN ('rename', 'merge', 'match')", name="kind"),
    CheckConstraint("from_row_id <> to_row_id", name="elsewhere"),
)

row_scope = Table(  # a row that speaks of one group of participants alone
    "row_scope",
    metadata,
    own_id(),
    to("study"),
    to("matrix_row"),
    Column("participant_group", Words, nullable=False),
    made(),
    retired(),
)

sorting_locked = Table(  # a researcher who sorts alone has sorted
    "sorting_locked", metadata, own_id(), to("study"), to("member", name="researcher_id"), made(), retired()
)

finding = Table(
    "finding",
    metadata,
    own_id(),
    to("study"),
    to("source"),
    to("matrix_row"),
    to("member", name="researcher_id", nullable=True),  # empty: sorted by the team together
    Column("statement", Words, nullable=False),
    Column("valence", Words),
    Column("prominence", Words),
    words_or_none("coverage"),
    Column("importance", Words),
    made(),
    retired(),
)

finding_group = Table(  # a finding that counts in another group of a roll-up than its theme
    "finding_group",
    metadata,
    own_id(),
    to("study"),
    to("finding"),
    Column("rollup", Words, nullable=False),
    Column("in_group", Words, nullable=False),
    Column("reason", Words, nullable=False),
    made(),
    retired(),
)

finding_detail = Table(
    "finding_detail",
    metadata,
    to("finding", key=True),
    words_or_none("question"),
    Column("sites", CanonicalJson, nullable=False),
    Column("groups", CanonicalJson, nullable=False),
    Column("periods", CanonicalJson, nullable=False),
    Column("origin", Words, nullable=False),
    Column("scale", Words),
    Column("weight", Words, nullable=False),
    CheckConstraint("origin IN ('codings', 'framework', 'survey', 'hand')", name="origin"),
    CheckConstraint("scale IN ('macro', 'meso', 'micro')", name="scale"),
    CheckConstraint("weight IN ('data', 'commentary')", name="weight"),
)

finding_excerpt = Table(
    "finding_excerpt",
    metadata,
    to("finding", key=True),
    Column("position", Integer, primary_key=True, autoincrement=False),
    to("document_version", nullable=True),  # empty: the words were given, but not found in a document
    to("coding", nullable=True),
    Column("start_char", Integer),
    Column("end_char", Integer),
    Column("quote", Words, nullable=False),
)

# --- 2: convergence coding

existence = Table(
    "existence",
    metadata,
    own_id(),
    to("study"),
    to("matrix_row"),
    to("source"),
    to("member", name="researcher_id"),
    Column("speaks", sa.Boolean, nullable=False),
    made(),
    retired(),
)

judgement = Table(
    "judgement",
    metadata,
    own_id(),
    to("study"),
    to("matrix_row"),
    to("source", name="source_a_id"),
    to("source", name="source_b_id"),
    to("member", name="researcher_id"),
    Column("meaning", Words),
    Column("prominence", Words),
    Column("coverage", Words),
    Column("examples", Words),
    Column("assigned", Words),
    Column("silence", Words),
    Column("expected", Words),
    words_or_none("reason"),
    made(),
    retired(),
)

judgements_locked = Table(
    "judgements_locked",
    metadata,
    own_id(),
    to("study"),
    to("member", name="researcher_id"),
    made(),
    retired(),
)

source_rating = Table(  # the weight of a row within a source, as a researcher rates it
    "source_rating",
    metadata,
    own_id(),
    to("study"),
    to("matrix_row"),
    to("source"),
    to("member", name="researcher_id"),
    Column("prominence", Words),
    words_or_none("note"),
    made(),
    retired(),
    CheckConstraint("prominence IN ('main', 'secondary', 'passing')", name="prominence"),
)

row_importance = Table(  # whether a researcher holds a row for a main or a minor finding
    "row_importance",
    metadata,
    own_id(),
    to("study"),
    to("matrix_row"),
    to("member", name="researcher_id"),
    Column("importance", Words, nullable=False),
    made(),
    retired(),
    CheckConstraint("importance IN ('main', 'minor')", name="importance"),
)

# --- 3 to 5: assessment, completeness, researchers compared

global_judgement = Table(  # step 3 in words
    "global_judgement",
    metadata,
    own_id(),
    to("study"),
    to("member", name="researcher_id", nullable=True),  # empty: the team's
    Column("text", Words, nullable=False),
    Column("scale", Words),
    made(),
    retired(),
    CheckConstraint("scale IN ('converging', 'mixed', 'diverging')", name="scale"),
)

work_up = Table(  # what a team made of a row with a dissonance or an unexpected silence
    "work_up",
    metadata,
    own_id(),
    to("study"),
    to("matrix_row"),
    words_or_none("methods"),
    words_or_none("rigour"),
    words_or_none("comparability"),
    words_or_none("further_data"),
    words_or_none("intervention"),
    words_or_none("outcomes"),
    words_or_none("no_inquiry"),
    words_or_none("conclusion"),
    made(),
    retired(),
)

completeness_note = Table(  # step 4 in words: what a source adds
    "completeness_note",
    metadata,
    own_id(),
    to("study"),
    to("source"),
    to("member", name="researcher_id", nullable=True),  # empty: the team's
    Column("text", Words, nullable=False),
    made(),
    retired(),
)

resolution = Table(  # how researchers settled what they saw differently; first judgements stay as they are
    "resolution",
    metadata,
    own_id(),
    to("study"),
    to("matrix_row"),
    to("source", name="source_a_id", nullable=True),
    to("source", name="source_b_id", nullable=True),
    Column("about", Words, nullable=False),
    Column("outcome", Words),  # empty: unresolved
    Column("reason", Words, nullable=False),
    words_or_none("minority"),
    to("member", name="minority_id", nullable=True),
    made(),
    retired(),
    CheckConstraint("about IN ('existence', 'code', 'importance', 'prominence')", name="about"),
)

resolution_decider = Table("resolution_decider", metadata, to("resolution", key=True), to("member", key=True))

# --- 6: feedback

feedback_group = Table(  # stakeholders who are asked what they think of the results
    "feedback_group",
    metadata,
    own_id(),
    to("study"),
    Column("name", Words, nullable=False),
    words_or_none("note"),
    Column("with_quotes", sa.Boolean, nullable=False),
    Column("with_roles", sa.Boolean, nullable=False),
    Column("smallest", Integer, nullable=False),  # groups of fewer people are not named
    made(),
    retired(),
    CheckConstraint("smallest >= 1", name="smallest"),
)

feedback_invited = Table(
    "feedback_invited",
    metadata,
    own_id(),
    to("study"),
    to("feedback_group"),
    Column("name", Words, nullable=False),
    words_or_none("role"),
    made(),
    retired(),
)

feedback_packet = Table(  # what was handed to a group
    "feedback_packet",
    metadata,
    own_id(),
    to("study"),
    to("feedback_group"),
    Column("sha256", Words, nullable=False),
    made(),
)

feedback_item = Table("feedback_item", metadata, to("feedback_packet", key=True), to("matrix_row", key=True))

feedback_response = Table(
    "feedback_response",
    metadata,
    own_id(),
    to("study"),
    to("feedback_group"),
    to("feedback_invited", nullable=True),  # empty: given by the group as a whole
    to("matrix_row", nullable=True),  # empty: on the whole
    Column("answer", Words, nullable=False),
    words_or_none("text"),
    made(),
    retired(),
    CheckConstraint("answer IN ('agree', 'disagree', 'comment')", name="answer"),
)

feedback_change = Table(  # what changed because of a response, or why nothing did
    "feedback_change",
    metadata,
    own_id(),
    to("study"),
    to("feedback_response"),
    Column("text", Words, nullable=False),
    made(),
    retired(),
)

# --- around the steps

relation = Table(  # how one finding bears on another, or which strategy answered it
    "relation",
    metadata,
    own_id(),
    to("study"),
    to("matrix_row", name="from_row_id"),
    to("matrix_row", name="to_row_id", nullable=True),  # empty: a strategy in words
    Column("kind", Words, nullable=False),
    words_or_none("strategy"),
    Column("outcome", Words),
    words_or_none("note"),
    made(),
    retired(),
    CheckConstraint("kind IN ('causes', 'hampers', 'eases', 'answered_by')", name="kind"),
    CheckConstraint("outcome IN ('accepted', 'worked_around', 'removed')", name="outcome"),
)

relation_excerpt = Table(
    "relation_excerpt",
    metadata,
    to("relation", key=True),
    Column("position", Integer, primary_key=True, autoincrement=False),
    to("document_version", nullable=True),
    to("coding", nullable=True),
    Column("start_char", Integer),
    Column("end_char", Integer),
    Column("quote", Words, nullable=False),
)

programme_event = Table(  # what happened in the programme, for the timeline
    "programme_event",
    metadata,
    own_id(),
    to("study"),
    Column("title", Words, nullable=False),
    Column("begins", Words, nullable=False),  # ISO date
    Column("ends", Words),
    words_or_none("note"),
    made(),
    retired(),
)

register_figure = Table(  # a count that a register gives for a date
    "register_figure",
    metadata,
    own_id(),
    to("study"),
    Column("name", Words, nullable=False),
    Column("at", Words, nullable=False),  # ISO date
    Column("count", sa.Float, nullable=False),
    Column("out_of", sa.Float),
    words_or_none("note"),
    made(),
    retired(),
)

thread = Table(  # a question that is carried through the sources
    "thread", metadata, own_id(), to("study"), Column("question", Words, nullable=False), made(), retired()
)

thread_step = Table(
    "thread_step",
    metadata,
    own_id(),
    to("study"),
    to("thread"),
    Column("position", Integer, nullable=False),
    to("source", nullable=True),
    Column("asked", Words, nullable=False),
    words_or_none("found"),
    to("matrix_row", nullable=True),
    to("finding", nullable=True),
    made(),
    retired(),
)

thread_excerpt = Table(
    "thread_excerpt",
    metadata,
    to("thread_step", key=True),
    Column("position", Integer, primary_key=True, autoincrement=False),
    to("document_version", nullable=True),
    to("coding", nullable=True),
    Column("start_char", Integer),
    Column("end_char", Integer),
    Column("quote", Words, nullable=False),
)

# --- the report

report_text = Table(  # what people write for the report; it stays when numbers are counted anew
    "report_text",
    metadata,
    own_id(),
    to("study"),
    Column("part", Words, nullable=False),
    Column("text", Words, nullable=False),
    made(),
    retired(),
)

reporting_answer = Table(  # an item of a reporting standard, answered by people
    "reporting_answer",
    metadata,
    own_id(),
    to("study"),
    Column("standard", Words, nullable=False),
    Column("item", Integer, nullable=False),
    Column("text", Words, nullable=False),
    made(),
    retired(),
    CheckConstraint("standard IN ('coreq', 'srqr')", name="standard"),
)

index_live_rows(finding, finding_group, existence, judgement, judgements_locked, protocol)
index_live_rows(
    protocol_page,
    source_detail,
    source_guide,
    source_dependence,
    opportunity,
    row_move,
    row_scope,
    sorting_locked,
    source_rating,
    row_importance,
    global_judgement,
    work_up,
    completeness_note,
    resolution,
    feedback_group,
    feedback_invited,
    feedback_response,
    feedback_change,
    relation,
    programme_event,
    register_figure,
    thread,
    thread_step,
    report_text,
    reporting_answer,
)
