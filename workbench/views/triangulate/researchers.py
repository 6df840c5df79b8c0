"""Step 5 on the page Triangulate: how far researchers agree who judged apart."""

from __future__ import annotations

from collections.abc import Iterable

import streamlit as st
from sqlalchemy import Engine

from codebook.models import Codebook
from store.studies import Member
from triangulation.models import ConvergenceCode
from triangulation.report.wording import decimals, interval, share
from triangulation.researchers import DifferingUnit, ResearcherAgreement
from workbench.messages import say
from workbench.services.triangulation import Triangulation
from workbench.views.drawing import code_mark, escaped, row_name, table, theme_name
from workbench.views.words import plain


def show(_engine: Engine, _actor: Member, found: Triangulation, book: Codebook) -> None:
    """How far researchers agree who judged apart: existence, then the code where both speak."""
    if found.hidden:
        st.info(
            say(
                "{names} judge too. You can read each other's judgements once both have locked: lock yours "
                "under Judge, or wait for theirs.",
                names=plain(", ".join(found.hidden)),
            )
        )
    people = found.researchers.researchers
    if len(people) < 2:
        st.info(
            say(
                "Researcher comparison needs the judgements of two researchers or more. Each judges alone, "
                "under Judge, and locks; then they can be compared."
            )
        )
        return
    st.html(_figures(found))
    st.html(_by_pair(found))
    st.html(_differing(found, book))


def _figures(found: Triangulation) -> str:
    comparison = found.researchers
    named = (
        (say("1. Existence: does the source speak on the row"), comparison.existence),
        (say("2. Code, where both researchers hold that both sources speak"), comparison.both_speak),
        (say("All cells, silence counted (secondary: existence drives it)"), comparison.all_cells),
    )
    return table(
        say(
            "Researcher agreement of {names}. Pairs: pairs of researchers with the same value, of pairs that "
            "both gave one. All: units on which everyone agrees, of units that everyone coded.",
            names=", ".join(comparison.researchers),
        ),
        [
            say("On"),
            say("Units"),
            say("Same, over pairs"),
            say("Same, all researchers"),
            say("Krippendorff’s alpha"),
            say("Fleiss’ kappa"),
            say("No value, because"),
        ],
        [[escaped(name), *_measures(seen)] for name, seen in named],
    )


def _measures(seen: ResearcherAgreement) -> Iterable[str]:
    reasons = "; ".join(f"{name.replace('_', ' ')}: {reason}" for name, reason in seen.reasons.items())
    alpha = f"{decimals(seen.alpha.value)} {interval(seen.alpha.low, seen.alpha.high)}"
    return (
        str(seen.n),
        share(seen.agreeing_pairs, seen.n_pairs),
        share(seen.agreeing_all, seen.n_all),
        f"{escaped(alpha)} {_soft(f'n = {seen.alpha.n}')}",
        f"{decimals(seen.fleiss_kappa.value)} {_soft(f'n = {seen.fleiss_kappa.n}')}",
        escaped(reasons),
    )


def _by_pair(found: Triangulation) -> str:
    comparison = found.researchers
    return table(
        say("The same for each two researchers."),
        [say("Researchers"), say("Existence"), say("Code where both speak"), say("All cells (secondary)")],
        [
            [
                escaped(f"{a} – {b}"),
                *(
                    share(seen.by_pair[a, b].agreeing, seen.by_pair[a, b].n)
                    for seen in (comparison.existence, comparison.both_speak, comparison.all_cells)
                ),
            ]
            for a, b in comparison.both_speak.by_pair
        ],
    )


def _differing(found: Triangulation, book: Codebook) -> str:
    people = found.researchers.researchers
    rows: list[list[str]] = []
    for title, units in (
        (say("Does the source speak"), found.researchers.differing_existence),
        (say("Code of the pair"), found.researchers.differing_cells),
    ):
        if units:
            rows.append([escaped(f"{title} ({len(units)})")])
        rows += [_unit(unit, people, book) for unit in units]
    if not rows:
        return f'<p class="tp-line">{escaped(say("The researchers see every cell alike."))}</p>'
    return table(
        say("Where they differ: what to talk about. Judgements stay as they were locked."),
        [say("Row"), say("Source or pair"), *people],
        rows,
    )


def _unit(unit: DifferingUnit, people: Iterable[str], book: Codebook) -> list[str]:
    place = unit.source if unit.pair is None else say("{a} against {b}", a=unit.pair[0], b=unit.pair[1])
    name = f"{escaped(row_name(book, unit.row))} {_soft(theme_name(book, unit.row.theme))}"
    values = [unit.values.get(person) for person in people]
    if unit.pair is None:
        words = {"yes": say("speaks"), "no": say("does not speak"), None: "–"}
        return [name, escaped(place or ""), *(escaped(words[value]) for value in values)]
    return [
        name,
        escaped(place or ""),
        *("–" if v is None else code_mark(ConvergenceCode(v)) for v in values),
    ]


def _soft(text: str) -> str:
    return f'<span class="tp-soft tp-small">{escaped(text)}</span>'
