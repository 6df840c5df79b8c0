"""Memos on studies, documents, codes and codings."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    op.create_table(
        "research_memo",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("lineage_id", sa.Uuid(), nullable=False),
        sa.Column("study_id", sa.Uuid(), nullable=False),
        sa.Column("author_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("about", sa.Text(), nullable=False),
        sa.Column("about_id", sa.Uuid(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("shared", sa.Boolean(), nullable=False),
        sa.Column("created_event", sa.Integer(), nullable=False),
        sa.Column("retired_event", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "about IN ('study', 'document', 'code', 'coding')", name=op.f("ck_research_memo_about")
        ),
        sa.CheckConstraint(
            "kind IN ('reflexive', 'theoretical', 'methodological', 'codebook')",
            name=op.f("ck_research_memo_kind"),
        ),
        sa.ForeignKeyConstraint(["author_id"], ["member.id"], name=op.f("fk_research_memo_author_id")),
        sa.ForeignKeyConstraint(["study_id"], ["study.id"], name=op.f("fk_research_memo_study_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_research_memo")),
    )
    op.create_index("ix_research_memo_about_id", "research_memo", ["about_id"], unique=False)
