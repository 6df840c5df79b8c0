"""The protocol whole: its page, sorting, ratings, work-ups, resolutions, feedback, words of the report."""

import sqlalchemy as sa
from alembic import op

from store.types import CanonicalJson

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    op.create_table(
        "feedback_group",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("study_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), server_default="", nullable=False),
        sa.Column("with_quotes", sa.Boolean(), nullable=False),
        sa.Column("with_roles", sa.Boolean(), nullable=False),
        sa.Column("smallest", sa.Integer(), nullable=False),
        sa.Column("created_event", sa.Integer(), nullable=False),
        sa.Column("retired_event", sa.Integer(), nullable=True),
        sa.CheckConstraint("smallest >= 1", name=op.f("ck_feedback_group_smallest")),
        sa.ForeignKeyConstraint(["study_id"], ["study.id"], name=op.f("fk_feedback_group_study_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_feedback_group")),
    )
    op.create_index(
        "ix_feedback_group_live",
        "feedback_group",
        ["study_id"],
        unique=False,
        sqlite_where=sa.text("retired_event IS NULL"),
        postgresql_where=sa.text("retired_event IS NULL"),
    )
    op.create_table(
        "programme_event",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("study_id", sa.Uuid(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("begins", sa.Text(), nullable=False),
        sa.Column("ends", sa.Text(), nullable=True),
        sa.Column("note", sa.Text(), server_default="", nullable=False),
        sa.Column("created_event", sa.Integer(), nullable=False),
        sa.Column("retired_event", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["study_id"], ["study.id"], name=op.f("fk_programme_event_study_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_programme_event")),
    )
    op.create_index(
        "ix_programme_event_live",
        "programme_event",
        ["study_id"],
        unique=False,
        sqlite_where=sa.text("retired_event IS NULL"),
        postgresql_where=sa.text("retired_event IS NULL"),
    )
    op.create_table(
        "protocol_fixed",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("study_id", sa.Uuid(), nullable=False),
        sa.Column("created_event", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["study_id"], ["study.id"], name=op.f("fk_protocol_fixed_study_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_protocol_fixed")),
        sa.UniqueConstraint("study_id", name=op.f("uq_protocol_fixed_study_id")),
    )
    op.create_table(
        "register_figure",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("study_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("count", sa.Float(), nullable=False),
        sa.Column("out_of", sa.Float(), nullable=True),
        sa.Column("note", sa.Text(), server_default="", nullable=False),
        sa.Column("created_event", sa.Integer(), nullable=False),
        sa.Column("retired_event", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["study_id"], ["study.id"], name=op.f("fk_register_figure_study_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_register_figure")),
    )
    op.create_index(
        "ix_register_figure_live",
        "register_figure",
        ["study_id"],
        unique=False,
        sqlite_where=sa.text("retired_event IS NULL"),
        postgresql_where=sa.text("retired_event IS NULL"),
    )
    op.create_table(
        "report_text",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("study_id", sa.Uuid(), nullable=False),
        sa.Column("part", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("created_event", sa.Integer(), nullable=False),
        sa.Column("retired_event", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["study_id"], ["study.id"], name=op.f("fk_report_text_study_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report_text")),
    )
    op.create_index(
        "ix_report_text_live",
        "report_text",
        ["study_id"],
        unique=False,
        sqlite_where=sa.text("retired_event IS NULL"),
        postgresql_where=sa.text("retired_event IS NULL"),
    )
    op.create_table(
        "reporting_answer",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("study_id", sa.Uuid(), nullable=False),
        sa.Column("standard", sa.Text(), nullable=False),
        sa.Column("item", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("created_event", sa.Integer(), nullable=False),
        sa.Column("retired_event", sa.Integer(), nullable=True),
        sa.CheckConstraint("standard IN ('coreq', 'srqr')", name=op.f("ck_reporting_answer_standard")),
        sa.ForeignKeyConstraint(["study_id"], ["study.id"], name=op.f("fk_reporting_answer_study_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reporting_answer")),
    )
    op.create_index(
        "ix_reporting_answer_live",
        "reporting_answer",
        ["study_id"],
        unique=False,
        sqlite_where=sa.text("retired_event IS NULL"),
        postgresql_where=sa.text("retired_event IS NULL"),
    )
    op.create_table(
        "thread",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("study_id", sa.Uuid(), nullable=False),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("created_event", sa.Integer(), nullable=False),
        sa.Column("retired_event", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["study_id"], ["study.id"], name=op.f("fk_thread_study_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_thread")),
    )
    op.create_index(
        "ix_thread_live",
        "thread",
        ["study_id"],
        unique=False,
        sqlite_where=sa.text("retired_event IS NULL"),
        postgresql_where=sa.text("retired_event IS NULL"),
    )
    op.create_table(
        "completeness_note",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("study_id", sa.Uuid(), nullable=False),
        sa.Column("source_id", sa.Uuid(), nullable=False),
        sa.Column("researcher_id", sa.Uuid(), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("created_event", sa.Integer(), nullable=False),
        sa.Column("retired_event", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["researcher_id"], ["member.id"], name=op.f("fk_completeness_note_researcher_id")
        ),
        sa.ForeignKeyConstraint(["source_id"], ["source.id"], name=op.f("fk_completeness_note_source_id")),
        sa.ForeignKeyConstraint(["study_id"], ["study.id"], name=op.f("fk_completeness_note_study_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_completeness_note")),
    )
    op.create_index(
        "ix_completeness_note_live",
        "completeness_note",
        ["study_id"],
        unique=False,
        sqlite_where=sa.text("retired_event IS NULL"),
        postgresql_where=sa.text("retired_event IS NULL"),
    )
    op.create_table(
        "feedback_invited",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("study_id", sa.Uuid(), nullable=False),
        sa.Column("feedback_group_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), server_default="", nullable=False),
        sa.Column("created_event", sa.Integer(), nullable=False),
        sa.Column("retired_event", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["feedback_group_id"], ["feedback_group.id"], name=op.f("fk_feedback_invited_feedback_group_id")
        ),
        sa.ForeignKeyConstraint(["study_id"], ["study.id"], name=op.f("fk_feedback_invited_study_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_feedback_invited")),
    )
    op.create_index(
        "ix_feedback_invited_live",
        "feedback_invited",
        ["study_id"],
        unique=False,
        sqlite_where=sa.text("retired_event IS NULL"),
        postgresql_where=sa.text("retired_event IS NULL"),
    )
    op.create_table(
        "feedback_packet",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("study_id", sa.Uuid(), nullable=False),
        sa.Column("feedback_group_id", sa.Uuid(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("created_event", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["feedback_group_id"], ["feedback_group.id"], name=op.f("fk_feedback_packet_feedback_group_id")
        ),
        sa.ForeignKeyConstraint(["study_id"], ["study.id"], name=op.f("fk_feedback_packet_study_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_feedback_packet")),
    )
    op.create_table(
        "global_judgement",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("study_id", sa.Uuid(), nullable=False),
        sa.Column("researcher_id", sa.Uuid(), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("scale", sa.Text(), nullable=True),
        sa.Column("created_event", sa.Integer(), nullable=False),
        sa.Column("retired_event", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "scale IN ('converging', 'mixed', 'diverging')", name=op.f("ck_global_judgement_scale")
        ),
        sa.ForeignKeyConstraint(
            ["researcher_id"], ["member.id"], name=op.f("fk_global_judgement_researcher_id")
        ),
        sa.ForeignKeyConstraint(["study_id"], ["study.id"], name=op.f("fk_global_judgement_study_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_global_judgement")),
    )
    op.create_index(
        "ix_global_judgement_live",
        "global_judgement",
        ["study_id"],
        unique=False,
        sqlite_where=sa.text("retired_event IS NULL"),
        postgresql_where=sa.text("retired_event IS NULL"),
    )
    op.create_table(
        "protocol_page",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("study_id", sa.Uuid(), nullable=False),
        sa.Column("questions", sa.Text(), server_default="", nullable=False),
        sa.Column("compare", sa.Text(), nullable=False),
        sa.Column("index_source_id", sa.Uuid(), nullable=True),
        sa.Column("sorting", sa.Text(), nullable=False),
        sa.Column("settling", sa.Text(), server_default="", nullable=False),
        sa.Column("created_event", sa.Integer(), nullable=False),
        sa.Column("retired_event", sa.Integer(), nullable=True),
        sa.CheckConstraint("compare IN ('all_pairs', 'index')", name=op.f("ck_protocol_page_compare")),
        sa.CheckConstraint("sorting IN ('together', 'alone')", name=op.f("ck_protocol_page_sorting")),
        sa.ForeignKeyConstraint(
            ["index_source_id"], ["source.id"], name=op.f("fk_protocol_page_index_source_id")
        ),
        sa.ForeignKeyConstraint(["study_id"], ["study.id"], name=op.f("fk_protocol_page_study_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_protocol_page")),
    )
    op.create_index(
        "ix_protocol_page_live",
        "protocol_page",
        ["study_id"],
        unique=False,
        sqlite_where=sa.text("retired_event IS NULL"),
        postgresql_where=sa.text("retired_event IS NULL"),
    )
    op.create_table(
        "sorting_locked",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("study_id", sa.Uuid(), nullable=False),
        sa.Column("researcher_id", sa.Uuid(), nullable=False),
        sa.Column("created_event", sa.Integer(), nullable=False),
        sa.Column("retired_event", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["researcher_id"], ["member.id"], name=op.f("fk_sorting_locked_researcher_id")
        ),
        sa.ForeignKeyConstraint(["study_id"], ["study.id"], name=op.f("fk_sorting_locked_study_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sorting_locked")),
    )
    op.create_index(
        "ix_sorting_locked_live",
        "sorting_locked",
        ["study_id"],
        unique=False,
        sqlite_where=sa.text("retired_event IS NULL"),
        postgresql_where=sa.text("retired_event IS NULL"),
    )
    op.create_table(
        "source_dependence",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("study_id", sa.Uuid(), nullable=False),
        sa.Column("source_a_id", sa.Uuid(), nullable=False),
        sa.Column("source_b_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), server_default="", nullable=False),
        sa.Column("created_event", sa.Integer(), nullable=False),
        sa.Column("retired_event", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "kind IN ('same_people', 'same_study', 'other')", name=op.f("ck_source_dependence_kind")
        ),
        sa.ForeignKeyConstraint(
            ["source_a_id"], ["source.id"], name=op.f("fk_source_dependence_source_a_id")
        ),
        sa.ForeignKeyConstraint(
            ["source_b_id"], ["source.id"], name=op.f("fk_source_dependence_source_b_id")
        ),
        sa.ForeignKeyConstraint(["study_id"], ["study.id"], name=op.f("fk_source_dependence_study_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_source_dependence")),
    )
    op.create_index(
        "ix_source_dependence_live",
        "source_dependence",
        ["study_id"],
        unique=False,
        sqlite_where=sa.text("retired_event IS NULL"),
        postgresql_where=sa.text("retired_event IS NULL"),
    )
    op.create_table(
        "source_detail",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("study_id", sa.Uuid(), nullable=False),
        sa.Column("source_id", sa.Uuid(), nullable=False),
        sa.Column("participants", sa.Text(), server_default="", nullable=False),
        sa.Column("period", sa.Text(), server_default="", nullable=False),
        sa.Column("weight", sa.Text(), nullable=False),
        sa.Column("scale", sa.Text(), nullable=True),
        sa.Column("note", sa.Text(), server_default="", nullable=False),
        sa.Column("created_event", sa.Integer(), nullable=False),
        sa.Column("retired_event", sa.Integer(), nullable=True),
        sa.CheckConstraint("scale IN ('macro', 'meso', 'micro')", name=op.f("ck_source_detail_scale")),
        sa.CheckConstraint("weight IN ('data', 'commentary')", name=op.f("ck_source_detail_weight")),
        sa.ForeignKeyConstraint(["source_id"], ["source.id"], name=op.f("fk_source_detail_source_id")),
        sa.ForeignKeyConstraint(["study_id"], ["study.id"], name=op.f("fk_source_detail_study_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_source_detail")),
    )
    op.create_index(
        "ix_source_detail_live",
        "source_detail",
        ["study_id"],
        unique=False,
        sqlite_where=sa.text("retired_event IS NULL"),
        postgresql_where=sa.text("retired_event IS NULL"),
    )
    op.create_table(
        "source_guide",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("study_id", sa.Uuid(), nullable=False),
        sa.Column("source_id", sa.Uuid(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("created_event", sa.Integer(), nullable=False),
        sa.Column("retired_event", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["source_id"], ["source.id"], name=op.f("fk_source_guide_source_id")),
        sa.ForeignKeyConstraint(["study_id"], ["study.id"], name=op.f("fk_source_guide_study_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_source_guide")),
    )
    op.create_index(
        "ix_source_guide_live",
        "source_guide",
        ["study_id"],
        unique=False,
        sqlite_where=sa.text("retired_event IS NULL"),
        postgresql_where=sa.text("retired_event IS NULL"),
    )
    op.create_table(
        "protocol_code",
        sa.Column("protocol_page_id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("explanation", sa.Text(), server_default="", nullable=False),
        sa.CheckConstraint(
            "code IN ('agreement', 'partial', 'silence', 'dissonance')", name=op.f("ck_protocol_code_code")
        ),
        sa.ForeignKeyConstraint(
            ["protocol_page_id"], ["protocol_page.id"], name=op.f("fk_protocol_code_protocol_page_id")
        ),
        sa.PrimaryKeyConstraint("protocol_page_id", "code", name=op.f("pk_protocol_code")),
    )
    op.create_table(
        "protocol_judge",
        sa.Column("protocol_page_id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_protocol_judge_member_id")),
        sa.ForeignKeyConstraint(
            ["protocol_page_id"], ["protocol_page.id"], name=op.f("fk_protocol_judge_protocol_page_id")
        ),
        sa.PrimaryKeyConstraint("protocol_page_id", "member_id", name=op.f("pk_protocol_judge")),
    )
    op.create_table(
        "source_role",
        sa.Column("source_detail_id", sa.Uuid(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.CheckConstraint("role IN ('collected', 'coded', 'steered')", name=op.f("ck_source_role_role")),
        sa.ForeignKeyConstraint(
            ["source_detail_id"], ["source_detail.id"], name=op.f("fk_source_role_source_detail_id")
        ),
        sa.PrimaryKeyConstraint("source_detail_id", "role", "name", name=op.f("pk_source_role")),
    )
    op.create_table(
        "feedback_item",
        sa.Column("feedback_packet_id", sa.Uuid(), nullable=False),
        sa.Column("matrix_row_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["feedback_packet_id"], ["feedback_packet.id"], name=op.f("fk_feedback_item_feedback_packet_id")
        ),
        sa.ForeignKeyConstraint(
            ["matrix_row_id"], ["matrix_row.id"], name=op.f("fk_feedback_item_matrix_row_id")
        ),
        sa.PrimaryKeyConstraint("feedback_packet_id", "matrix_row_id", name=op.f("pk_feedback_item")),
    )
    op.create_table(
        "feedback_response",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("study_id", sa.Uuid(), nullable=False),
        sa.Column("feedback_group_id", sa.Uuid(), nullable=False),
        sa.Column("feedback_invited_id", sa.Uuid(), nullable=True),
        sa.Column("matrix_row_id", sa.Uuid(), nullable=True),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), server_default="", nullable=False),
        sa.Column("created_event", sa.Integer(), nullable=False),
        sa.Column("retired_event", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "answer IN ('agree', 'disagree', 'comment')", name=op.f("ck_feedback_response_answer")
        ),
        sa.ForeignKeyConstraint(
            ["feedback_group_id"], ["feedback_group.id"], name=op.f("fk_feedback_response_feedback_group_id")
        ),
        sa.ForeignKeyConstraint(
            ["feedback_invited_id"],
            ["feedback_invited.id"],
            name=op.f("fk_feedback_response_feedback_invited_id"),
        ),
        sa.ForeignKeyConstraint(
            ["matrix_row_id"], ["matrix_row.id"], name=op.f("fk_feedback_response_matrix_row_id")
        ),
        sa.ForeignKeyConstraint(["study_id"], ["study.id"], name=op.f("fk_feedback_response_study_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_feedback_response")),
    )
    op.create_index(
        "ix_feedback_response_live",
        "feedback_response",
        ["study_id"],
        unique=False,
        sqlite_where=sa.text("retired_event IS NULL"),
        postgresql_where=sa.text("retired_event IS NULL"),
    )
    op.create_table(
        "opportunity",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("study_id", sa.Uuid(), nullable=False),
        sa.Column("source_id", sa.Uuid(), nullable=False),
        sa.Column("code_id", sa.Uuid(), nullable=False),
        sa.Column("matrix_row_id", sa.Uuid(), nullable=True),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), server_default="", nullable=False),
        sa.Column("created_event", sa.Integer(), nullable=False),
        sa.Column("retired_event", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "state IN ('asked', 'could_be_raised', 'not_asked')", name=op.f("ck_opportunity_state")
        ),
        sa.ForeignKeyConstraint(["code_id"], ["code.id"], name=op.f("fk_opportunity_code_id")),
        sa.ForeignKeyConstraint(
            ["matrix_row_id"], ["matrix_row.id"], name=op.f("fk_opportunity_matrix_row_id")
        ),
        sa.ForeignKeyConstraint(["source_id"], ["source.id"], name=op.f("fk_opportunity_source_id")),
        sa.ForeignKeyConstraint(["study_id"], ["study.id"], name=op.f("fk_opportunity_study_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_opportunity")),
    )
    op.create_index(
        "ix_opportunity_live",
        "opportunity",
        ["study_id"],
        unique=False,
        sqlite_where=sa.text("retired_event IS NULL"),
        postgresql_where=sa.text("retired_event IS NULL"),
    )
    op.create_table(
        "relation",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("study_id", sa.Uuid(), nullable=False),
        sa.Column("from_row_id", sa.Uuid(), nullable=False),
        sa.Column("to_row_id", sa.Uuid(), nullable=True),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("strategy", sa.Text(), server_default="", nullable=False),
        sa.Column("outcome", sa.Text(), nullable=True),
        sa.Column("note", sa.Text(), server_default="", nullable=False),
        sa.Column("created_event", sa.Integer(), nullable=False),
        sa.Column("retired_event", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "kind IN ('causes', 'hampers', 'eases', 'answered_by')", name=op.f("ck_relation_kind")
        ),
        sa.CheckConstraint(
            "outcome IN ('accepted', 'worked_around', 'removed')", name=op.f("ck_relation_outcome")
        ),
        sa.ForeignKeyConstraint(["from_row_id"], ["matrix_row.id"], name=op.f("fk_relation_from_row_id")),
        sa.ForeignKeyConstraint(["study_id"], ["study.id"], name=op.f("fk_relation_study_id")),
        sa.ForeignKeyConstraint(["to_row_id"], ["matrix_row.id"], name=op.f("fk_relation_to_row_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_relation")),
    )
    op.create_index(
        "ix_relation_live",
        "relation",
        ["study_id"],
        unique=False,
        sqlite_where=sa.text("retired_event IS NULL"),
        postgresql_where=sa.text("retired_event IS NULL"),
    )
    op.create_table(
        "resolution",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("study_id", sa.Uuid(), nullable=False),
        sa.Column("matrix_row_id", sa.Uuid(), nullable=False),
        sa.Column("source_a_id", sa.Uuid(), nullable=True),
        sa.Column("source_b_id", sa.Uuid(), nullable=True),
        sa.Column("about", sa.Text(), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("minority", sa.Text(), server_default="", nullable=False),
        sa.Column("minority_id", sa.Uuid(), nullable=True),
        sa.Column("created_event", sa.Integer(), nullable=False),
        sa.Column("retired_event", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "about IN ('existence', 'code', 'importance', 'prominence')", name=op.f("ck_resolution_about")
        ),
        sa.ForeignKeyConstraint(
            ["matrix_row_id"], ["matrix_row.id"], name=op.f("fk_resolution_matrix_row_id")
        ),
        sa.ForeignKeyConstraint(["minority_id"], ["member.id"], name=op.f("fk_resolution_minority_id")),
        sa.ForeignKeyConstraint(["source_a_id"], ["source.id"], name=op.f("fk_resolution_source_a_id")),
        sa.ForeignKeyConstraint(["source_b_id"], ["source.id"], name=op.f("fk_resolution_source_b_id")),
        sa.ForeignKeyConstraint(["study_id"], ["study.id"], name=op.f("fk_resolution_study_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_resolution")),
    )
    op.create_index(
        "ix_resolution_live",
        "resolution",
        ["study_id"],
        unique=False,
        sqlite_where=sa.text("retired_event IS NULL"),
        postgresql_where=sa.text("retired_event IS NULL"),
    )
    op.create_table(
        "row_importance",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("study_id", sa.Uuid(), nullable=False),
        sa.Column("matrix_row_id", sa.Uuid(), nullable=False),
        sa.Column("researcher_id", sa.Uuid(), nullable=False),
        sa.Column("importance", sa.Text(), nullable=False),
        sa.Column("created_event", sa.Integer(), nullable=False),
        sa.Column("retired_event", sa.Integer(), nullable=True),
        sa.CheckConstraint("importance IN ('main', 'minor')", name=op.f("ck_row_importance_importance")),
        sa.ForeignKeyConstraint(
            ["matrix_row_id"], ["matrix_row.id"], name=op.f("fk_row_importance_matrix_row_id")
        ),
        sa.ForeignKeyConstraint(
            ["researcher_id"], ["member.id"], name=op.f("fk_row_importance_researcher_id")
        ),
        sa.ForeignKeyConstraint(["study_id"], ["study.id"], name=op.f("fk_row_importance_study_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_row_importance")),
    )
    op.create_index(
        "ix_row_importance_live",
        "row_importance",
        ["study_id"],
        unique=False,
        sqlite_where=sa.text("retired_event IS NULL"),
        postgresql_where=sa.text("retired_event IS NULL"),
    )
    op.create_table(
        "row_move",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("study_id", sa.Uuid(), nullable=False),
        sa.Column("from_row_id", sa.Uuid(), nullable=False),
        sa.Column("to_row_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("created_event", sa.Integer(), nullable=False),
        sa.Column("retired_event", sa.Integer(), nullable=True),
        sa.CheckConstraint("kind IN ('rename', 'merge', 'match')", name=op.f("ck_row_move_kind")),
        sa.CheckConstraint("from_row_id <> to_row_id", name=op.f("ck_row_move_elsewhere")),
        sa.ForeignKeyConstraint(["from_row_id"], ["matrix_row.id"], name=op.f("fk_row_move_from_row_id")),
        sa.ForeignKeyConstraint(["study_id"], ["study.id"], name=op.f("fk_row_move_study_id")),
        sa.ForeignKeyConstraint(["to_row_id"], ["matrix_row.id"], name=op.f("fk_row_move_to_row_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_row_move")),
    )
    op.create_index(
        "ix_row_move_live",
        "row_move",
        ["study_id"],
        unique=False,
        sqlite_where=sa.text("retired_event IS NULL"),
        postgresql_where=sa.text("retired_event IS NULL"),
    )
    op.create_table(
        "row_scope",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("study_id", sa.Uuid(), nullable=False),
        sa.Column("matrix_row_id", sa.Uuid(), nullable=False),
        sa.Column("participant_group", sa.Text(), nullable=False),
        sa.Column("created_event", sa.Integer(), nullable=False),
        sa.Column("retired_event", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["matrix_row_id"], ["matrix_row.id"], name=op.f("fk_row_scope_matrix_row_id")
        ),
        sa.ForeignKeyConstraint(["study_id"], ["study.id"], name=op.f("fk_row_scope_study_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_row_scope")),
    )
    op.create_index(
        "ix_row_scope_live",
        "row_scope",
        ["study_id"],
        unique=False,
        sqlite_where=sa.text("retired_event IS NULL"),
        postgresql_where=sa.text("retired_event IS NULL"),
    )
    op.create_table(
        "source_rating",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("study_id", sa.Uuid(), nullable=False),
        sa.Column("matrix_row_id", sa.Uuid(), nullable=False),
        sa.Column("source_id", sa.Uuid(), nullable=False),
        sa.Column("researcher_id", sa.Uuid(), nullable=False),
        sa.Column("prominence", sa.Text(), nullable=True),
        sa.Column("note", sa.Text(), server_default="", nullable=False),
        sa.Column("created_event", sa.Integer(), nullable=False),
        sa.Column("retired_event", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "prominence IN ('main', 'secondary', 'passing')", name=op.f("ck_source_rating_prominence")
        ),
        sa.ForeignKeyConstraint(
            ["matrix_row_id"], ["matrix_row.id"], name=op.f("fk_source_rating_matrix_row_id")
        ),
        sa.ForeignKeyConstraint(
            ["researcher_id"], ["member.id"], name=op.f("fk_source_rating_researcher_id")
        ),
        sa.ForeignKeyConstraint(["source_id"], ["source.id"], name=op.f("fk_source_rating_source_id")),
        sa.ForeignKeyConstraint(["study_id"], ["study.id"], name=op.f("fk_source_rating_study_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_source_rating")),
    )
    op.create_index(
        "ix_source_rating_live",
        "source_rating",
        ["study_id"],
        unique=False,
        sqlite_where=sa.text("retired_event IS NULL"),
        postgresql_where=sa.text("retired_event IS NULL"),
    )
    op.create_table(
        "work_up",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("study_id", sa.Uuid(), nullable=False),
        sa.Column("matrix_row_id", sa.Uuid(), nullable=False),
        sa.Column("methods", sa.Text(), server_default="", nullable=False),
        sa.Column("rigour", sa.Text(), server_default="", nullable=False),
        sa.Column("comparability", sa.Text(), server_default="", nullable=False),
        sa.Column("further_data", sa.Text(), server_default="", nullable=False),
        sa.Column("intervention", sa.Text(), server_default="", nullable=False),
        sa.Column("outcomes", sa.Text(), server_default="", nullable=False),
        sa.Column("no_inquiry", sa.Text(), server_default="", nullable=False),
        sa.Column("conclusion", sa.Text(), server_default="", nullable=False),
        sa.Column("created_event", sa.Integer(), nullable=False),
        sa.Column("retired_event", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["matrix_row_id"], ["matrix_row.id"], name=op.f("fk_work_up_matrix_row_id")),
        sa.ForeignKeyConstraint(["study_id"], ["study.id"], name=op.f("fk_work_up_study_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_work_up")),
    )
    op.create_index(
        "ix_work_up_live",
        "work_up",
        ["study_id"],
        unique=False,
        sqlite_where=sa.text("retired_event IS NULL"),
        postgresql_where=sa.text("retired_event IS NULL"),
    )
    op.create_table(
        "feedback_change",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("study_id", sa.Uuid(), nullable=False),
        sa.Column("feedback_response_id", sa.Uuid(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("created_event", sa.Integer(), nullable=False),
        sa.Column("retired_event", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["feedback_response_id"],
            ["feedback_response.id"],
            name=op.f("fk_feedback_change_feedback_response_id"),
        ),
        sa.ForeignKeyConstraint(["study_id"], ["study.id"], name=op.f("fk_feedback_change_study_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_feedback_change")),
    )
    op.create_index(
        "ix_feedback_change_live",
        "feedback_change",
        ["study_id"],
        unique=False,
        sqlite_where=sa.text("retired_event IS NULL"),
        postgresql_where=sa.text("retired_event IS NULL"),
    )
    op.create_table(
        "finding_detail",
        sa.Column("finding_id", sa.Uuid(), nullable=False),
        sa.Column("question", sa.Text(), server_default="", nullable=False),
        sa.Column("sites", CanonicalJson(), nullable=False),
        sa.Column("groups", CanonicalJson(), nullable=False),
        sa.Column("periods", CanonicalJson(), nullable=False),
        sa.Column("origin", sa.Text(), nullable=False),
        sa.Column("scale", sa.Text(), nullable=True),
        sa.Column("weight", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "origin IN ('codings', 'framework', 'survey', 'hand')", name=op.f("ck_finding_detail_origin")
        ),
        sa.CheckConstraint("scale IN ('macro', 'meso', 'micro')", name=op.f("ck_finding_detail_scale")),
        sa.CheckConstraint("weight IN ('data', 'commentary')", name=op.f("ck_finding_detail_weight")),
        sa.ForeignKeyConstraint(["finding_id"], ["finding.id"], name=op.f("fk_finding_detail_finding_id")),
        sa.PrimaryKeyConstraint("finding_id", name=op.f("pk_finding_detail")),
    )
    op.create_table(
        "relation_excerpt",
        sa.Column("relation_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("document_version_id", sa.Uuid(), nullable=True),
        sa.Column("coding_id", sa.Uuid(), nullable=True),
        sa.Column("start_char", sa.Integer(), nullable=True),
        sa.Column("end_char", sa.Integer(), nullable=True),
        sa.Column("quote", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["coding_id"], ["coding.id"], name=op.f("fk_relation_excerpt_coding_id")),
        sa.ForeignKeyConstraint(
            ["document_version_id"],
            ["document_version.id"],
            name=op.f("fk_relation_excerpt_document_version_id"),
        ),
        sa.ForeignKeyConstraint(
            ["relation_id"], ["relation.id"], name=op.f("fk_relation_excerpt_relation_id")
        ),
        sa.PrimaryKeyConstraint("relation_id", "position", name=op.f("pk_relation_excerpt")),
    )
    op.create_table(
        "resolution_decider",
        sa.Column("resolution_id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_resolution_decider_member_id")),
        sa.ForeignKeyConstraint(
            ["resolution_id"], ["resolution.id"], name=op.f("fk_resolution_decider_resolution_id")
        ),
        sa.PrimaryKeyConstraint("resolution_id", "member_id", name=op.f("pk_resolution_decider")),
    )
    op.create_table(
        "thread_step",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("study_id", sa.Uuid(), nullable=False),
        sa.Column("thread_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("source_id", sa.Uuid(), nullable=True),
        sa.Column("asked", sa.Text(), nullable=False),
        sa.Column("found", sa.Text(), server_default="", nullable=False),
        sa.Column("matrix_row_id", sa.Uuid(), nullable=True),
        sa.Column("finding_id", sa.Uuid(), nullable=True),
        sa.Column("created_event", sa.Integer(), nullable=False),
        sa.Column("retired_event", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["finding_id"], ["finding.id"], name=op.f("fk_thread_step_finding_id")),
        sa.ForeignKeyConstraint(
            ["matrix_row_id"], ["matrix_row.id"], name=op.f("fk_thread_step_matrix_row_id")
        ),
        sa.ForeignKeyConstraint(["source_id"], ["source.id"], name=op.f("fk_thread_step_source_id")),
        sa.ForeignKeyConstraint(["study_id"], ["study.id"], name=op.f("fk_thread_step_study_id")),
        sa.ForeignKeyConstraint(["thread_id"], ["thread.id"], name=op.f("fk_thread_step_thread_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_thread_step")),
    )
    op.create_index(
        "ix_thread_step_live",
        "thread_step",
        ["study_id"],
        unique=False,
        sqlite_where=sa.text("retired_event IS NULL"),
        postgresql_where=sa.text("retired_event IS NULL"),
    )
    op.create_table(
        "thread_excerpt",
        sa.Column("thread_step_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("document_version_id", sa.Uuid(), nullable=True),
        sa.Column("coding_id", sa.Uuid(), nullable=True),
        sa.Column("start_char", sa.Integer(), nullable=True),
        sa.Column("end_char", sa.Integer(), nullable=True),
        sa.Column("quote", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["coding_id"], ["coding.id"], name=op.f("fk_thread_excerpt_coding_id")),
        sa.ForeignKeyConstraint(
            ["document_version_id"],
            ["document_version.id"],
            name=op.f("fk_thread_excerpt_document_version_id"),
        ),
        sa.ForeignKeyConstraint(
            ["thread_step_id"], ["thread_step.id"], name=op.f("fk_thread_excerpt_thread_step_id")
        ),
        sa.PrimaryKeyConstraint("thread_step_id", "position", name=op.f("pk_thread_excerpt")),
    )
