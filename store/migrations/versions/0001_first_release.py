"""The schema of the first release."""

import sqlalchemy as sa
from alembic import op

from store.types import CanonicalJson

revision = "0001"
down_revision = None


def upgrade() -> None:
    op.create_table(
        "study",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("log_key", sa.LargeBinary(length=32), nullable=False),
        sa.Column("created_event", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_study")),
        sa.UniqueConstraint("name", name=op.f("uq_study_name")),
    )
    op.create_table(
        "codebook",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("study_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("created_event", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["study_id"], ["study.id"], name=op.f("fk_codebook_study_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_codebook")),
    )
    op.create_table(
        "event",
        sa.Column("study_id", sa.Uuid(), nullable=False),
        sa.Column("seq", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("operation_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("actor_id", sa.Uuid(), nullable=False),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("entity", sa.Text(), nullable=False),
        sa.Column("entity_id", sa.Uuid(), nullable=False),
        sa.Column("detail", CanonicalJson(), nullable=False),
        sa.Column("rows_hmac", sa.Text(), nullable=False),
        sa.Column("reason_hmac", sa.Text(), nullable=True),
        sa.Column("app_version", sa.Text(), nullable=False),
        sa.Column("previous", sa.Text(), nullable=False),
        sa.Column("hash", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["study_id"], ["study.id"], name=op.f("fk_event_study_id")),
        sa.PrimaryKeyConstraint("study_id", "seq", name=op.f("pk_event")),
        sa.UniqueConstraint("operation_id", name=op.f("uq_event_operation_id")),
    )
    op.create_index("ix_event_entity_id", "event", ["entity_id"], unique=False)
    op.create_table(
        "head",
        sa.Column("study_id", sa.Uuid(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("hash", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["study_id"], ["study.id"], name=op.f("fk_head_study_id")),
        sa.PrimaryKeyConstraint("study_id", name=op.f("pk_head")),
    )
    op.create_table(
        "member",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("study_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("created_event", sa.Integer(), nullable=False),
        sa.Column("retired_event", sa.Integer(), nullable=True),
        sa.CheckConstraint("role IN ('lead', 'researcher')", name=op.f("ck_member_role")),
        sa.ForeignKeyConstraint(["study_id"], ["study.id"], name=op.f("fk_member_study_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_member")),
        sa.UniqueConstraint("study_id", "name", name=op.f("uq_member_study_id_name")),
    )
    op.create_table(
        "protocol",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("study_id", sa.Uuid(), nullable=False),
        sa.Column("rule", sa.Text(), nullable=False),
        sa.Column("created_event", sa.Integer(), nullable=False),
        sa.Column("retired_event", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["study_id"], ["study.id"], name=op.f("fk_protocol_study_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_protocol")),
    )
    op.create_index(
        "ix_protocol_live",
        "protocol",
        ["study_id"],
        unique=False,
        sqlite_where=sa.text("retired_event IS NULL"),
        postgresql_where=sa.text("retired_event IS NULL"),
    )
    op.create_table(
        "source",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("study_id", sa.Uuid(), nullable=False),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("created_event", sa.Integer(), nullable=False),
        sa.Column("retired_event", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["study_id"], ["study.id"], name=op.f("fk_source_study_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_source")),
        sa.UniqueConstraint("study_id", "label", name=op.f("uq_source_study_id_label")),
    )
    op.create_table(
        "code",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("study_id", sa.Uuid(), nullable=False),
        sa.Column("codebook_id", sa.Uuid(), nullable=False),
        sa.Column("created_event", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["codebook_id"], ["codebook.id"], name=op.f("fk_code_codebook_id")),
        sa.ForeignKeyConstraint(["study_id"], ["study.id"], name=op.f("fk_code_study_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_code")),
    )
    op.create_table(
        "codebook_version",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("study_id", sa.Uuid(), nullable=False),
        sa.Column("codebook_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("rules", CanonicalJson(), nullable=False),
        sa.Column("rollups", CanonicalJson(), nullable=False),
        sa.Column("created_event", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["codebook_id"], ["codebook.id"], name=op.f("fk_codebook_version_codebook_id")
        ),
        sa.ForeignKeyConstraint(["study_id"], ["study.id"], name=op.f("fk_codebook_version_study_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_codebook_version")),
        sa.UniqueConstraint("codebook_id", "number", name=op.f("uq_codebook_version_codebook_id_number")),
    )
    op.create_table(
        "document",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("study_id", sa.Uuid(), nullable=False),
        sa.Column("source_id", sa.Uuid(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("date", sa.Date(), nullable=True),
        sa.Column("language", sa.Text(), nullable=True),
        sa.Column("raw_sha256", sa.Text(), nullable=False),
        sa.Column("created_event", sa.Integer(), nullable=False),
        sa.Column("retired_event", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["source_id"], ["source.id"], name=op.f("fk_document_source_id")),
        sa.ForeignKeyConstraint(["study_id"], ["study.id"], name=op.f("fk_document_study_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_document")),
        sa.UniqueConstraint("study_id", "raw_sha256", name=op.f("uq_document_study_id_raw_sha256")),
    )
    op.create_index("ix_document_source_id", "document", ["source_id"], unique=False)
    op.create_table(
        "event_reason",
        sa.Column("study_id", sa.Uuid(), nullable=False),
        sa.Column("seq", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["study_id", "seq"], ["event.study_id", "event.seq"], name=op.f("fk_event_reason_study_id_seq")
        ),
        sa.PrimaryKeyConstraint("study_id", "seq", name=op.f("pk_event_reason")),
    )
    op.create_table(
        "judgements_locked",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("study_id", sa.Uuid(), nullable=False),
        sa.Column("researcher_id", sa.Uuid(), nullable=False),
        sa.Column("created_event", sa.Integer(), nullable=False),
        sa.Column("retired_event", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["researcher_id"], ["member.id"], name=op.f("fk_judgements_locked_researcher_id")
        ),
        sa.ForeignKeyConstraint(["study_id"], ["study.id"], name=op.f("fk_judgements_locked_study_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_judgements_locked")),
    )
    op.create_index(
        "ix_judgements_locked_live",
        "judgements_locked",
        ["study_id"],
        unique=False,
        sqlite_where=sa.text("retired_event IS NULL"),
        postgresql_where=sa.text("retired_event IS NULL"),
    )
    op.create_table(
        "memo",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("study_id", sa.Uuid(), nullable=False),
        sa.Column("lineage_id", sa.Uuid(), nullable=False),
        sa.Column("author_id", sa.Uuid(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("created_event", sa.Integer(), nullable=False),
        sa.Column("retired_event", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["author_id"], ["member.id"], name=op.f("fk_memo_author_id")),
        sa.ForeignKeyConstraint(["study_id"], ["study.id"], name=op.f("fk_memo_study_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_memo")),
    )
    op.create_index("ix_memo_lineage_id", "memo", ["lineage_id"], unique=False)
    op.create_table(
        "code_revision",
        sa.Column("codebook_version_id", sa.Uuid(), nullable=False),
        sa.Column("code_id", sa.Uuid(), nullable=False),
        sa.Column("parent_id", sa.Uuid(), nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("label", CanonicalJson(), nullable=False),
        sa.Column("definition", sa.Text(), server_default="", nullable=False),
        sa.Column("include", sa.Text(), server_default="", nullable=False),
        sa.Column("exclude", sa.Text(), server_default="", nullable=False),
        sa.Column("example", sa.Text(), server_default="", nullable=False),
        sa.Column("ticd", sa.Text(), server_default="", nullable=False),
        sa.Column("cfir2022", sa.Text(), server_default="", nullable=False),
        sa.ForeignKeyConstraint(["code_id"], ["code.id"], name=op.f("fk_code_revision_code_id")),
        sa.ForeignKeyConstraint(
            ["codebook_version_id"],
            ["codebook_version.id"],
            name=op.f("fk_code_revision_codebook_version_id"),
        ),
        sa.ForeignKeyConstraint(["parent_id"], ["code.id"], name=op.f("fk_code_revision_parent_id")),
        sa.PrimaryKeyConstraint("codebook_version_id", "code_id", name=op.f("pk_code_revision")),
        sa.UniqueConstraint(
            "codebook_version_id", "key", name=op.f("uq_code_revision_codebook_version_id_key")
        ),
    )
    op.create_table(
        "coding_round",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("study_id", sa.Uuid(), nullable=False),
        sa.Column("codebook_version_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("blind", sa.Boolean(), nullable=False),
        sa.Column("created_event", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["codebook_version_id"], ["codebook_version.id"], name=op.f("fk_coding_round_codebook_version_id")
        ),
        sa.ForeignKeyConstraint(["study_id"], ["study.id"], name=op.f("fk_coding_round_study_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_coding_round")),
        sa.UniqueConstraint("study_id", "name", name=op.f("uq_coding_round_study_id_name")),
    )
    op.create_table(
        "document_attribute",
        sa.Column("document_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["document_id"], ["document.id"], name=op.f("fk_document_attribute_document_id")
        ),
        sa.PrimaryKeyConstraint("document_id", "name", name=op.f("pk_document_attribute")),
    )
    op.create_table(
        "document_version",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("study_id", sa.Uuid(), nullable=False),
        sa.Column("document_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("text_sha256", sa.Text(), nullable=False),
        sa.Column("characters", sa.Integer(), nullable=False),
        sa.Column("words", sa.Integer(), nullable=False),
        sa.Column("created_event", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["document_id"], ["document.id"], name=op.f("fk_document_version_document_id")
        ),
        sa.ForeignKeyConstraint(["study_id"], ["study.id"], name=op.f("fk_document_version_study_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_document_version")),
        sa.UniqueConstraint("document_id", "number", name=op.f("uq_document_version_document_id_number")),
    )
    op.create_table(
        "matrix_row",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("study_id", sa.Uuid(), nullable=False),
        sa.Column("code_id", sa.Uuid(), nullable=False),
        sa.Column("statement", sa.Text(), server_default="", nullable=False),
        sa.Column("created_event", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["code_id"], ["code.id"], name=op.f("fk_matrix_row_code_id")),
        sa.ForeignKeyConstraint(["study_id"], ["study.id"], name=op.f("fk_matrix_row_study_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_matrix_row")),
        sa.UniqueConstraint(
            "study_id", "code_id", "statement", name=op.f("uq_matrix_row_study_id_code_id_statement")
        ),
    )
    op.create_table(
        "coding",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("lineage_id", sa.Uuid(), nullable=False),
        sa.Column("study_id", sa.Uuid(), nullable=False),
        sa.Column("document_version_id", sa.Uuid(), nullable=False),
        sa.Column("coder_id", sa.Uuid(), nullable=False),
        sa.Column("code_id", sa.Uuid(), nullable=False),
        sa.Column("codebook_version_id", sa.Uuid(), nullable=False),
        sa.Column("coding_round_id", sa.Uuid(), nullable=True),
        sa.Column("start_char", sa.Integer(), nullable=False),
        sa.Column("end_char", sa.Integer(), nullable=False),
        sa.Column("quote", sa.Text(), nullable=False),
        sa.Column("prefix", sa.Text(), nullable=False),
        sa.Column("suffix", sa.Text(), nullable=False),
        sa.Column("valence", sa.Text(), nullable=True),
        sa.Column("created_event", sa.Integer(), nullable=False),
        sa.Column("retired_event", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "valence IN ('facilitator', 'barrier', 'mixed', 'neutral')", name=op.f("ck_coding_valence")
        ),
        sa.CheckConstraint("start_char >= 0 AND end_char > start_char", name=op.f("ck_coding_span")),
        sa.ForeignKeyConstraint(["code_id"], ["code.id"], name=op.f("fk_coding_code_id")),
        sa.ForeignKeyConstraint(
            ["codebook_version_id"], ["codebook_version.id"], name=op.f("fk_coding_codebook_version_id")
        ),
        sa.ForeignKeyConstraint(["coder_id"], ["member.id"], name=op.f("fk_coding_coder_id")),
        sa.ForeignKeyConstraint(
            ["coding_round_id"], ["coding_round.id"], name=op.f("fk_coding_coding_round_id")
        ),
        sa.ForeignKeyConstraint(
            ["document_version_id"], ["document_version.id"], name=op.f("fk_coding_document_version_id")
        ),
        sa.ForeignKeyConstraint(["study_id"], ["study.id"], name=op.f("fk_coding_study_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_coding")),
    )
    op.create_index("ix_coding_code_id", "coding", ["code_id", "document_version_id"], unique=False)
    op.create_index("ix_coding_lineage_id", "coding", ["lineage_id"], unique=False)
    op.create_index(
        "ix_coding_live",
        "coding",
        ["document_version_id", "start_char", "end_char"],
        unique=False,
        sqlite_where=sa.text("retired_event IS NULL"),
        postgresql_where=sa.text("retired_event IS NULL"),
    )
    op.create_table(
        "existence",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("study_id", sa.Uuid(), nullable=False),
        sa.Column("matrix_row_id", sa.Uuid(), nullable=False),
        sa.Column("source_id", sa.Uuid(), nullable=False),
        sa.Column("researcher_id", sa.Uuid(), nullable=False),
        sa.Column("speaks", sa.Boolean(), nullable=False),
        sa.Column("created_event", sa.Integer(), nullable=False),
        sa.Column("retired_event", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["matrix_row_id"], ["matrix_row.id"], name=op.f("fk_existence_matrix_row_id")
        ),
        sa.ForeignKeyConstraint(["researcher_id"], ["member.id"], name=op.f("fk_existence_researcher_id")),
        sa.ForeignKeyConstraint(["source_id"], ["source.id"], name=op.f("fk_existence_source_id")),
        sa.ForeignKeyConstraint(["study_id"], ["study.id"], name=op.f("fk_existence_study_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_existence")),
    )
    op.create_index(
        "ix_existence_live",
        "existence",
        ["study_id"],
        unique=False,
        sqlite_where=sa.text("retired_event IS NULL"),
        postgresql_where=sa.text("retired_event IS NULL"),
    )
    op.create_table(
        "finding",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("study_id", sa.Uuid(), nullable=False),
        sa.Column("source_id", sa.Uuid(), nullable=False),
        sa.Column("matrix_row_id", sa.Uuid(), nullable=False),
        sa.Column("researcher_id", sa.Uuid(), nullable=True),
        sa.Column("statement", sa.Text(), nullable=False),
        sa.Column("valence", sa.Text(), nullable=True),
        sa.Column("prominence", sa.Text(), nullable=True),
        sa.Column("coverage", sa.Text(), server_default="", nullable=False),
        sa.Column("importance", sa.Text(), nullable=True),
        sa.Column("created_event", sa.Integer(), nullable=False),
        sa.Column("retired_event", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["matrix_row_id"], ["matrix_row.id"], name=op.f("fk_finding_matrix_row_id")),
        sa.ForeignKeyConstraint(["researcher_id"], ["member.id"], name=op.f("fk_finding_researcher_id")),
        sa.ForeignKeyConstraint(["source_id"], ["source.id"], name=op.f("fk_finding_source_id")),
        sa.ForeignKeyConstraint(["study_id"], ["study.id"], name=op.f("fk_finding_study_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_finding")),
    )
    op.create_index(
        "ix_finding_live",
        "finding",
        ["study_id"],
        unique=False,
        sqlite_where=sa.text("retired_event IS NULL"),
        postgresql_where=sa.text("retired_event IS NULL"),
    )
    op.create_table(
        "finished",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("study_id", sa.Uuid(), nullable=False),
        sa.Column("coding_round_id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("document_version_id", sa.Uuid(), nullable=False),
        sa.Column("created_event", sa.Integer(), nullable=False),
        sa.Column("retired_event", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["coding_round_id"], ["coding_round.id"], name=op.f("fk_finished_coding_round_id")
        ),
        sa.ForeignKeyConstraint(
            ["document_version_id"], ["document_version.id"], name=op.f("fk_finished_document_version_id")
        ),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_finished_member_id")),
        sa.ForeignKeyConstraint(["study_id"], ["study.id"], name=op.f("fk_finished_study_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_finished")),
    )
    op.create_index(
        "ix_finished_round", "finished", ["coding_round_id", "member_id", "document_version_id"], unique=False
    )
    op.create_table(
        "judgement",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("study_id", sa.Uuid(), nullable=False),
        sa.Column("matrix_row_id", sa.Uuid(), nullable=False),
        sa.Column("source_a_id", sa.Uuid(), nullable=False),
        sa.Column("source_b_id", sa.Uuid(), nullable=False),
        sa.Column("researcher_id", sa.Uuid(), nullable=False),
        sa.Column("meaning", sa.Text(), nullable=True),
        sa.Column("prominence", sa.Text(), nullable=True),
        sa.Column("coverage", sa.Text(), nullable=True),
        sa.Column("examples", sa.Text(), nullable=True),
        sa.Column("assigned", sa.Text(), nullable=True),
        sa.Column("silence", sa.Text(), nullable=True),
        sa.Column("expected", sa.Text(), nullable=True),
        sa.Column("reason", sa.Text(), server_default="", nullable=False),
        sa.Column("created_event", sa.Integer(), nullable=False),
        sa.Column("retired_event", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["matrix_row_id"], ["matrix_row.id"], name=op.f("fk_judgement_matrix_row_id")
        ),
        sa.ForeignKeyConstraint(["researcher_id"], ["member.id"], name=op.f("fk_judgement_researcher_id")),
        sa.ForeignKeyConstraint(["source_a_id"], ["source.id"], name=op.f("fk_judgement_source_a_id")),
        sa.ForeignKeyConstraint(["source_b_id"], ["source.id"], name=op.f("fk_judgement_source_b_id")),
        sa.ForeignKeyConstraint(["study_id"], ["study.id"], name=op.f("fk_judgement_study_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_judgement")),
    )
    op.create_index(
        "ix_judgement_live",
        "judgement",
        ["study_id"],
        unique=False,
        sqlite_where=sa.text("retired_event IS NULL"),
        postgresql_where=sa.text("retired_event IS NULL"),
    )
    op.create_table(
        "reveal",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("study_id", sa.Uuid(), nullable=False),
        sa.Column("coding_round_id", sa.Uuid(), nullable=False),
        sa.Column("created_event", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["coding_round_id"], ["coding_round.id"], name=op.f("fk_reveal_coding_round_id")
        ),
        sa.ForeignKeyConstraint(["study_id"], ["study.id"], name=op.f("fk_reveal_study_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reveal")),
        sa.UniqueConstraint("coding_round_id", name=op.f("uq_reveal_coding_round_id")),
    )
    op.create_table(
        "round_coder",
        sa.Column("coding_round_id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["coding_round_id"], ["coding_round.id"], name=op.f("fk_round_coder_coding_round_id")
        ),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_round_coder_member_id")),
        sa.PrimaryKeyConstraint("coding_round_id", "member_id", name=op.f("pk_round_coder")),
    )
    op.create_table(
        "round_document",
        sa.Column("coding_round_id", sa.Uuid(), nullable=False),
        sa.Column("document_version_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["coding_round_id"], ["coding_round.id"], name=op.f("fk_round_document_coding_round_id")
        ),
        sa.ForeignKeyConstraint(
            ["document_version_id"],
            ["document_version.id"],
            name=op.f("fk_round_document_document_version_id"),
        ),
        sa.PrimaryKeyConstraint("coding_round_id", "document_version_id", name=op.f("pk_round_document")),
    )
    op.create_table(
        "section",
        sa.Column("document_version_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("start_char", sa.Integer(), nullable=False),
        sa.Column("end_char", sa.Integer(), nullable=False),
        sa.Column("level", sa.Integer(), nullable=True),
        sa.Column("speaker", sa.Text(), nullable=True),
        sa.Column("seconds", sa.Float(), nullable=True),
        sa.CheckConstraint("start_char >= 0 AND end_char > start_char", name=op.f("ck_section_span")),
        sa.ForeignKeyConstraint(
            ["document_version_id"], ["document_version.id"], name=op.f("fk_section_document_version_id")
        ),
        sa.PrimaryKeyConstraint("document_version_id", "position", name=op.f("pk_section")),
    )
    op.create_table(
        "finding_excerpt",
        sa.Column("finding_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("document_version_id", sa.Uuid(), nullable=True),
        sa.Column("coding_id", sa.Uuid(), nullable=True),
        sa.Column("start_char", sa.Integer(), nullable=True),
        sa.Column("end_char", sa.Integer(), nullable=True),
        sa.Column("quote", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["coding_id"], ["coding.id"], name=op.f("fk_finding_excerpt_coding_id")),
        sa.ForeignKeyConstraint(
            ["document_version_id"],
            ["document_version.id"],
            name=op.f("fk_finding_excerpt_document_version_id"),
        ),
        sa.ForeignKeyConstraint(["finding_id"], ["finding.id"], name=op.f("fk_finding_excerpt_finding_id")),
        sa.PrimaryKeyConstraint("finding_id", "position", name=op.f("pk_finding_excerpt")),
    )
