"""Answers of stakeholder groups as CSV files, in and out: a bad row is refused, the rest is taken."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from corpus.errors import UserFacingError
from corpus.spreadsheets import read_rows, write_rows
from triangulation.errors import TriangulationError
from triangulation.feedback import Answer, Packet, Response
from triangulation.models import Row
from triangulation.tables import RefusedRow, ResolveTheme

RESPONSE_COLUMNS = ("group", "name", "theme", "row", "answer", "text")

_WORDS = {"yes": "agree", "no": "disagree", "agreed": "agree", "remark": "comment"}


@dataclass(frozen=True)
class ResponseRow:
    """An answer of a file with its row number: ``name`` empty is the group as a whole."""

    number: int
    group: str
    name: str
    row: Row | None
    answer: Answer
    text: str


def read_responses(
    path: Path, *, resolve_theme: ResolveTheme
) -> tuple[list[ResponseRow], list[RefusedRow], int]:
    """Read answers; those of a form that nobody filled in are counted, not refused.

    An empty ``theme`` is an answer on the whole, an empty ``name`` one of the group together. A second
    answer of the same person on the same row is refused.

    Returns
    -------
    list of ResponseRow, list of RefusedRow, int
        The last is the number of rows without an answer and without words.

    Raises
    ------
    UnreadableFile
        If the file as a whole cannot be read: empty, or a column is missing.
    """
    taken: list[ResponseRow] = []
    refused: list[RefusedRow] = []
    seen: dict[tuple[str, str, Row | None], int] = {}
    empty = 0
    for number, cells in read_rows(path, needed=("group", "answer")):
        if not cells.get("answer") and not cells.get("text"):
            empty += 1
            continue
        try:
            said = _response(number, cells, resolve_theme)
            place = (said.group, said.name, said.row)
            if place in seen:
                raise TriangulationError(
                    f"{said.name or said.group} answers on this already in row {seen[place]}. "
                    "Keep one of the two."
                )
        except UserFacingError as error:
            refused.append(RefusedRow(number, str(error)))
            continue
        seen[place] = number
        taken.append(said)
    return taken, refused, empty


def write_responses(path: Path, responses: Iterable[tuple[str, Response]]) -> int:
    """Write answers, each with its group, in the columns that `read_responses` reads; gives their number."""
    return write_rows(
        path,
        RESPONSE_COLUMNS,
        (
            (
                group,
                said.person,
                "" if said.row is None else said.row.theme,
                "" if said.row is None else said.row.statement,
                said.answer,
                said.text,
            )
            for group, said in responses
        ),
    )


def write_form(path: Path, packet: Packet) -> int:
    """A table to fill in: every statement of a packet, and a last row for the whole."""
    rows = [(packet.group, "", item.row.theme, item.row.statement, "", "") for item in packet.items]
    return write_rows(path, RESPONSE_COLUMNS, [*rows, (packet.group, "", "", "", "", "")])


def _response(number: int, cells: Mapping[str, str], resolve_theme: ResolveTheme) -> ResponseRow:
    group = " ".join(cells.get("group", "").split())
    if not group:
        raise TriangulationError("no group is named. Write the name of the group that answers.")
    written = cells.get("answer", "").lower()
    word = _WORDS.get(written, written)
    text = cells.get("text", "")
    if not word and text:
        word = Answer.COMMENT  # words without a tick are a comment
    if word not in set(Answer):
        raise TriangulationError(f"answer is '{cells['answer']}'. Use one of {', '.join(Answer)}.")
    if word == Answer.COMMENT and not text:
        raise TriangulationError("a comment without words. Write it in the column text.")
    return ResponseRow(
        number, group, " ".join(cells.get("name", "").split()), _row(cells, resolve_theme), Answer(word), text
    )


def _row(cells: Mapping[str, str], resolve_theme: ResolveTheme) -> Row | None:
    written, statement = cells.get("theme", ""), cells.get("row", "")
    if not written:
        if statement:
            raise TriangulationError("a statement without its theme. Write the theme's id or label.")
        return None
    theme = resolve_theme(written)
    if theme is None:
        raise TriangulationError(f"theme '{written}' is not in the codebook. Correct it.")
    return Row(theme, statement)
