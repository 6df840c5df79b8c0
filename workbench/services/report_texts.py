"""What people write for the report: introduction, discussion, conclusion, and answers to COREQ and SRQR."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import Connection, Engine

from corpus.errors import UserFacingError
from store import report_texts as kept
from store.engine import reading, writing
from store.report_texts import ReportText
from store.studies import Member
from store.visibility import blind_documents, may_read_results
from triangulation.report import STANDARDS
from workbench.services.errors import NotAllowed

#: The texts of the report; what stands in the last two can tell of results.
PARTS = ("introduction", "discussion", "conclusion")
_TELL_RESULTS = frozenset(PARTS[1:])


@dataclass(frozen=True)
class Written:
    """What people wrote, as far as a person may read it.

    ``closed`` says that texts and answers that can tell of results are left out for now.
    """

    texts: Mapping[str, ReportText]
    answers: Mapping[str, Mapping[int, str]]
    closed: bool


def written_for_report(engine: Engine, actor: Member) -> Written:
    """The texts and answers that hold now.

    Who may not read the results yet, and everybody under an open blind round, is told no text and no
    answer that can tell of them.
    """
    with reading(engine) as connection:
        return read_written(connection, actor)


def read_written(connection: Connection, actor: Member) -> Written:
    """`written_for_report` within a transaction that is open already."""
    closed = _is_closed(connection, actor)
    texts = {text.part: text for text in kept.report_texts(connection, actor.study_id)}
    answers = {
        key: {
            item: text
            for item, text in kept.answers(connection, actor.study_id, key).items()
            if not (closed and standard.item(item).tells_results)
        }
        for key, standard in STANDARDS.items()
    }
    return Written(
        {part: text for part, text in texts.items() if not (closed and part in _TELL_RESULTS)},
        answers,
        closed,
    )


def text_versions(engine: Engine, actor: Member, part: str) -> list[ReportText]:
    """Every version of a text, newest first; none while the person may not read it."""
    _check_part(part)
    with reading(engine) as connection:
        if part in _TELL_RESULTS and _is_closed(connection, actor):
            return []
        return kept.report_texts(connection, actor.study_id, part=part)


def write_text(engine: Engine, actor: Member, part: str, text: str, *, began_from: str | None = None) -> None:
    """Write a text of the report; paragraphs are parted by blank lines, and an empty text takes it out.

    Parameters
    ----------
    began_from : str, optional
        The text that the writer had before them. Where another was written since, nothing is stored.

    Raises
    ------
    UserFacingError
        If there is no such part, or somebody else has written since.
    NotAllowed
        If the text can tell of results that the writer may not read yet.
    """
    _check_part(part)
    with writing(engine) as connection:
        if part in _TELL_RESULTS:
            _refuse_closed(connection, actor)
        held = {one.part: one for one in kept.report_texts(connection, actor.study_id)}.get(part)
        if began_from is not None and began_from != (held.text if held else ""):
            who = f"{held.by} has" if held else "Somebody has"
            raise UserFacingError(
                f"{who} changed the {part} since you opened it. Copy your words, open the page again, and "
                "put both together."
            )
        kept.write_text(connection, part, _cleaned(text), actor=actor)


def answer_items(engine: Engine, actor: Member, standard: str, answers: Mapping[int, str]) -> int:
    """Answer items of a reporting standard; an empty answer leaves the item to the data. How many changed.

    Raises
    ------
    UserFacingError
        If there is no such standard or item.
    NotAllowed
        If an answer can tell of results that the writer may not read yet.
    """
    if standard not in STANDARDS:
        raise UserFacingError(f"There is no standard '{standard}'. There are: {', '.join(STANDARDS)}.")
    items = {item.number: item for item in STANDARDS[standard].items}
    unknown = sorted(set(answers) - set(items))
    if unknown:
        raise UserFacingError(
            f"{STANDARDS[standard].name} has no item {unknown[0]}; it has 1 to {len(items)}."
        )
    with writing(engine) as connection:
        # Before the comparison: that nothing changed would tell what stands there.
        if any(items[number].tells_results for number in answers):
            _refuse_closed(connection, actor)
        held = kept.answers(connection, actor.study_id, standard)
        changed = {n: new for n, text in answers.items() if (new := _cleaned(text)) != held.get(n, "")}
        for number, text in changed.items():
            kept.write_answer(connection, standard, number, text, actor=actor)
    return len(changed)


def _is_closed(connection: Connection, actor: Member) -> bool:
    return not may_read_results(connection, actor) or bool(blind_documents(connection, actor))


def _refuse_closed(connection: Connection, actor: Member) -> None:
    if _is_closed(connection, actor):
        raise NotAllowed(
            "This text can tell of results that are closed to you for now. It opens once you have locked "
            "your own judgements and no blind round is open."
        )


def _check_part(part: str) -> None:
    if part not in PARTS:
        raise UserFacingError(f"The report has no text '{part}'. There are: {', '.join(PARTS)}.")


def _cleaned(text: str) -> str:
    """Words with plain line ends, and no blank lines around them."""
    return "\n".join(line.rstrip() for line in text.replace("\r\n", "\n").split("\n")).strip()
