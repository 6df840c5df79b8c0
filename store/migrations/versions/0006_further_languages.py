"""What codes mean in further languages, and findings that count in another group of a roll-up."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    op.create_table(
        "code_text",
        sa.Column("codebook_version_id", sa.Uuid(), nullable=False),
        sa.Column("code_id", sa.Uuid(), nullable=False),
        sa.Column("part", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.CheckConstraint("part IN ('definition', 'include', 'exclude')", name=op.f("ck_code_text_part")),
        sa.ForeignKeyConstraint(["code_id"], ["code.id"], name=op.f("fk_code_text_code_id")),
        sa.ForeignKeyConstraint(
            ["codebook_version_id"], ["codebook_version.id"], name=op.f("fk_code_text_codebook_version_id")
        ),
        sa.PrimaryKeyConstraint(
            "codebook_version_id", "code_id", "part", "language", name=op.f("pk_code_text")
        ),
    )
    op.create_table(
        "finding_group",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("study_id", sa.Uuid(), nullable=False),
        sa.Column("finding_id", sa.Uuid(), nullable=False),
        sa.Column("rollup", sa.Text(), nullable=False),
        sa.Column("in_group", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("created_event", sa.Integer(), nullable=False),
        sa.Column("retired_event", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["finding_id"], ["finding.id"], name=op.f("fk_finding_group_finding_id")),
        sa.ForeignKeyConstraint(["study_id"], ["study.id"], name=op.f("fk_finding_group_study_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_finding_group")),
    )
    op.create_index(
        "ix_finding_group_live",
        "finding_group",
        ["study_id"],
        unique=False,
        sqlite_where=sa.text("retired_event IS NULL"),
        postgresql_where=sa.text("retired_event IS NULL"),
    )
