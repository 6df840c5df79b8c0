"""Following a thread (O'Cathain, Murphy and Nicholl, BMJ 2010;341:c4587) through the sources.

It is done while analysing: a finding of one source raises a question, which is asked of another; what
it says raises the next. The trail of these steps is kept.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import groupby
from uuid import UUID

from triangulation.models import Excerpt, Finding, Row


@dataclass(frozen=True)
class Step:
    """One step: what was asked of a source, and what was found there.

    ``source`` is None where no source was asked, ``found`` empty while nothing was found yet. ``row``
    and ``finding`` are what the step rests on or led to; None where it is linked to none.
    """

    id: UUID
    asked: str
    source: str | None
    found: str
    row: Row | None
    finding: Finding | None
    excerpts: tuple[Excerpt, ...]
    by: str
    at: str


@dataclass(frozen=True)
class Thread:
    """A question with the steps in which it was followed, in their order."""

    id: UUID
    question: str
    by: str
    at: str
    steps: tuple[Step, ...] = ()

    @property
    def sources(self) -> tuple[str, ...]:
        """The way through the sources in the order of the steps; one asked twice in a row stands once."""
        asked = [step.source for step in self.steps if step.source is not None]
        return tuple(source for source, _ in groupby(asked))


def trail(thread: Thread) -> str:
    """A thread as Markdown: its question, then each step with what was asked, found and quoted.

    Examples
    --------
    >>> step = Step(UUID(int=1), "Who pays?", "Minutes", "A grant.", None, None, (), "Ann", "2024-05-01")
    >>> print(trail(Thread(UUID(int=0), "Will it last?", "Ann", "2024-05-01", (step,))))
    # Will it last?
    <BLANKLINE>
    Followed through Minutes, 1 step. Begun by Ann, 2024-05-01.
    <BLANKLINE>
    ## 1. Who pays?
    <BLANKLINE>
    Asked of: Minutes
    <BLANKLINE>
    A grant.
    <BLANKLINE>
    Ann, 2024-05-01
    <BLANKLINE>
    """
    steps = len(thread.steps)
    through = f"Followed through {', '.join(map(_plain, thread.sources))}, " if thread.sources else ""
    how_many = f"{steps} {'step' if steps == 1 else 'steps'}"
    head = [
        f"# {_plain(thread.question)}",
        f"{through}{how_many}. Begun by {_plain(thread.by)}, {thread.at[:10]}.",
    ]
    told = [part for number, step in enumerate(thread.steps, start=1) for part in _told(number, step)]
    return "\n\n".join([*head, *told]) + "\n"


def _told(number: int, step: Step) -> list[str]:
    parts = [f"## {number}. {_plain(step.asked)}"]
    if step.source is not None:
        parts.append(f"Asked of: {_plain(step.source)}")
    parts.append(_plain(step.found) if step.found else "*Nothing found yet.*")
    if step.finding is not None:
        parts.append(f"Finding: {_plain(step.finding.statement)} ({_plain(step.finding.row.theme)})")
    if step.row is not None:
        row = f"{step.row.theme}: {step.row.statement}" if step.row.statement else step.row.theme
        parts.append(f"Row of the matrix: {_plain(row)}")
    parts += [_quoted(excerpt) for excerpt in step.excerpts]
    return [*parts, f"{_plain(step.by)}, {step.at[:10]}"]


def _quoted(excerpt: Excerpt) -> str:
    place = ""
    if excerpt.document_id is not None:
        place = f"\n>\n> {_plain(excerpt.title)}, characters {excerpt.start_char}-{excerpt.end_char}"
    return f"> {_plain(excerpt.quote)}{place}"


def _plain(text: str) -> str:
    """Words in which Markdown finds nothing to interpret, in one line."""
    line = " ".join(text.split())
    line = re.sub(r"([\\`*_\[\]<>|~])", r"\\\1", line)
    return re.sub(r"^([#+\-=]|\d+(?=[.)]\s))", r"\\\1", line)
