"""The parts Counts and completeness, and Researcher comparison, of the page Triangulate."""

from __future__ import annotations

from collections.abc import Iterable

import streamlit as st

from codebook.models import Codebook
from store.studies import Member
from triangulation.completeness import Presence
from triangulation.models import ConvergenceCode
from triangulation.report.wording import decimals, interval, share
from triangulation.researchers import DifferingUnit, ResearcherAgreement
from workbench.messages import say
from workbench.services.triangulation import Triangulation
from workbench.views.drawing import code_mark, escaped, row_name, soft_line, table, theme_name
from workbench.views.words import plain


def show_counts(found: Triangulation, book: Codebook) -> None:
    """How often each code occurs, for each researcher apart, and what each source raises."""
    if not found.matrix.rows:
        st.info(say("There is nothing to count yet. Add findings first: each stands in a row to compare."))
        return
    if found.matrix.researchers:
        st.html(_counts(found))
        st.html(soft_line(say("Counts, no score: how far the sources converge is the team’s own judgement.")))
    else:
        st.info(say("Nobody whose view you may read has judged yet, so there are no codes to count."))
    st.html(_completeness(found, book))


def _counts(found: Triangulation) -> str:
    rows: list[list[str]] = []
    for person, counts in found.assessment.by_researcher.items():
        rows.append([escaped(person)])
        for code in ConvergenceCode:
            silent = code is ConvergenceCode.SILENCE
            rows.append(
                [
                    code_mark(code),
                    share(counts.of(code), counts.cells),
                    "" if silent else share(counts.of(code), counts.both_speak),
                    _remark(found, person, code),
                ]
            )
    return table(
        say("Cells (row × pair of sources) per researcher and code."),
        [say("Code"), say("Of all cells"), say("Of cells where both sources speak"), say("Of these")],
        rows,
    )


def _remark(found: Triangulation, person: str, code: ConvergenceCode) -> str:
    counts = found.assessment.by_researcher[person]
    if code is ConvergenceCode.UNDETERMINED and counts.not_judged:
        return escaped(say("{n} not judged yet", n=counts.not_judged))
    if code is not ConvergenceCode.DISSONANCE:
        return ""
    rows = share(found.assessment.rows_with_dissonance[person], len(found.matrix.rows))
    said = [say("in {rows} rows", rows=rows)]
    if counts.different_weight:
        said.append(say("{n} of same meaning, different weight", n=counts.different_weight))
    return escaped("; ".join(said))


def _completeness(found: Triangulation, book: Codebook) -> str:
    words = {
        Presence.PRESENT: say("● present"),
        Presence.UNIQUE: say("◆ only here"),
        Presence.ABSENT: "",
        Presence.DISPUTED: say("≠ researchers differ"),
        Presence.UNKNOWN: say("? not known"),
    }
    rows: list[list[str]] = []
    for row in found.matrix.rows:
        name = f"{escaped(row_name(book, row))} {_soft(row.theme)}"
        seen = [found.completeness.presence[row, source] for source in found.matrix.sources]
        rows.append([name, *(escaped(words[kind]) for kind in seen)])
    for kind, word in ((Presence.PRESENT, say("present")), (Presence.UNIQUE, say("only here"))):
        numbers = [
            share(len(found.completeness.rows_with(source, kind)), len(found.matrix.rows))
            for source in found.matrix.sources
        ]
        rows.append([f"<b>{escaped(say('Rows: {word}', word=word))}</b>", *numbers])
    return table(
        say(
            "Completeness: what each source raises, over findings and researchers together. Blank: absent. "
            "Only here: all other sources are absent."
        ),
        [say("Row"), *found.matrix.sources],
        rows,
    )


def show_researchers(found: Triangulation, book: Codebook, actor: Member) -> None:
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
