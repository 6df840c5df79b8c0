"""Framework matrices: written summaries with the excerpts they rest on."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    op.create_table(
        "framework",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("study_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("created_event", sa.Integer(), nullable=False),
        sa.Column("retired_event", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["study_id"], ["study.id"], name=op.f("fk_framework_study_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_framework")),
    )
    op.create_table(
        "framework_column",
        sa.Column("framework_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("code_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["code_id"], ["code.id"], name=op.f("fk_framework_column_code_id")),
        sa.ForeignKeyConstraint(
            ["framework_id"], ["framework.id"], name=op.f("fk_framework_column_framework_id")
        ),
        sa.PrimaryKeyConstraint("framework_id", "position", name=op.f("pk_framework_column")),
    )
    op.create_table(
        "framework_cell",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("study_id", sa.Uuid(), nullable=False),
        sa.Column("framework_id", sa.Uuid(), nullable=False),
        sa.Column("document_id", sa.Uuid(), nullable=False),
        sa.Column("code_id", sa.Uuid(), nullable=False),
        sa.Column("author_id", sa.Uuid(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("created_event", sa.Integer(), nullable=False),
        sa.Column("retired_event", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["author_id"], ["member.id"], name=op.f("fk_framework_cell_author_id")),
        sa.ForeignKeyConstraint(["code_id"], ["code.id"], name=op.f("fk_framework_cell_code_id")),
        sa.ForeignKeyConstraint(["document_id"], ["document.id"], name=op.f("fk_framework_cell_document_id")),
        sa.ForeignKeyConstraint(
            ["framework_id"], ["framework.id"], name=op.f("fk_framework_cell_framework_id")
        ),
        sa.ForeignKeyConstraint(["study_id"], ["study.id"], name=op.f("fk_framework_cell_study_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_framework_cell")),
    )
    op.create_index(
        "ix_framework_cell_framework_id", "framework_cell", ["framework_id", "document_id"], unique=False
    )
    op.create_table(
        "framework_excerpt",
        sa.Column("framework_cell_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("document_version_id", sa.Uuid(), nullable=False),
        sa.Column("coding_id", sa.Uuid(), nullable=True),
        sa.Column("start_char", sa.Integer(), nullable=False),
        sa.Column("end_char", sa.Integer(), nullable=False),
        sa.Column("quote", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["coding_id"], ["coding.id"], name=op.f("fk_framework_excerpt_coding_id")),
        sa.ForeignKeyConstraint(
            ["document_version_id"],
            ["document_version.id"],
            name=op.f("fk_framework_excerpt_document_version_id"),
        ),
        sa.ForeignKeyConstraint(
            ["framework_cell_id"], ["framework_cell.id"], name=op.f("fk_framework_excerpt_framework_cell_id")
        ),
        sa.PrimaryKeyConstraint("framework_cell_id", "position", name=op.f("pk_framework_excerpt")),
    )
