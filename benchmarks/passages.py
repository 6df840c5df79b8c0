"""How long agreement on passages takes, beside what we aim at, and other packages where they are installed.

Run: python benchmarks/passages.py
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from time import perf_counter

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import numpy as np

from codebook.agreement.alpha_u import alpha_u_by_code
from codebook.agreement.characters import character_kappa
from codebook.agreement.gamma import gamma, observed_disorder
from codebook.agreement.matching import span_f1
from codebook.agreement.spans import Span, cu_alpha, lay_out, u_alpha

REPEATS = 7


def timed(task: Callable[[], object], repeats: int = REPEATS) -> float:
    """Seconds of the fastest of a few runs: the one least disturbed by other work."""
    seconds = []
    for _ in range(repeats):
        start = perf_counter()
        task()
        seconds.append(perf_counter() - start)
    return min(seconds)


def passages(n: int, coders: str, *, codes: int = 5, apart: int = 100) -> tuple[list[Span], dict[str, int]]:
    """n passages of each coder: the same places, bounds a little off, one code of five another.

    They are 20 to 60 characters long; those less than 100 apart overlap.
    """
    random = np.random.default_rng(3)
    begin = apart * np.arange(n) + random.integers(0, 30, size=n)
    end = begin + random.integers(20, 60, size=n)
    truth = random.integers(0, codes, size=n)
    spans = []
    for coder in coders:
        code = np.where(random.random(n) < 0.2, random.integers(0, codes, size=n), truth)
        moved = random.integers(0, 8, size=(2, n))
        spans += [
            Span("text", coder, f"code {k}", b, e)
            for b, e, k in zip(
                (begin + moved[0]).tolist(), (end + moved[1]).tolist(), code.tolist(), strict=True
            )
        ]
    return spans, {"text": apart * n + 100}


def ours() -> list[tuple[str, float | None, Callable[[], object]]]:
    spans3, text = passages(2000, "ABC")
    three = lay_out(spans3, text, "ABC")
    two = three.among("A", "B")
    crowd = lay_out(*passages(2000, "AB", apart=30), "AB")
    few = lay_out(*passages(200, "AB", apart=30), "AB")
    few_of_three = lay_out(*passages(200, "ABC", apart=30), "ABC")
    return [
        ("laying out 3 x 2,000 passages", None, lambda: lay_out(spans3, text, "ABC")),
        ("u-alpha, 3 x 2,000", 0.02, lambda: u_alpha(three)),
        ("cu-alpha with coverage, 3 x 2,000", 0.02, lambda: cu_alpha(three)),
        ("alpha for unitizing, 3 x 2,000, 5 codes", 0.02, lambda: alpha_u_by_code(three)),
        ("exact F1, 2 x 2,000", 0.002, lambda: span_f1(two, match="exact")),
        ("F1 of shared text, 2 x 2,000", None, lambda: span_f1(two)),
        ("gamma's alignment, 2 x 2,000", 0.01, lambda: observed_disorder(two)),
        ("gamma's alignment, 2 x 2,000 that overlap", 0.01, lambda: observed_disorder(crowd)),
        ("gamma's alignment, 3 x 200 that overlap", None, lambda: observed_disorder(few_of_three)),
        ("gamma with its expectation, 2 x 200 that overlap", None, lambda: gamma(few)),
        ("F1 of shared text, 2 x 2,000 that overlap", None, lambda: span_f1(crowd)),
        ("kappa per character, 2 x 2,000", None, lambda: character_kappa(two, code="code 1")),
    ]


def peers() -> list[tuple[str, str, Callable[[], object]]]:
    """Name of the package, what it computes, and the task."""
    spans, _ = passages(2000, "AB")
    fewer, text = passages(500, "ABC")

    def nervaluate() -> object:
        from nervaluate import Evaluator

        sides = [
            [[{"label": s.code, "start": s.start_char, "end": s.end_char} for s in spans if s.coder == coder]]
            for coder in "AB"
        ]
        codes = sorted({span.code for span in spans})
        return Evaluator(*sides, tags=codes, loader="dict").evaluate()

    def unitized_alpha() -> object:
        from krippendorff_unitized_alpha.krippendorffs_unitized_alpha import (
            KrippendorffUnitizedAlpha,
            Segment,
        )

        lines: dict[str, list[Segment]] = {}
        for coder in "ABC":
            line, at = [], 0
            for span in fewer:
                if span.coder == coder:
                    # Its own filling of gaps loses a character on each side.
                    line += [Segment("_empty", at, span.start_char)] if span.start_char > at else []
                    line.append(Segment(str(span.code), span.start_char, span.end_char))
                    at = span.end_char
            lines[coder] = [*line, Segment("_empty", at, text["text"])]
        return KrippendorffUnitizedAlpha(lines).result

    return [
        ("nervaluate", "F1 in all its forms, 2 x 2,000", nervaluate),
        ("krippendorff_unitized_alpha", "u-alpha, 3 x 500 (a quarter of ours)", unitized_alpha),
    ]


def main() -> None:
    for name, aim, task in ours():
        seconds = timed(task)
        print(f"{name:<58} {seconds:8.4f} s" + (f"   aim {aim:g} s" if aim else ""))
    for package, name, task in peers():
        if find_spec(package) is None:
            print(f"{package}: not installed, not timed")
        else:
            print(f"{package + ': ' + name:<58} {timed(task, 1):8.4f} s")


if __name__ == "__main__":
    main()
