"""Cases as the rows of framework matrices: what speakers said, or documents that share an attribute."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    op.create_table(
        "framework_rows",
        sa.Column("framework_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("attribute", sa.Text(), server_default="", nullable=False),
        sa.CheckConstraint("kind IN ('speaker', 'attribute')", name=op.f("ck_framework_rows_kind")),
        sa.ForeignKeyConstraint(
            ["framework_id"], ["framework.id"], name=op.f("fk_framework_rows_framework_id")
        ),
        sa.PrimaryKeyConstraint("framework_id", name=op.f("pk_framework_rows")),
    )
    op.create_table(
        "framework_case_cell",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("study_id", sa.Uuid(), nullable=False),
        sa.Column("framework_id", sa.Uuid(), nullable=False),
        sa.Column("case_name", sa.Text(), nullable=False),
        sa.Column("code_id", sa.Uuid(), nullable=False),
        sa.Column("author_id", sa.Uuid(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("created_event", sa.Integer(), nullable=False),
        sa.Column("retired_event", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["author_id"], ["member.id"], name=op.f("fk_framework_case_cell_author_id")),
        sa.ForeignKeyConstraint(["code_id"], ["code.id"], name=op.f("fk_framework_case_cell_code_id")),
        sa.ForeignKeyConstraint(
            ["framework_id"], ["framework.id"], name=op.f("fk_framework_case_cell_framework_id")
        ),
        sa.ForeignKeyConstraint(["study_id"], ["study.id"], name=op.f("fk_framework_case_cell_study_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_framework_case_cell")),
    )
    op.create_index(
        "ix_framework_case_cell_framework_id",
        "framework_case_cell",
        ["framework_id", "case_name"],
        unique=False,
    )
    op.create_table(
        "framework_case_excerpt",
        sa.Column("framework_case_cell_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("document_version_id", sa.Uuid(), nullable=False),
        sa.Column("coding_id", sa.Uuid(), nullable=True),
        sa.Column("start_char", sa.Integer(), nullable=False),
        sa.Column("end_char", sa.Integer(), nullable=False),
        sa.Column("quote", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["coding_id"], ["coding.id"], name=op.f("fk_framework_case_excerpt_coding_id")
        ),
        sa.ForeignKeyConstraint(
            ["document_version_id"],
            ["document_version.id"],
            name=op.f("fk_framework_case_excerpt_document_version_id"),
        ),
        sa.ForeignKeyConstraint(
            ["framework_case_cell_id"],
            ["framework_case_cell.id"],
            name=op.f("fk_framework_case_excerpt_framework_case_cell_id"),
        ),
        sa.PrimaryKeyConstraint("framework_case_cell_id", "position", name=op.f("pk_framework_case_excerpt")),
    )
