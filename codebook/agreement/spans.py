"""Passages that coders marked, and how far they marked the same text: the u-alpha family.

Measures of passages take a `Continuum`, made by `lay_out`. It keeps documents apart: passages are
compared within a document, and only coders who have finished it are compared there.

Text may bear several codes at once, which not every measure can take. What may be asked:

========================  =====================================================================
one code                  ``continuum.only(code)``: code or not. Every measure, always.
codes that exclude        ``continuum.only(*siblings)``: which of them. Every measure, as long as
each other                no coder gave two of them to the same text; else the u-alpha family
                          answers None and says so.
a theme, a level          ``continuum.renamed({child: parent, …})``, then as above.
any code                  ``continuum.any_code()``: marked or not. Every measure, always.
all codes as they are     `bar_u_alpha` (it looks only at marked or not), `alpha_u_1995` (code by
                          code, then over all), `gamma`, `span_f1`. The other three of the
                          u-alpha family only where no coder's codes overlap.
========================  =====================================================================

A coder's own overlapping passages of one code are joined where text is measured, and stay apart
where passages are matched (`gamma`, `span_f1`). Passages that only touch are never joined.
"""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import combinations
from typing import Any, NamedTuple, NoReturn

import numpy as np

from codebook.agreement.results import (
    BELOW_CHANCE,
    FEWER_THAN_TWO_CODERS,
    NO_DATA,
    NO_GAPS,
    NO_SHARED_DOCUMENT,
    NO_VARIATION,
    NOTHING_MARKED,
    NOTHING_SHARED,
    ONE_VALUE,
    OVERLAPPING_CODES,
    TOO_LITTLE_SHARED,
    Agreement,
)
from codebook.agreement.tally import BoolArray, FloatArray, IntArray

ANY_CODE = "any code"

CHARACTER = "character"
TEXT_OF_TWO = "documents that two coders finished, unmarked text too"
TEXT_MARKED_TWICE = "text that two coders marked"

U_ALPHA = "u-alpha (Krippendorff et al. 2016)"
BAR_U_ALPHA = "|u-alpha (Krippendorff et al. 2016)"
CU_ALPHA = "cu-alpha (Krippendorff et al. 2016)"
KU_ALPHA = "(k)u-alpha (Krippendorff et al. 2016)"


class Span(NamedTuple):
    """A passage that a coder marked with a code: ``text[start_char:end_char]`` of a document."""

    document: Hashable
    coder: Hashable
    code: Hashable
    start_char: int
    end_char: int


@dataclass(frozen=True, eq=False)
class Continuum:
    """What coders marked in the documents that at least two of them finished.

    ``lengths`` has shape (n_documents,), ``finished`` (n_coders, n_documents). The arrays
    ``document``, ``coder`` and ``code`` hold, for each passage, positions in the tuples of that
    name, ``start`` and ``stop`` its half-open offsets in its document, and ``position`` its place
    in the list given to `lay_out`. ``empty_documents`` counts documents without text, which are
    skipped.
    """

    documents: tuple[Hashable, ...]
    coders: tuple[Hashable, ...]
    codes: tuple[Hashable, ...]
    lengths: IntArray
    finished: BoolArray
    document: IntArray
    coder: IntArray
    code: IntArray
    start: IntArray
    stop: IntArray
    position: IntArray
    empty_documents: int = 0

    def only(self, *codes: Hashable) -> Continuum:
        """Passages of these codes; text with other codes counts as unmarked."""
        number = {code: position for position, code in enumerate(dict.fromkeys(codes))}
        return self._recoded([number.get(code, -1) for code in self.codes], tuple(number))

    def renamed(self, names: Mapping[Hashable, Hashable]) -> Continuum:
        """Codes under other names (a child under its parent's); those without one keep theirs."""
        new = [names.get(code, code) for code in self.codes]
        number = {code: position for position, code in enumerate(sorted(set(new), key=repr))}
        return self._recoded([number[code] for code in new], tuple(number))

    def any_code(self) -> Continuum:
        """All passages under one code."""
        return self.renamed(dict.fromkeys(self.codes, ANY_CODE))

    def among(self, *coders: Hashable) -> Continuum:
        """Only these coders, in the documents that at least two of them finished."""
        unknown = [coder for coder in coders if coder not in self.coders]
        if unknown:
            raise ValueError(f"coder {unknown[0]!r} is none of {list(self.coders)}")
        rows = [self.coders.index(coder) for coder in dict.fromkeys(coders)]
        kept = self._renumbered("coder", np.array(rows, dtype=np.int64), tuple(dict.fromkeys(coders)))
        kept = replace(kept, finished=self.finished[rows])
        shared = np.flatnonzero(kept.finished.sum(axis=0) >= 2)
        return kept._with_documents(shared)

    def within(self, documents: Collection[Hashable]) -> Continuum:
        """Only these documents."""
        wanted = set(documents)
        kept = [number for number, document in enumerate(self.documents) if document in wanted]
        return self._with_documents(np.array(kept, dtype=np.int64))

    def without(self, document: Hashable) -> Continuum:
        """All documents but one."""
        return self.within([other for other in self.documents if other != document])

    @property
    def n_spans(self) -> int:
        return len(self.start)

    @property
    def reason_without_pairs(self) -> str | None:
        """Why nothing can be compared, None where something can."""
        if len(self.coders) < 2:
            return FEWER_THAN_TWO_CODERS if self.coders else NO_DATA
        if not self.documents:
            return NO_SHARED_DOCUMENT
        return None if self.n_spans else NOTHING_MARKED

    @cached_property
    def offsets(self) -> IntArray:
        """Where each document begins, and the last one ends, when they are laid end to end."""
        return np.concatenate([[0], np.cumsum(self.lengths)])

    @cached_property
    def begin(self) -> IntArray:
        """Where passages begin, with the documents laid end to end."""
        begin: IntArray = self.offsets[self.document] + self.start
        return begin

    @cached_property
    def end(self) -> IntArray:
        end: IntArray = self.offsets[self.document] + self.stop
        return end

    @cached_property
    def readers(self) -> IntArray:
        """Shape (n_documents,): how many coders finished each."""
        readers: IntArray = self.finished.sum(axis=0)
        return readers

    @cached_property
    def text_read(self) -> float:
        """Characters, counted once for each coder who finished them."""
        return float(self.readers @ self.lengths)

    def remarks(self) -> tuple[str, ...]:
        """What must stand beside a number on this text."""
        remarks = []
        if self.n_spans and len(self.coders) > 1 and (self.coder == self.coder[0]).all():
            remarks.append(f"only {self.coders[self.coder[0]]} marked anything")
        if self.empty_documents:
            remarks.append(f"documents without text, skipped: {self.empty_documents}")
        return tuple(remarks)

    def _recoded(self, numbers: list[int], codes: tuple[Hashable, ...]) -> Continuum:
        code = np.array(numbers, dtype=np.int64)[self.code]
        return replace(self, code=code, codes=codes)._taking(code >= 0)

    def _renumbered(self, field: str, kept: IntArray, names: tuple[Hashable, ...]) -> Continuum:
        """Only passages whose coder or document is kept, with its new number."""
        numbers = np.full(len(getattr(self, f"{field}s")), -1, dtype=np.int64)
        numbers[kept] = np.arange(len(kept))
        new = numbers[getattr(self, field)]
        return replace(self, **{field: new, f"{field}s": names})._taking(new >= 0)

    def _with_documents(self, kept: IntArray) -> Continuum:
        documents = tuple(self.documents[number] for number in kept)
        return replace(
            self._renumbered("document", kept, documents),
            lengths=self.lengths[kept],
            finished=self.finished[:, kept],
        )

    def _taking(self, mask: BoolArray) -> Continuum:
        arrays = ("document", "coder", "code", "start", "stop", "position")
        return replace(self, **{name: getattr(self, name)[mask] for name in arrays})


def lay_out(
    spans: Iterable[Span | tuple[Hashable, Hashable, Hashable, int, int]],
    lengths: Mapping[Hashable, int],
    coders: Sequence[Hashable],
    *,
    finished: Collection[tuple[Hashable, Hashable]] | None = None,
) -> Continuum:
    """Lay passages out on the texts they belong to.

    Parameters
    ----------
    spans : iterable of Span
        Passages with half-open offsets in code points of their document.
    lengths : mapping
        Document → its length in code points. Documents that nobody marked belong here too: that
        all left them unmarked is agreement.
    coders : sequence
        Everyone who is compared, also who marked nothing.
    finished : collection of (coder, document), optional
        Who finished which document; by default everyone all. In a finished document unmarked text
        is a decision; in another it is missing, and the coder's passages there do not count.

    Raises
    ------
    ValueError
        If a passage is empty, lies beyond its text, has offsets that are no whole numbers or no
        code, or belongs to an unknown document or coder; the message names it.

    Examples
    --------
    >>> passages = [Span("visit", "An", "FUND", 0, 10), Span("visit", "Bo", "FUND", 5, 10)]
    >>> continuum = lay_out(passages, {"visit": 40}, ["An", "Bo"])
    >>> round(u_alpha(continuum).value, 3)
    0.602
    """
    listed = [Span(*span) for span in spans]
    documents, coders = tuple(lengths), tuple(dict.fromkeys(coders))
    sizes = _lengths(lengths)
    read = np.ones((len(coders), len(documents)), dtype=bool)
    if finished is not None:
        done = set(finished)
        read = np.array([[(coder, document) in done for document in documents] for coder in coders], bool)
        read = read.reshape(len(coders), len(documents))
    codes = tuple(sorted({span.code for span in listed}, key=repr))
    everything = Continuum(
        documents=documents,
        coders=coders,
        codes=codes,
        lengths=sizes,
        finished=read,
        document=_positions(listed, "document", documents),
        coder=_positions(listed, "coder", coders),
        code=_positions(listed, "code", codes),
        start=_offsets(listed, "start_char"),
        stop=_offsets(listed, "end_char"),
        position=np.arange(len(listed)),
        empty_documents=int((sizes == 0).sum()),
    )
    _check(everything, listed)
    counted = everything._taking(read[everything.coder, everything.document])
    return counted._with_documents(np.flatnonzero((read.sum(axis=0) >= 2) & (sizes > 0)))


def _lengths(lengths: Mapping[Hashable, int]) -> IntArray:
    for document, length in lengths.items():
        if isinstance(length, bool) or not isinstance(length, int | np.integer) or length < 0:
            raise ValueError(f"document {document!r}: its length is {length!r}, not a whole number from 0")
    return np.array(list(lengths.values()), dtype=np.int64)


def _positions(spans: Sequence[Span], field: str, names: tuple[Hashable, ...]) -> IntArray:
    position = {name: number for number, name in enumerate(names)}
    column = Span._fields.index(field)
    numbers = np.array([position.get(span[column], -1) for span in spans], dtype=np.int64)
    if (numbers < 0).any():
        span = spans[int(np.argmin(numbers))]
        _refuse(span, f"{field} {span[column]!r} is not among those given")
    return numbers


def _offsets(spans: Sequence[Span], field: str) -> IntArray:
    column = Span._fields.index(field)
    values: list[Any] = [span[column] for span in spans]
    array = np.array(values) if values else np.empty(0, dtype=np.int64)
    if array.dtype.kind not in "iu":
        for span, value in zip(spans, values, strict=True):
            if not isinstance(value, int | np.integer):
                _refuse(span, f"{field} is {value!r}, not a whole number")
        _refuse(spans[values.index(max(values, key=abs))], f"{field} lies beyond any text")
    return array.astype(np.int64)


def _check(continuum: Continuum, spans: Sequence[Span]) -> None:
    nameless = [code for code in continuum.codes if code is None or code != code]
    if nameless:
        _refuse(next(span for span in spans if span.code is nameless[0]), "it has no code")
    faults = {
        "it starts before the text": continuum.start < 0,
        "it is empty, or ends before it starts": continuum.stop <= continuum.start,
        "it ends beyond the text": continuum.stop > continuum.lengths[continuum.document],
    }
    for fault, found in faults.items():
        if found.any():
            span = spans[int(np.argmax(found))]
            _refuse(span, f"{fault}, which has {continuum.lengths[continuum.document[found][0]]} characters")


def _refuse(span: Span, fault: str) -> NoReturn:
    raise ValueError(
        f"passage {span.start_char}-{span.end_char} with code {span.code!r} by {span.coder!r} "
        f"in document {span.document!r}: {fault}"
    )


# -- units: passages joined where they overlap -------------------------------------------------


@dataclass(frozen=True, eq=False)
class Units:
    """Stretches of text, documents laid end to end; by coder, then code, then place."""

    coder: IntArray
    code: IntArray
    document: IntArray
    begin: IntArray
    end: IntArray

    @property
    def length(self) -> IntArray:
        length: IntArray = self.end - self.begin
        return length


def joined_units(continuum: Continuum) -> Units:
    """Each coder's passages, overlapping ones of one code joined."""
    width = int(continuum.offsets[-1]) + 1
    # A line of its own for each coder and code, one behind the other: joining never crosses.
    shift = (continuum.coder * len(continuum.codes) + continuum.code) * width
    order = np.argsort(continuum.begin + shift, kind="stable")
    begin, reach = (continuum.begin + shift)[order], np.maximum.accumulate((continuum.end + shift)[order])
    first = np.ones(len(begin), dtype=bool)
    first[1:] = begin[1:] >= reach[:-1]
    last = np.append(first[1:], True)[: len(first)]
    head, shift = order[first], shift[order[first]]
    return Units(
        coder=continuum.coder[head],
        code=continuum.code[head],
        document=continuum.document[head],
        begin=begin[first] - shift,
        end=reach[last] - shift,
    )


def _codes_overlap(units: Units, by_place: IntArray) -> bool:
    coder, begin, end = units.coder[by_place], units.begin[by_place], units.end[by_place]
    return bool(((coder[1:] == coder[:-1]) & (begin[1:] < end[:-1])).any())


# -- coincidences: how much text bears which two values ----------------------------------------


@dataclass(frozen=True, eq=False)
class Stretches:
    """The text cut wherever anything begins or ends.

    ``cuts`` has shape (n_stretches + 1,), ``document`` (n_stretches,), ``values``
    (n_coders, n_stretches): 0 = unmarked, code + 1, -1 = not finished.
    """

    cuts: IntArray
    document: IntArray
    values: IntArray

    @property
    def length(self) -> IntArray:
        return np.diff(self.cuts)


def stretches(continuum: Continuum, units: Units) -> Stretches:
    """Cut the text; no coder's units may overlap."""
    cuts = np.unique(np.concatenate([continuum.offsets, units.begin, units.end]))
    places = cuts[:-1]
    document = np.searchsorted(continuum.offsets, places, side="right") - 1
    values = np.zeros((len(continuum.coders), len(places)), dtype=np.int64)
    for number in range(len(continuum.coders)):
        own = np.flatnonzero(units.coder == number)
        own = own[np.argsort(units.begin[own])]
        if len(own):
            nearest = np.searchsorted(units.begin[own], places, side="right") - 1
            inside = (nearest >= 0) & (units.end[own][nearest] > places)
            values[number] = np.where(inside, units.code[own][nearest] + 1, 0)
        values[number, ~continuum.finished[number, document]] = -1
    return Stretches(cuts, document, values)


@dataclass(frozen=True, eq=False)
class _Coincidences:
    """Krippendorff's l and s: ``shared`` has shape (n_values, n_values), ``own`` (n_values,).

    ``shared`` is the text that bears value c for one coder and k for another, ``own`` what a
    unit would share with itself. Value 0 is the gap.
    """

    shared: FloatArray
    own: FloatArray

    @property
    def margins(self) -> FloatArray:
        margins: FloatArray = self.shared.sum(axis=1)
        return margins

    @property
    def total(self) -> float:
        return float(self.shared.sum())

    @property
    def other_pairs(self) -> float:
        """The total less what units would share with themselves: what chance can fall on."""
        return self.total - float(self.own.sum()) / self.total


def _coincidences(continuum: Continuum, units: Units, text: Stretches) -> _Coincidences:
    n_values = len(continuum.codes) + 1
    weight = text.length / (continuum.readers[text.document] - 1)
    shared = np.zeros(n_values * n_values)
    for first, second in combinations(text.values, 2):
        both = (first >= 0) & (second >= 0)
        cells = first[both] * n_values + second[both]
        shared += np.bincount(cells, weights=weight[both], minlength=n_values * n_values)
    table = shared.reshape(n_values, n_values)
    squares = np.bincount(units.code + 1, weights=units.length**2.0, minlength=n_values)
    own = squares.astype(np.float64)
    # Gaps have no bounds that a coder set, so their characters count one by one.
    own[0] = continuum.text_read - float(units.length.sum())
    return _Coincidences(table + table.T, own)


def _coincidences_of_marked(
    continuum: Continuum, units: Units, text: Stretches, found: _Coincidences
) -> _Coincidences:
    """The same where both marked. A unit shares with itself what other coders' units cover of it."""
    own = np.zeros(len(continuum.codes) + 1)
    left, right = np.searchsorted(text.cuts, units.begin), np.searchsorted(text.cuts, units.end)
    weight = 1 / (continuum.readers[units.document] - 1)
    for number, values in enumerate(text.values):
        covered = np.concatenate([[0], np.cumsum(text.length * (values > 0))]).astype(float)
        shared = np.where(units.coder == number, 0.0, covered[right] - covered[left])
        own += np.bincount(units.code + 1, weights=weight * shared**2, minlength=len(own))
    return _Coincidences(found.shared[1:, 1:], own[1:])


def u_alpha(continuum: Continuum) -> Agreement:
    r"""Krippendorff's u-alpha: did coders mark the same text with the same codes?

    .. math:: {}_u\alpha = 1 - \frac{l - \sum_c l_{cc}}{l - \sum_c e_{cc}}, \quad
        e_{ck} = \frac{l_c l_k - [c = k] s_c}{l - \sum_c s_c / l}

    with l_ck the text that bears c for one coder and k for another (over the ordered pairs of
    coders, divided by their number less one), gaps being a value too, and s_c the sum of squared
    lengths of units (for gaps, of lengths).

    Parameters
    ----------
    continuum : Continuum
        No coder may have given two codes to the same text; see the head of this module.

    Returns
    -------
    Agreement
        At most 1; it counts unmarked text as agreement. ``observed`` and ``expected`` are shares
        of the text. None with a reason if nobody marked anything, if all text bears one value,
        or if codes overlap.

    See Also
    --------
    bar_u_alpha : only where passages are, whatever their code.
    cu_alpha : only which code, where both marked.

    References
    ----------
    .. [1] K. Krippendorff, Y. Mathet, S. Bouvry, A. Widlöcher, "On the reliability of unitizing
       textual continua: further developments", Quality & Quantity 50, 2016.
    .. [2] K. Krippendorff, Content Analysis, 4th edition, 2019, section 12.6.

    Examples
    --------
    >>> spans = [("t", "A", "x", 0, 10), ("t", "A", "y", 20, 30), ("t", "B", "x", 0, 10)]
    >>> round(u_alpha(lay_out(spans, {"t": 40}, ["A", "B"])).value, 3)
    0.555
    """
    measured = _measured(continuum)
    if isinstance(measured, str):
        return without_value(continuum, U_ALPHA, measured)
    found, _ = measured
    if np.count_nonzero(found.margins) < 2:
        return without_value(continuum, U_ALPHA, NO_VARIATION)
    agreeing, by_chance = found.shared.trace(), _chance(found).trace()
    answer = without_value(continuum, U_ALPHA)
    return chance_corrected(answer, 1 - agreeing / found.total, 1 - by_chance / found.total)


def bar_u_alpha(continuum: Continuum) -> Agreement:
    r"""u-alpha of marked against unmarked: did coders mark the same text, whatever the code?

    .. math:: {}_{|u}\alpha = 1 - \frac{l_\phi - l_{\phi\phi}}{e_\phi - e_{\phi\phi}}

    with the terms of `u_alpha` and φ the gap. Overlapping codes are no obstacle.

    Parameters
    ----------
    continuum : Continuum
        Overlapping passages of one coder are joined, whatever their codes.

    Returns
    -------
    Agreement
        At most 1. None with a reason if nobody marked anything or there are no gaps.

    References
    ----------
    .. [1] K. Krippendorff et al., Quality & Quantity 50, 2016; Content Analysis, 2019, section 12.6.
    """
    if continuum.reason_without_pairs:
        return without_value(continuum, BAR_U_ALPHA, continuum.reason_without_pairs)
    # Passages with different codes are joined only where they overlap: where one ends as the next
    # begins, the coder has set a bound.
    merged = replace(continuum, code=np.zeros_like(continuum.code), codes=(ANY_CODE,))
    units = joined_units(merged)
    found = _coincidences(merged, units, stretches(merged, units))
    if not found.margins[0]:
        return without_value(continuum, BAR_U_ALPHA, NO_GAPS)
    observed, expected = found.shared[0, 1], _chance(found)[0, 1]
    answer = without_value(continuum, BAR_U_ALPHA)
    return chance_corrected(answer, observed / found.total, expected / found.total)


def cu_alpha(continuum: Continuum) -> Agreement:
    r"""Krippendorff's cu-alpha: where two coders marked, did they give the same code?

    .. math:: {}_{cu}\alpha = 1 - \frac{l^* - \sum_c l^*_{cc}}{l^* - \sum_c e^*_{cc}}, \quad
        e^*_{ck} = \frac{l^*_c l^*_k - [c = k] s^*_c}{l^* - \sum_c s^*_c / l^*}

    with l* the table of `u_alpha` without gaps and s*_c the sum, over units of value c, of the
    mean over the other coders of the squared length that their units share with it.

    Parameters
    ----------
    continuum : Continuum
        No coder may have given two codes to the same text.

    Returns
    -------
    Agreement
        At most 1, always with ``coverage``, the share of the text of which it speaks. None with a
        reason if no two coders marked the same character (``coverage`` is then 0), if they used
        one code there, or if codes overlap.

    References
    ----------
    .. [1] K. Krippendorff et al., Quality & Quantity 50, 2016; Content Analysis, 2019, section 12.6.
    """
    measured = _measured(continuum)
    if isinstance(measured, str):
        return _of_marked(continuum, CU_ALPHA, measured, 0.0 if measured == NOTHING_MARKED else None)
    everything, found = measured
    coverage = found.total / everything.total
    reason = _undefined(found)
    if reason:
        return _of_marked(continuum, CU_ALPHA, reason, coverage)
    agreeing, by_chance = found.shared.trace(), _chance(found).trace()
    terms = (1 - agreeing / found.total, 1 - by_chance / found.total)
    return _of_marked(continuum, CU_ALPHA, terms, coverage)


def ku_alpha(continuum: Continuum) -> dict[Hashable, Agreement]:
    r"""Krippendorff's (k)u-alpha: where two coders marked, how sure is code k?

    .. math:: {}_{(k)u}\alpha = 1 - \frac{e^*_k}{l^*_k}
        \frac{l^*_k - l^*_{kk}}{e^*_k - e^*_{kk}}

    with the terms of `cu_alpha`.

    Parameters
    ----------
    continuum : Continuum
        No coder may have given two codes to the same text.

    Returns
    -------
    dict of code to Agreement
        At most 1, with ``coverage``, the share of the text marked with k by one coder that
        another marked too, with k or another code. None with a reason where that is 0.

    References
    ----------
    .. [1] K. Krippendorff et al., Quality & Quantity 50, 2016; Content Analysis, 2019, section 12.6.
    """
    measured = _measured(continuum)
    n_spans = np.bincount(continuum.code, minlength=len(continuum.codes))
    if isinstance(measured, str):
        answers = [_of_marked(continuum, KU_ALPHA, measured, None) for _ in continuum.codes]
    else:
        answers = [_of_code(continuum, *measured, k) for k in range(len(continuum.codes))]
    return {
        code: replace(answer, n=int(n))
        for code, answer, n in zip(continuum.codes, answers, n_spans, strict=True)
    }


def _of_code(continuum: Continuum, everything: _Coincidences, found: _Coincidences, k: int) -> Agreement:
    marked, met = everything.margins[k + 1], found.margins[k]
    if not met:
        return _of_marked(continuum, KU_ALPHA, NOTHING_SHARED if marked else NOTHING_MARKED, 0.0)
    reason = _undefined(found)
    if reason:
        return _of_marked(continuum, KU_ALPHA, reason, met / marked)
    chance = _chance(found)[k]
    terms = (1 - found.shared[k, k] / met, 1 - chance[k] / chance.sum())
    return _of_marked(continuum, KU_ALPHA, terms, met / marked)


def _undefined(marked: _Coincidences) -> str | None:
    """Why coincidences of marked text say nothing, None where they do."""
    if not marked.total:
        return NOTHING_SHARED
    if np.count_nonzero(marked.margins) < 2:
        return ONE_VALUE
    # Pairs of other units have to be left when those of a unit with itself are taken out.
    return TOO_LITTLE_SHARED if marked.other_pairs <= 1e-9 * marked.total else None


def _of_marked(
    continuum: Continuum, method: str, found: str | tuple[float, float], coverage: float | None
) -> Agreement:
    """An answer that speaks of marked text: a reason, or observed and expected disagreement."""
    reason = found if isinstance(found, str) else None
    answer = without_value(continuum, method, reason, universe=TEXT_MARKED_TWICE)
    answer = replace(answer, coverage=None if coverage is None else float(coverage))
    return answer if isinstance(found, str) else chance_corrected(answer, *found)


def _measured(continuum: Continuum) -> str | tuple[_Coincidences, _Coincidences]:
    """Coincidences of all text and of marked text, or why they can't be had."""
    if continuum.reason_without_pairs:
        return continuum.reason_without_pairs
    units = joined_units(continuum)
    by_place = np.argsort(units.coder * (continuum.offsets[-1] + 1) + units.begin)
    if _codes_overlap(units, by_place):
        return OVERLAPPING_CODES
    text = stretches(continuum, units)
    found = _coincidences(continuum, units, text)
    return found, _coincidences_of_marked(continuum, units, text, found)


def _chance(found: _Coincidences) -> FloatArray:
    """Expected coincidences: all pairs of stretches but a unit's with itself."""
    pairs = np.outer(found.margins, found.margins) - np.diag(found.own)
    chance: FloatArray = pairs / found.other_pairs
    return chance


def without_value(
    continuum: Continuum,
    method: str,
    reason: str | None = None,
    *,
    unit: str = CHARACTER,
    universe: str = TEXT_OF_TWO,
) -> Agreement:
    """What every answer on passages says beside its value."""
    return Agreement(
        None,
        n=continuum.n_spans,
        reason=reason,
        remarks=continuum.remarks(),
        unit=unit,
        universe=universe,
        method=method,
    )


def chance_corrected(answer: Agreement, observed: float, expected: float) -> Agreement:
    """1 - observed / expected, in an answer that is still without a value."""
    value = float(1 - observed / expected)
    below = (BELOW_CHANCE,) if value < 0 else ()
    return replace(
        answer,
        value=value,
        observed=float(observed),
        expected=float(expected),
        remarks=(*below, *answer.remarks),
    )
