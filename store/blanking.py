"""What a withdrawal may blank in which table, and what a blanked row looks like.

The guards let exactly these columns be blanked, in rows that a stored withdrawal names, and nothing
else; the check of the log holds blanked rows to it. What is not named here cannot be blanked.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import Table

from store import tables

#: What stands where words were taken away.
MARK = "[withdrawn]"

#: What counts as blank, as the database holds it.
BLANK_VALUES = ("", MARK, "[]")


@dataclass(frozen=True)
class Blankable:
    """The columns of a table that hold words of participants, or words on them.

    ``words`` become blank. ``derived`` are made anew from what is left: of a text that several people
    speak in, only what one said is taken away.
    """

    words: tuple[str, ...]
    derived: tuple[str, ...] = ()


BLANKABLE: Mapping[Table, Blankable] = {
    tables.document: Blankable(("title", "date"), ("raw_sha256",)),
    tables.document_attribute: Blankable(("value",)),
    tables.document_value: Blankable(("value",)),
    tables.document_version: Blankable((), ("text", "text_sha256", "words")),
    tables.section: Blankable(("speaker",)),
    tables.page: Blankable(("label",)),
    tables.set_aside: Blankable(("place", "text")),
    tables.file_comment: Blankable(("text", "author", "written_at")),
    tables.coding: Blankable(("quote", "prefix", "suffix")),
    tables.consensus_coding: Blankable(("quote", "prefix", "suffix")),
    tables.code_example: Blankable(("quote",)),
    tables.finding_excerpt: Blankable(("quote",)),
    tables.framework_excerpt: Blankable(("quote",)),
    tables.framework_case_excerpt: Blankable(("quote",)),
    tables.relation_excerpt: Blankable(("quote",)),
    tables.thread_excerpt: Blankable(("quote",)),
    tables.memo: Blankable(("text",)),
    tables.coding_detail: Blankable(("actor", "timepoint")),
    tables.coding_origin: Blankable(("pattern",)),
    tables.research_memo: Blankable(("text",)),
    tables.framework_cell: Blankable(("text",)),
    tables.framework_case_cell: Blankable(("case_name", "text")),
    tables.settlement: Blankable(("reason", "minority")),
    tables.settling_reason: Blankable(("text",)),
    tables.outside_question: Blankable(("text",)),
    tables.approval: Blankable(("person", "text")),
    tables.meeting: Blankable(("held_on",)),
    tables.meeting_item: Blankable(("text",)),
    tables.appraisal: Blankable(("authenticity", "credibility", "representativeness", "meaning")),
    tables.import_item: Blankable(("path", "reason", "warnings")),
    tables.participant: Blankable(("name", "role", "participant_group")),
    tables.participant_attribute: Blankable(("value",)),
    tables.speaker_alias: Blankable(("label",)),
}


def row_key(table: Table, row: Mapping[str, Any]) -> str:
    """The name of a row in `blanked`: what its primary key says, in one spelling for both engines."""
    return "/".join(_spelt(row[column.name]) for column in table.primary_key.columns)


def is_blank(table: Table, row: Mapping[str, Any]) -> bool:
    """Whether a row has lost words: all of them, or those of its columns that quoted what was withdrawn."""
    may = BLANKABLE[table]
    return bool(may.derived) or any(row[n] is None or row[n] in (*BLANK_VALUES, []) for n in may.words)


def _spelt(value: Any) -> str:
    return value.hex if isinstance(value, UUID) else str(value)
