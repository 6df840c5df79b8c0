"""What a finding can be made from beside codings: cells of framework matrices, answers that were counted."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import Connection, Engine

from corpus.errors import UserFacingError
from store import frameworks as kept
from store.documents import documents
from store.engine import reading
from store.excerpts import NewExcerpt
from store.frameworks import CellExcerpt
from store.studies import Member
from triangulation.survey import Answers, count_answers, counted_line
from workbench.services.codebooks import codes_ever
from workbench.services.errors import NotThere
from workbench.services.framework_rows import rows_of

#: An attribute with more different answers than this is told in words, not counted.
MOST_ANSWERS = 12


@dataclass(frozen=True)
class OfferedCell:
    """A summary in a framework matrix that a finding can be made from; ``excerpts`` is how many go along."""

    id: UUID
    framework: str
    row: str
    author: str
    text: str
    excerpts: int


def cells_for(engine: Engine, actor: Member, source: str, theme: str) -> list[OfferedCell]:
    """The summaries of documents and cases of a source under a theme, as far as the person may read them."""
    with reading(engine) as connection:
        return [
            OfferedCell(draft.id, framework, title, draft.author, draft.text, len(excerpts))
            for framework, title, draft, excerpts in _cells(connection, actor, source, theme)
        ]


def answers_for(engine: Engine, actor: Member, source: str) -> list[Answers]:
    """The attributes of a source's documents with few different values, each with its answers counted."""
    with reading(engine) as connection:
        return _answers(connection, actor, source)


def excerpts_of_cell(
    connection: Connection, actor: Member, source: str, theme: str, cell_id: UUID
) -> list[NewExcerpt]:
    """The quotes that a summary rests on, those of the source."""
    for _, _, draft, excerpts in _cells(connection, actor, source, theme):
        if draft.id == cell_id:
            return [
                NewExcerpt(e.quote, e.version_id, e.coding_id, e.start_char, e.end_char) for e in excerpts
            ]
    raise NotThere("This summary was changed or cleared meanwhile, or is of another source. Choose again.")


def counted_excerpt(
    connection: Connection, actor: Member, source: str, question: str, chosen: list[str]
) -> NewExcerpt:
    """The counted line as words without a place: it stands in no document, but follows from all of them."""
    answers = _answers(connection, actor, source)
    found = next((asked for asked in answers if asked.question == question), None)
    if found is None:
        there = ", ".join(asked.question for asked in answers) or "none"
        raise UserFacingError(
            f"'{question}' has no answers to count in '{source}'. Attributes with answers: {there}."
        )
    return NewExcerpt(counted_line(found, chosen))


def _answers(connection: Connection, actor: Member, source: str) -> list[Answers]:
    asked = [d.attributes for d in documents(connection, actor.study_id) if d.source == source]
    names = dict.fromkeys(name for attributes in asked for name in attributes)
    counted = [count_answers(name, [attributes.get(name) for attributes in asked]) for name in names]
    # What has one value a respondent is a name or a text, no answer among others.
    return [
        answers
        for answers in counted
        if 0 < len(answers.counts) <= MOST_ANSWERS
        and (answers.answered > len(answers.counts) or answers.answered == 1)
    ]


def _cells(
    connection: Connection, actor: Member, source: str, theme: str
) -> list[tuple[str, str, kept.CellDraft, list[CellExcerpt]]]:
    code_ids = {code.id for code in codes_ever(connection, actor).codes if code.key == theme}
    found = []
    for framework in kept.frameworks(connection, actor.study_id):
        if framework.retired or not code_ids & set(framework.columns):
            continue
        rows = {row.key: row for row in rows_of(connection, actor, framework.rows).rows}
        for (key, code_id), drafts in kept.live_cells(connection, actor, framework).items():
            row = rows.get(key)
            if code_id not in code_ids or row is None or source not in row.sources:
                continue
            own = {document.id for document in row.documents if document.source == source}
            for draft in drafts:
                quotes = [excerpt for excerpt in draft.excerpts if excerpt.document_id in own]
                found.append((framework.name, row.title, draft, quotes))
    return found
