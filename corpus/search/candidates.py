"""What an index of words can say of a query: which texts may hold it at all.

An index of words knows which of them stand in a text, and perhaps in what order; not the signs between
them, nor who said them. So it may name a text too many, never one too few; `Candidates.is_exact` tells when
it names just those that hold the query.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from corpus.search.folding import fold, words_in
from corpus.search.query import Either, Every, Expression, Near, Pattern, Phrase, Query, Without, Word

#: Before each word of a name that stands before turns: nobody said it.
NAME = "§"

#: More forms than this narrow nothing.
MOST_FORMS = 500

#: Longer words are not kept in an index, and a text that holds one is always a candidate.
LONGEST_WORD = 100


@dataclass(frozen=True)
class Term:
    """A word of a text; with ``is_prefix`` the beginning of one."""

    text: str
    is_prefix: bool = False


@dataclass(frozen=True)
class Row:
    """Words that follow each other, signs aside."""

    words: tuple[str, ...]


@dataclass(frozen=True)
class Close:
    """Two rows of words with no more than so many words between them."""

    left: Row
    right: Row
    between: int


@dataclass(frozen=True)
class All:
    parts: tuple[Clause, ...]


@dataclass(frozen=True)
class Some:
    parts: tuple[Clause, ...]


@dataclass(frozen=True)
class But:
    """Texts of one clause that are not among those of another."""

    wanted: Clause
    unwanted: Clause


Clause = Term | Row | Close | All | Some | But


@dataclass(frozen=True)
class Candidates:
    """``clause`` None: every text may hold the query."""

    clause: Clause | None
    is_exact: bool


#: A word as typed, by lemma or with letters left open, to its folded forms.
FormsOf = Callable[[Word], Sequence[str]]


def candidates(query: Query, forms_of: FormsOf, *, languages: int = 1, names: bool = False) -> Candidates:
    """What to ask an index.

    Parameters
    ----------
    forms_of : callable
        The forms of a word in any of the languages.
    languages : int
        How many there are: with more than one, a form may be one of the lemma in another language alone.
    names : bool
        The names before turns are searched too.

    Examples
    --------
    >>> from corpus.search.query import parse_query
    >>> candidates(parse_query("geld nurs*"), lambda word: ())
    Candidates(clause=All(parts=(Term(text='geld', is_prefix=False), \
Term(text='nurs', is_prefix=True))), is_exact=True)
    """
    found = _Narrowing(forms_of, languages, names).of(query.wanted)
    return Candidates(found.clause, found.is_exact and not query.asks_who())


class _Narrowing:
    def __init__(self, forms_of: FormsOf, languages: int, names: bool) -> None:
        self._forms_of = forms_of
        self._languages = languages
        self._names = names

    def of(self, part: Expression) -> Candidates:
        match part:
            case Every(parts):
                return self._every(parts)
            case Either(parts):
                found = [self.of(each) for each in parts]
                if any(each.clause is None for each in found):
                    return Candidates(None, False)
                return Candidates(
                    _some([each.clause for each in found if each.clause is not None]),
                    all(each.is_exact for each in found),
                )
            case Near(left, right, within):
                return self._near(left, right, within)
            case Phrase(words):
                return self._phrase(words)
            case Pattern():
                return Candidates(None, False)
            case Without():
                return Candidates(None, False)

    def _every(self, parts: Sequence[Expression]) -> Candidates:
        wanted = [self.of(part) for part in parts if not isinstance(part, Without)]
        clause = _all([each.clause for each in wanted if each.clause is not None])
        is_exact = clause is not None and all(each.is_exact for each in wanted)
        for part in parts:
            if isinstance(part, Without):
                unwanted = self.of(part.part)
                if clause is not None and unwanted.is_exact and unwanted.clause is not None:
                    clause = But(clause, unwanted.clause)
                else:
                    is_exact = False
        return Candidates(clause, is_exact)

    def _near(self, left: Expression, right: Expression, within: int) -> Candidates:
        both = [self.of(left).clause, self.of(right).clause]
        rows = [_as_row(clause) for clause in both]
        if rows[0] is not None and rows[1] is not None and not self._names:
            return Candidates(Close(rows[0], rows[1], within), False)
        return Candidates(_all([clause for clause in both if clause is not None]), False)

    def _phrase(self, words: Sequence[Word]) -> Candidates:
        clauses: list[Clause | None] = []
        exact = len(words) == 1 and not self._names
        for word in words:
            clause, is_exact = self._word(word)
            clauses.append(clause)
            exact = exact and is_exact
        rows = [_as_row(clause) for clause in clauses]
        if len(words) > 1 and not self._names and None not in rows:
            return Candidates(Row(tuple(word for row in rows if row for word in row.words)), False)
        return Candidates(_all([clause for clause in clauses if clause is not None]), exact)

    def _word(self, word: Word) -> tuple[Clause | None, bool]:
        folded = fold(word.text).text
        if word.is_lemma:
            found = [self._plain(form) for form in self._forms_of(word)]
            if len(found) > MOST_FORMS or any(clause is None for clause, _ in found):
                return None, False
            clauses = [clause for clause, _ in found if clause is not None]
            return _some(clauses), self._languages == 1 and all(is_exact for _, is_exact in found)
        return self._with_stars(folded, word) if "*" in folded else self._plain(folded)

    def _plain(self, folded: str) -> tuple[Clause | None, bool]:
        """A word without ``*``, which may hold signs ("co-op") that an index does not know."""
        words = words_in(folded)
        if not words or any(len(word) > LONGEST_WORD for word in words):
            return None, False
        if self._names:
            either = [Some((Term(word), Term(NAME + word))) for word in words]
            return _all(list(either)), False
        is_exact = words == [folded]
        return (Term(words[0]) if len(words) == 1 else Row(tuple(words))), is_exact

    def _with_stars(self, folded: str, word: Word) -> tuple[Clause | None, bool]:
        body = folded.rstrip("*")
        if words_in(folded.replace("*", "")) != [folded.replace("*", "")] or self._names:
            return None, False
        if "*" not in body and len(body) <= LONGEST_WORD:
            return Term(body, is_prefix=True), True
        forms = self._forms_of(word)
        if len(forms) > MOST_FORMS:
            return None, False
        # No form is there: nothing can be found, and no word is called like this.
        return _some([Term(form) for form in forms]) or Term("¤"), True


def _as_row(clause: Clause | None) -> Row | None:
    if isinstance(clause, Term) and not clause.is_prefix:
        return Row((clause.text,))
    return clause if isinstance(clause, Row) else None


def _all(clauses: Sequence[Clause]) -> Clause | None:
    return (All(tuple(clauses)) if len(clauses) > 1 else clauses[0]) if clauses else None


def _some(clauses: Sequence[Clause]) -> Clause | None:
    return (Some(tuple(clauses)) if len(clauses) > 1 else clauses[0]) if clauses else None
