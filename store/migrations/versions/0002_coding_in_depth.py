"""What coders say of their codings, where codings came from, and how far people have read."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.create_table(
        "coding_detail",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("study_id", sa.Uuid(), nullable=False),
        sa.Column("lineage_id", sa.Uuid(), nullable=False),
        sa.Column("strength", sa.Text(), nullable=True),
        sa.Column("evidence", sa.Text(), nullable=True),
        sa.Column("actor", sa.Text(), server_default="", nullable=False),
        sa.Column("timepoint", sa.Text(), server_default="", nullable=False),
        sa.Column("certainty", sa.Text(), nullable=True),
        sa.Column("created_event", sa.Integer(), nullable=False),
        sa.Column("retired_event", sa.Integer(), nullable=True),
        sa.CheckConstraint("certainty IN ('sure', 'unsure')", name=op.f("ck_coding_detail_certainty")),
        sa.CheckConstraint(
            "evidence IN ('experienced', 'anticipated', 'wished', 'reported_about_others')",
            name=op.f("ck_coding_detail_evidence"),
        ),
        sa.CheckConstraint("strength IN ('weak', 'strong')", name=op.f("ck_coding_detail_strength")),
        sa.ForeignKeyConstraint(["study_id"], ["study.id"], name=op.f("fk_coding_detail_study_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_coding_detail")),
    )
    op.create_index("ix_coding_detail_lineage_id", "coding_detail", ["lineage_id"], unique=False)
    op.create_table(
        "coding_origin",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("study_id", sa.Uuid(), nullable=False),
        sa.Column("lineage_id", sa.Uuid(), nullable=False),
        sa.Column("origin", sa.Text(), nullable=False),
        sa.Column("pattern", sa.Text(), nullable=False),
        sa.Column("created_event", sa.Integer(), nullable=False),
        sa.CheckConstraint("origin IN ('search', 'rule')", name=op.f("ck_coding_origin_origin")),
        sa.ForeignKeyConstraint(["study_id"], ["study.id"], name=op.f("fk_coding_origin_study_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_coding_origin")),
    )
    op.create_index("ix_coding_origin_lineage_id", "coding_origin", ["lineage_id"], unique=False)
    op.create_table(
        "reading_state",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("study_id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("document_version_id", sa.Uuid(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("created_event", sa.Integer(), nullable=False),
        sa.Column("retired_event", sa.Integer(), nullable=True),
        sa.CheckConstraint("state IN ('reading', 'read')", name=op.f("ck_reading_state_state")),
        sa.ForeignKeyConstraint(
            ["document_version_id"],
            ["document_version.id"],
            name=op.f("fk_reading_state_document_version_id"),
        ),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_reading_state_member_id")),
        sa.ForeignKeyConstraint(["study_id"], ["study.id"], name=op.f("fk_reading_state_study_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reading_state")),
    )
    op.create_index(
        "ix_reading_state_member_id", "reading_state", ["member_id", "document_version_id"], unique=False
    )
