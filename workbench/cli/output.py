"""What a command says: results on standard output, as tables or JSON; all else on standard error."""

import datetime as dt
import json
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any
from uuid import UUID

import typer

#: What stands in a table where there is no value.
MISSING = "–"
_WIDEST = 60


def say(message: str) -> None:
    """A message to the person, on standard error."""
    typer.echo(message, err=True)


def write_json(value: object) -> None:
    """One JSON value on a line of its own, handed on at once: whoever reads along sees it now."""
    typer.echo(json.dumps(value, ensure_ascii=False, allow_nan=False, default=_plain))
    sys.stdout.flush()


def write_table(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Columns of plain text under their names: numbers to the right, the last column at full length."""
    given = [list(row) for row in rows]
    cells = [[*map(_short, row[:-1]), _cell(row[-1])] for row in given]
    numeric = [
        all(row[n] is None or isinstance(row[n], int | float) for row in given) for n in range(len(columns))
    ]
    widths = [max(len(line[n]) for line in [columns, *cells]) for n in range(len(columns))]
    for line in [columns, *cells]:
        padded = (
            cell.rjust(width) if right else cell.ljust(width)
            for cell, width, right in zip(line, widths, numeric, strict=True)
        )
        typer.echo("  ".join(padded).rstrip())


def one_line(text: object) -> str:
    """A text on one line, without characters that would steer a terminal.

    >>> one_line("two\\nlines\\x1b[31m")
    'two lines [31m'
    """
    return "".join(character if character.isprintable() else " " for character in str(text))


def _cell(value: object) -> str:
    if value is None:
        return MISSING
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int):
        return f"{value:,}"
    if isinstance(value, float):
        return f"{value:.2f}"
    return one_line(value)


def _short(value: object) -> str:
    text = _cell(value)
    return text if len(text) <= _WIDEST else text[: _WIDEST - 1] + "…"


def _plain(value: object) -> Any:
    if isinstance(value, UUID | Path):
        return str(value)
    if isinstance(value, dt.date):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} has no JSON form")
