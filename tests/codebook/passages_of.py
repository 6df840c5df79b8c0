"""Random passages of two or three coders on a few short texts, for the tests of what compares them."""

from __future__ import annotations

from dataclasses import dataclass, replace

from hypothesis import settings
from hypothesis import strategies as st

from codebook.agreement.spans import Span, lay_out

#: Fewer examples than usual: each is also computed by a slow reference.
fewer = settings(max_examples=80)

CODES = ("x", "y", "z")


@dataclass(frozen=True)
class Given:
    """What `lay_out` takes."""

    spans: tuple[Span, ...]
    lengths: dict
    coders: tuple[str, ...]
    finished: frozenset

    def laid_out(self):
        return lay_out(self.spans, self.lengths, self.coders, finished=self.finished)

    def renamed(self, names):
        return replace(self, spans=tuple(span._replace(code=names[span.code]) for span in self.spans))

    def with_coders_turned_round(self):
        return replace(self, coders=self.coders[::-1], spans=self.spans[::-1])


def a_text(coders, length=40):
    """Coders with their [begin, end, code] on one text."""
    spans = [
        Span("t", coder, code, begin, end) for coder, rows in coders.items() for begin, end, code in rows
    ]
    return lay_out(spans, {"t": length}, list(coders))


@st.composite
def texts(draw, *, coders=(2, 3), overlapping=True, most_passages=5, all_finished=False, documents=(1, 2)):
    names = "ABCD"[: draw(st.integers(*coders))]
    lengths = {number: draw(st.integers(0, 25)) for number in range(draw(st.integers(*documents)))}
    pairs = [(coder, document) for coder in names for document in lengths]
    finished = set(pairs) if all_finished else {pair for pair in pairs if draw(st.integers(0, 5))}
    spans = []
    for coder, document in pairs:
        if not lengths[document]:
            continue
        bounds = st.lists(st.integers(0, lengths[document]), max_size=2 * most_passages)
        marks = draw(bounds)
        if not overlapping:
            marks = sorted(set(marks))
        marks = [sorted(pair) for pair in zip(marks[::2], marks[1::2], strict=False)]
        spans += [
            Span(document, coder, draw(st.sampled_from(CODES)), *bounds)
            for bounds in marks
            if bounds[0] < bounds[1]
        ]
    return Given(tuple(spans), lengths, tuple(names), frozenset(finished))


# Definitions, looked at character by character and unit by unit.


def compared(given):
    """Documents with text that two coders finished, and who did."""
    readers = {
        document: [coder for coder in given.coders if (coder, document) in given.finished]
        for document, length in given.lengths.items()
        if length
    }
    return {document: coders for document, coders in readers.items() if len(coders) >= 2}


def units(given, document, coder, codes=None):
    """A coder's (begin, end, code), passages of one code joined where they share a character."""
    joined = []
    for code in CODES:
        own = sorted(
            (span.start_char, span.end_char)
            for span in given.spans
            if (span.document, span.coder, span.code) == (document, coder, code)
        )
        for begin, end in own:
            if joined and joined[-1][2] == code and begin < joined[-1][1]:
                joined[-1] = (joined[-1][0], max(end, joined[-1][1]), code)
            else:
                joined.append((begin, end, code))
    return [unit for unit in joined if codes is None or unit[2] in codes]


def values(given, document, coder, codes=None):
    """What each character bears for a coder, None = unmarked."""
    text = [None] * given.lengths[document]
    for begin, end, code in units(given, document, coder, codes):
        text[begin:end] = [code] * (end - begin)
    return text
