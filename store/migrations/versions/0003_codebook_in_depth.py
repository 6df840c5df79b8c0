"""Proposed codes, colours, terms and examples of codes, questions and decisions of codebooks."""

import sqlalchemy as sa
from alembic import op

from store.types import CanonicalJson

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.create_table(
        "code_proposal",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("study_id", sa.Uuid(), nullable=False),
        sa.Column("code_id", sa.Uuid(), nullable=False),
        sa.Column("parent_id", sa.Uuid(), nullable=True),
        sa.Column("author_id", sa.Uuid(), nullable=False),
        sa.Column("coding_round_id", sa.Uuid(), nullable=True),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("label", CanonicalJson(), nullable=False),
        sa.Column("definition", sa.Text(), server_default="", nullable=False),
        sa.Column("created_event", sa.Integer(), nullable=False),
        sa.Column("retired_event", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["author_id"], ["member.id"], name=op.f("fk_code_proposal_author_id")),
        sa.ForeignKeyConstraint(["code_id"], ["code.id"], name=op.f("fk_code_proposal_code_id")),
        sa.ForeignKeyConstraint(
            ["coding_round_id"], ["coding_round.id"], name=op.f("fk_code_proposal_coding_round_id")
        ),
        sa.ForeignKeyConstraint(["parent_id"], ["code.id"], name=op.f("fk_code_proposal_parent_id")),
        sa.ForeignKeyConstraint(["study_id"], ["study.id"], name=op.f("fk_code_proposal_study_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_code_proposal")),
    )
    op.create_index("ix_code_proposal_code_id", "code_proposal", ["code_id"], unique=False)
    op.create_table(
        "proposal_decision",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("study_id", sa.Uuid(), nullable=False),
        sa.Column("code_proposal_id", sa.Uuid(), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("into_id", sa.Uuid(), nullable=True),
        sa.Column("created_event", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "outcome IN ('accepted', 'matched', 'declined')", name=op.f("ck_proposal_decision_outcome")
        ),
        sa.ForeignKeyConstraint(
            ["code_proposal_id"], ["code_proposal.id"], name=op.f("fk_proposal_decision_code_proposal_id")
        ),
        sa.ForeignKeyConstraint(["into_id"], ["code.id"], name=op.f("fk_proposal_decision_into_id")),
        sa.ForeignKeyConstraint(["study_id"], ["study.id"], name=op.f("fk_proposal_decision_study_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_proposal_decision")),
        sa.UniqueConstraint("code_proposal_id", name=op.f("uq_proposal_decision_code_proposal_id")),
    )
    op.create_table(
        "code_detail",
        sa.Column("codebook_version_id", sa.Uuid(), nullable=False),
        sa.Column("code_id", sa.Uuid(), nullable=False),
        sa.Column("colour", sa.Text(), server_default="", nullable=False),
        sa.Column("terms", CanonicalJson(), nullable=False),
        sa.ForeignKeyConstraint(["code_id"], ["code.id"], name=op.f("fk_code_detail_code_id")),
        sa.ForeignKeyConstraint(
            ["codebook_version_id"], ["codebook_version.id"], name=op.f("fk_code_detail_codebook_version_id")
        ),
        sa.PrimaryKeyConstraint("codebook_version_id", "code_id", name=op.f("pk_code_detail")),
    )
    op.create_table(
        "code_example",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("study_id", sa.Uuid(), nullable=False),
        sa.Column("code_id", sa.Uuid(), nullable=False),
        sa.Column("document_version_id", sa.Uuid(), nullable=False),
        sa.Column("start_char", sa.Integer(), nullable=False),
        sa.Column("end_char", sa.Integer(), nullable=False),
        sa.Column("quote", sa.Text(), nullable=False),
        sa.Column("created_event", sa.Integer(), nullable=False),
        sa.Column("retired_event", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["code_id"], ["code.id"], name=op.f("fk_code_example_code_id")),
        sa.ForeignKeyConstraint(
            ["document_version_id"], ["document_version.id"], name=op.f("fk_code_example_document_version_id")
        ),
        sa.ForeignKeyConstraint(["study_id"], ["study.id"], name=op.f("fk_code_example_study_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_code_example")),
    )
    op.create_index("ix_code_example_code_id", "code_example", ["code_id"], unique=False)
    op.create_table(
        "codebook_question",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("study_id", sa.Uuid(), nullable=False),
        sa.Column("codebook_id", sa.Uuid(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("created_event", sa.Integer(), nullable=False),
        sa.Column("retired_event", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["codebook_id"], ["codebook.id"], name=op.f("fk_codebook_question_codebook_id")
        ),
        sa.ForeignKeyConstraint(["study_id"], ["study.id"], name=op.f("fk_codebook_question_study_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_codebook_question")),
    )
    op.create_table(
        "codebook_decision",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("study_id", sa.Uuid(), nullable=False),
        sa.Column("codebook_id", sa.Uuid(), nullable=False),
        sa.Column("code_id", sa.Uuid(), nullable=True),
        sa.Column("author_id", sa.Uuid(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("created_event", sa.Integer(), nullable=False),
        sa.Column("retired_event", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["author_id"], ["member.id"], name=op.f("fk_codebook_decision_author_id")),
        sa.ForeignKeyConstraint(["code_id"], ["code.id"], name=op.f("fk_codebook_decision_code_id")),
        sa.ForeignKeyConstraint(
            ["codebook_id"], ["codebook.id"], name=op.f("fk_codebook_decision_codebook_id")
        ),
        sa.ForeignKeyConstraint(["study_id"], ["study.id"], name=op.f("fk_codebook_decision_study_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_codebook_decision")),
    )
