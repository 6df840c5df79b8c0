"""Planning, settling and packages: what was promised, what was decided, what went out and came back."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    op.create_table(
        "coding_plan",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("study_id", sa.Uuid(), nullable=False),
        sa.Column("approach", sa.Text(), nullable=False),
        sa.Column("unit", sa.Text(), nullable=False),
        sa.Column("level", sa.Text(), nullable=False),
        sa.Column("wanted", sa.Float(), nullable=True),
        sa.Column("code_share", sa.Float(), nullable=True),
        sa.Column("reason", sa.Text(), server_default="", nullable=False),
        sa.Column("created_event", sa.Integer(), nullable=False),
        sa.Column("retired_event", sa.Integer(), nullable=True),
        sa.CheckConstraint("approach IN ('coefficients', 'reflexive')", name=op.f("ck_coding_plan_approach")),
        sa.CheckConstraint("level IN ('level', 'theme')", name=op.f("ck_coding_plan_level")),
        sa.CheckConstraint("unit IN ('section', 'sentence', 'document')", name=op.f("ck_coding_plan_unit")),
        sa.ForeignKeyConstraint(["study_id"], ["study.id"], name=op.f("fk_coding_plan_study_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_coding_plan")),
    )
    op.create_table(
        "plan_document",
        sa.Column("coding_plan_id", sa.Uuid(), nullable=False),
        sa.Column("document_id", sa.Uuid(), nullable=False),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "purpose IN ('pilot', 'reliability', 'main')", name=op.f("ck_plan_document_purpose")
        ),
        sa.ForeignKeyConstraint(
            ["coding_plan_id"], ["coding_plan.id"], name=op.f("fk_plan_document_coding_plan_id")
        ),
        sa.ForeignKeyConstraint(["document_id"], ["document.id"], name=op.f("fk_plan_document_document_id")),
        sa.PrimaryKeyConstraint("coding_plan_id", "document_id", name=op.f("pk_plan_document")),
    )
    op.create_table(
        "round_purpose",
        sa.Column("coding_round_id", sa.Uuid(), nullable=False),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("unit", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "purpose IN ('calibration', 'reliability')", name=op.f("ck_round_purpose_purpose")
        ),
        sa.CheckConstraint("unit IN ('section', 'sentence', 'document')", name=op.f("ck_round_purpose_unit")),
        sa.ForeignKeyConstraint(
            ["coding_round_id"], ["coding_round.id"], name=op.f("fk_round_purpose_coding_round_id")
        ),
        sa.PrimaryKeyConstraint("coding_round_id", name=op.f("pk_round_purpose")),
    )
    op.create_table(
        "document_reveal",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("study_id", sa.Uuid(), nullable=False),
        sa.Column("coding_round_id", sa.Uuid(), nullable=False),
        sa.Column("document_version_id", sa.Uuid(), nullable=False),
        sa.Column("created_event", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["coding_round_id"], ["coding_round.id"], name=op.f("fk_document_reveal_coding_round_id")
        ),
        sa.ForeignKeyConstraint(
            ["document_version_id"],
            ["document_version.id"],
            name=op.f("fk_document_reveal_document_version_id"),
        ),
        sa.ForeignKeyConstraint(["study_id"], ["study.id"], name=op.f("fk_document_reveal_study_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_document_reveal")),
        sa.UniqueConstraint(
            "coding_round_id",
            "document_version_id",
            name=op.f("uq_document_reveal_coding_round_id_document_version_id"),
        ),
    )
    op.create_table(
        "settling_meeting",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("study_id", sa.Uuid(), nullable=False),
        sa.Column("coding_round_id", sa.Uuid(), nullable=False),
        sa.Column("scribe_id", sa.Uuid(), nullable=False),
        sa.Column("created_event", sa.Integer(), nullable=False),
        sa.Column("retired_event", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["coding_round_id"], ["coding_round.id"], name=op.f("fk_settling_meeting_coding_round_id")
        ),
        sa.ForeignKeyConstraint(["scribe_id"], ["member.id"], name=op.f("fk_settling_meeting_scribe_id")),
        sa.ForeignKeyConstraint(["study_id"], ["study.id"], name=op.f("fk_settling_meeting_study_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_settling_meeting")),
    )
    op.create_table(
        "settling_attendance",
        sa.Column("settling_meeting_id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_settling_attendance_member_id")),
        sa.ForeignKeyConstraint(
            ["settling_meeting_id"],
            ["settling_meeting.id"],
            name=op.f("fk_settling_attendance_settling_meeting_id"),
        ),
        sa.PrimaryKeyConstraint("settling_meeting_id", "member_id", name=op.f("pk_settling_attendance")),
    )
    op.create_table(
        "settling_reason",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("study_id", sa.Uuid(), nullable=False),
        sa.Column("coding_round_id", sa.Uuid(), nullable=False),
        sa.Column("place", sa.Uuid(), nullable=False),
        sa.Column("document_version_id", sa.Uuid(), nullable=False),
        sa.Column("author_id", sa.Uuid(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("created_event", sa.Integer(), nullable=False),
        sa.Column("retired_event", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["author_id"], ["member.id"], name=op.f("fk_settling_reason_author_id")),
        sa.ForeignKeyConstraint(
            ["coding_round_id"], ["coding_round.id"], name=op.f("fk_settling_reason_coding_round_id")
        ),
        sa.ForeignKeyConstraint(
            ["document_version_id"],
            ["document_version.id"],
            name=op.f("fk_settling_reason_document_version_id"),
        ),
        sa.ForeignKeyConstraint(["study_id"], ["study.id"], name=op.f("fk_settling_reason_study_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_settling_reason")),
    )
    op.create_index("ix_settling_reason_place", "settling_reason", ["coding_round_id", "place"], unique=False)
    op.create_table(
        "settlement",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("study_id", sa.Uuid(), nullable=False),
        sa.Column("coding_round_id", sa.Uuid(), nullable=False),
        sa.Column("place", sa.Uuid(), nullable=False),
        sa.Column("document_version_id", sa.Uuid(), nullable=False),
        sa.Column("start_char", sa.Integer(), nullable=False),
        sa.Column("end_char", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("settling_meeting_id", sa.Uuid(), nullable=True),
        sa.Column("first_speaker_id", sa.Uuid(), nullable=True),
        sa.Column("reason", sa.Text(), server_default="", nullable=False),
        sa.Column("minority", sa.Text(), server_default="", nullable=False),
        sa.Column("minority_id", sa.Uuid(), nullable=True),
        sa.Column("asked_id", sa.Uuid(), nullable=True),
        sa.Column("created_event", sa.Integer(), nullable=False),
        sa.Column("retired_event", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "kind IN ('missed', 'other_code', 'boundary', 'valence', 'sibling')",
            name=op.f("ck_settlement_kind"),
        ),
        sa.CheckConstraint(
            "outcome IN ('first', 'second', 'both', 'neither', 'new', 'unresolved')",
            name=op.f("ck_settlement_outcome"),
        ),
        sa.CheckConstraint("start_char >= 0 AND end_char > start_char", name=op.f("ck_settlement_span")),
        sa.ForeignKeyConstraint(["asked_id"], ["member.id"], name=op.f("fk_settlement_asked_id")),
        sa.ForeignKeyConstraint(
            ["coding_round_id"], ["coding_round.id"], name=op.f("fk_settlement_coding_round_id")
        ),
        sa.ForeignKeyConstraint(
            ["document_version_id"], ["document_version.id"], name=op.f("fk_settlement_document_version_id")
        ),
        sa.ForeignKeyConstraint(
            ["first_speaker_id"], ["member.id"], name=op.f("fk_settlement_first_speaker_id")
        ),
        sa.ForeignKeyConstraint(["minority_id"], ["member.id"], name=op.f("fk_settlement_minority_id")),
        sa.ForeignKeyConstraint(
            ["settling_meeting_id"], ["settling_meeting.id"], name=op.f("fk_settlement_settling_meeting_id")
        ),
        sa.ForeignKeyConstraint(["study_id"], ["study.id"], name=op.f("fk_settlement_study_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_settlement")),
    )
    op.create_index("ix_settlement_place", "settlement", ["coding_round_id", "place"], unique=False)
    op.create_table(
        "settlement_coding",
        sa.Column("settlement_id", sa.Uuid(), nullable=False),
        sa.Column("coding_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["coding_id"], ["coding.id"], name=op.f("fk_settlement_coding_coding_id")),
        sa.ForeignKeyConstraint(
            ["settlement_id"], ["settlement.id"], name=op.f("fk_settlement_coding_settlement_id")
        ),
        sa.PrimaryKeyConstraint("settlement_id", "coding_id", name=op.f("pk_settlement_coding")),
    )
    op.create_table(
        "settlement_decider",
        sa.Column("settlement_id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_settlement_decider_member_id")),
        sa.ForeignKeyConstraint(
            ["settlement_id"], ["settlement.id"], name=op.f("fk_settlement_decider_settlement_id")
        ),
        sa.PrimaryKeyConstraint("settlement_id", "member_id", name=op.f("pk_settlement_decider")),
    )
    op.create_table(
        "consensus_coding",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("study_id", sa.Uuid(), nullable=False),
        sa.Column("settlement_id", sa.Uuid(), nullable=False),
        sa.Column("document_version_id", sa.Uuid(), nullable=False),
        sa.Column("code_id", sa.Uuid(), nullable=False),
        sa.Column("codebook_version_id", sa.Uuid(), nullable=False),
        sa.Column("start_char", sa.Integer(), nullable=False),
        sa.Column("end_char", sa.Integer(), nullable=False),
        sa.Column("quote", sa.Text(), nullable=False),
        sa.Column("prefix", sa.Text(), nullable=False),
        sa.Column("suffix", sa.Text(), nullable=False),
        sa.Column("valence", sa.Text(), nullable=True),
        sa.Column("created_event", sa.Integer(), nullable=False),
        sa.Column("retired_event", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "start_char >= 0 AND end_char > start_char", name=op.f("ck_consensus_coding_span")
        ),
        sa.CheckConstraint(
            "valence IN ('facilitator', 'barrier', 'mixed', 'neutral')",
            name=op.f("ck_consensus_coding_valence"),
        ),
        sa.ForeignKeyConstraint(["code_id"], ["code.id"], name=op.f("fk_consensus_coding_code_id")),
        sa.ForeignKeyConstraint(
            ["codebook_version_id"],
            ["codebook_version.id"],
            name=op.f("fk_consensus_coding_codebook_version_id"),
        ),
        sa.ForeignKeyConstraint(
            ["document_version_id"],
            ["document_version.id"],
            name=op.f("fk_consensus_coding_document_version_id"),
        ),
        sa.ForeignKeyConstraint(
            ["settlement_id"], ["settlement.id"], name=op.f("fk_consensus_coding_settlement_id")
        ),
        sa.ForeignKeyConstraint(["study_id"], ["study.id"], name=op.f("fk_consensus_coding_study_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consensus_coding")),
    )
    op.create_index("ix_consensus_coding_settlement_id", "consensus_coding", ["settlement_id"], unique=False)
    op.create_table(
        "outside_question",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("study_id", sa.Uuid(), nullable=False),
        sa.Column("coding_round_id", sa.Uuid(), nullable=False),
        sa.Column("place", sa.Uuid(), nullable=False),
        sa.Column("document_version_id", sa.Uuid(), nullable=False),
        sa.Column("asked_id", sa.Uuid(), nullable=False),
        sa.Column("text", sa.Text(), server_default="", nullable=False),
        sa.Column("created_event", sa.Integer(), nullable=False),
        sa.Column("retired_event", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["asked_id"], ["member.id"], name=op.f("fk_outside_question_asked_id")),
        sa.ForeignKeyConstraint(
            ["coding_round_id"], ["coding_round.id"], name=op.f("fk_outside_question_coding_round_id")
        ),
        sa.ForeignKeyConstraint(
            ["document_version_id"],
            ["document_version.id"],
            name=op.f("fk_outside_question_document_version_id"),
        ),
        sa.ForeignKeyConstraint(["study_id"], ["study.id"], name=op.f("fk_outside_question_study_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outside_question")),
    )
    op.create_index(
        "ix_outside_question_place", "outside_question", ["coding_round_id", "place"], unique=False
    )
    op.create_table(
        "package_made",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("study_id", sa.Uuid(), nullable=False),
        sa.Column("coding_round_id", sa.Uuid(), nullable=True),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("manifest_sha256", sa.Text(), nullable=False),
        sa.Column("created_event", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["coding_round_id"], ["coding_round.id"], name=op.f("fk_package_made_coding_round_id")
        ),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_package_made_member_id")),
        sa.ForeignKeyConstraint(["study_id"], ["study.id"], name=op.f("fk_package_made_study_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_package_made")),
    )
    op.create_table(
        "package_taken",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("study_id", sa.Uuid(), nullable=False),
        sa.Column("package_id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("created_event", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_package_taken_member_id")),
        sa.ForeignKeyConstraint(["study_id"], ["study.id"], name=op.f("fk_package_taken_study_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_package_taken")),
        sa.UniqueConstraint("study_id", "sha256", name=op.f("uq_package_taken_study_id_sha256")),
    )
