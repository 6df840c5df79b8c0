"""Answers of a survey, counted: what can be said of them without any statistics."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from triangulation.errors import TriangulationError


@dataclass(frozen=True)
class Answers:
    """How often each answer to a question was given; who gave none is counted apart."""

    question: str
    counts: Mapping[str, int]
    not_answered: int

    @property
    def answered(self) -> int:
        """How many gave an answer."""
        return sum(self.counts.values())


def count_answers(question: str, answers: Iterable[str | None]) -> Answers:
    """Count the answers to a question.

    Parameters
    ----------
    question : str
        The name of the attribute that holds the answers.
    answers : iterable of str or None
        One entry for each respondent. None and empty words mean *not answered*: that is not zero,
        and no answer.

    Examples
    --------
    >>> count_answers("trust", ["5", "4", "", None, "4"])
    Answers(question='trust', counts={'4': 2, '5': 1}, not_answered=2)
    """
    given = [(answer or "").strip() for answer in answers]
    counted = Counter(answer for answer in given if answer)
    return Answers(
        question,
        {answer: counted[answer] for answer in sorted(counted, key=_as_number_first)},
        given.count(""),
    )


def counted_line(answers: Answers, chosen: Collection[str]) -> str:
    """What was counted, in one line: question, how many of how many, and how many did not answer.

    Raises
    ------
    TriangulationError
        If no answer is chosen, or one that nobody gave.

    Examples
    --------
    >>> counted_line(count_answers("trust", ["5", "4", "1", None]), ["4", "5"])
    'trust: 2 of 3 answered 4 or 5; 1 not answered'
    """
    unknown = sorted(set(chosen) - set(answers.counts))
    if not chosen or unknown:
        there = ", ".join(answers.counts) or "none"
        raise TriangulationError(
            f"{', '.join(unknown) or 'No answer'} was not given to '{answers.question}'. "
            f"Choose among the answers that were: {there}."
        )
    named = [answer for answer in answers.counts if answer in chosen]
    said = f"{sum(answers.counts[answer] for answer in named)} of {answers.answered} answered {_or(named)}"
    return f"{answers.question}: {said}; {answers.not_answered} not answered"


def _or(words: Sequence[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} or {words[-1]}"


def _as_number_first(answer: str) -> tuple[bool, float, str]:
    try:
        return False, float(answer.replace(",", ".")), answer
    except ValueError:
        return True, 0.0, answer
