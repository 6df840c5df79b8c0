"""Step 5 on the page Triangulate: how far researchers agree who judged apart, and what they settle."""

from __future__ import annotations

import streamlit as st
from sqlalchemy import Engine

from codebook.models import Codebook
from store.studies import Member
from triangulation.consensus import State, TeamView
from triangulation.models import ConvergenceCode
from triangulation.report.wording import decimals
from triangulation.researcher_agreement import ResearcherAgreement
from triangulation.researchers import CONFUSED, NEITHER
from workbench.messages import say
from workbench.reasons import retold
from workbench.services.triangulation import Triangulation
from workbench.views.drawing import code_mark, escaped, soft, soft_line, table
from workbench.views.triangulate import resolution_log, resolving
from workbench.views.words import interval, plain, share

_FIGURES, _SETTLE, _LOG = "figures", "settle", "log"


def show(engine: Engine, actor: Member, found: Triangulation, book: Codebook) -> None:
    """How far researchers agree, where they differ and what they made of it, and the log of that."""
    if found.hidden:
        st.info(
            say(
                "{names} judge too. You can read each other's judgements once both have locked: lock yours "
                "under Coding, or wait for theirs.",
                names=plain(", ".join(found.hidden)),
            )
        )
    if len(found.researchers.researchers) < 2:
        st.info(
            say(
                "Researcher comparison needs the judgements of two researchers or more. Each judges alone, "
                "under Coding, and locks; then they can be compared."
            )
        )
        return
    part = _pick_part(found)
    if part == _SETTLE:
        resolving.show(engine, actor, book)
    elif part == _LOG:
        resolution_log.show(engine, actor, book)
    else:
        _show_figures(found)


def _pick_part(found: Triangulation) -> str:
    names = {
        _FIGURES: say("Figures"),
        _SETTLE: say("Differences ({n})", n=len(found.differences)),
        _LOG: say("Log"),
    }
    parts = list(names) if found.team is not None else [_FIGURES]
    picked = st.segmented_control(
        say("Part of the comparison"),
        parts,
        format_func=names.__getitem__,
        default=_FIGURES,
        required=True,
        key="researchers_part",
        label_visibility="collapsed",
    )
    return picked or _FIGURES


def _show_figures(found: Triangulation) -> None:
    st.html(_figures(found))
    left, right = st.columns([3, 2], gap="large")
    with left:
        st.html(_by_pair(found))
        if found.team is not None:
            st.html(_team(found.team))
    with right:
        _show_confusion(found)


def _figures(found: Triangulation) -> str:
    seen = found.researchers
    ordered = seen.both_speak_ordered
    parts = {
        "meaning": say("Meaning"),
        "prominence": say("Prominence compared"),
        "coverage": say("Coverage"),
        "examples": say("Examples"),
    }
    rows: list[list[str]] = [
        _line(say("1. Existence: does the source speak on the row"), seen.existence),
        _line(say("2. Code, where both researchers hold that both sources speak"), seen.both_speak),
        [
            f"{escaped(say('the same, in order: agreement, partial, dissonance'))}",
            *["", "", ""],
            _alpha(ordered.value, ordered.low, ordered.high, ordered.n),
            "",
            escaped(retold(ordered.reason or "") if ordered.value is None else ""),
        ],
        _line(say("Importance of the row: main or minor"), seen.importance),
        _line(say("Prominence within a source, rated (alpha in order)"), seen.prominence),
        [escaped(say("Parts of the comparison, where both judged them"))],
        *(_line(parts[part], agreement) for part, agreement in seen.parts.items()),
        [escaped(say("What follows from the rest"))],
        _line(say("Completeness: present, unique or absent"), seen.flags),
        _line(say("All cells, silence counted (secondary: existence drives it)"), seen.all_cells),
    ]
    return table(
        say(
            "Researcher agreement of {names}. Pairs: pairs of researchers with the same value, of pairs that "
            "both gave one. All: units on which everyone agrees, of units that everyone coded. Intervals "
            "resample whole themes; with few units read the counts.",
            names=", ".join(seen.researchers),
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
        rows,
    )


def _line(name: str, seen: ResearcherAgreement) -> list[str]:
    if not seen.n:
        reason = seen.reasons.get("percent_pairs", "")
        return [escaped(name), "0", "–", "–", "–", "–", escaped(retold(reason))]
    return [
        escaped(name),
        str(seen.n),
        share(seen.agreeing_pairs, seen.n_pairs),
        share(seen.agreeing_all, seen.n_all),
        _alpha(seen.alpha.value, seen.alpha.low, seen.alpha.high, seen.alpha.n),
        f"{decimals(seen.fleiss_kappa.value)} {soft(f'n = {seen.fleiss_kappa.n}')}",
        escaped("; ".join(f"{name.replace('_', ' ')}: {retold(why)}" for name, why in seen.reasons.items())),
    ]


def _alpha(value: float | None, low: float | None, high: float | None, n: int) -> str:
    return f"{escaped(f'{decimals(value)} {interval(low, high)}')} {soft(f'n = {n}')}"


def _by_pair(found: Triangulation) -> str:
    seen = found.researchers
    named = (
        (say("Existence"), seen.existence),
        (say("Code where both speak"), seen.both_speak),
        (say("Importance"), seen.importance),
        (say("Prominence rated"), seen.prominence),
        (say("All cells (secondary)"), seen.all_cells),
    )
    compared = [(name, agreement) for name, agreement in named if agreement.n]
    return table(
        say("The same for each two researchers: exact agreement, and Cohen’s kappa."),
        [say("Researchers"), *(name for name, _ in compared)],
        [
            [escaped(f"{a} – {b}"), *(_exact(agreement, (a, b)) for _, agreement in compared)]
            for a, b in seen.both_speak.by_pair
        ],
    )


def _exact(seen: ResearcherAgreement, pair: tuple[str, str]) -> str:
    two = seen.by_pair[pair]
    kappa = "" if two.kappa.value is None else soft(f"κ {decimals(two.kappa.value)}")
    return f"{share(two.agreeing, two.n)} {kappa}" if two.n else "–"


def _team(team: TeamView) -> str:
    words = say(
        "The team’s matrix, {n} cells (row × pair): {alike} of one mind, {settled} settled, {unresolved} "
        "unresolved, {open} open. What was judged alone stays as it was, and so does the agreement above.",
        n=len(team.states),
        alike=team.count(State.ONE_MIND),
        settled=team.count(State.SETTLED),
        unresolved=team.count(State.UNRESOLVED),
        open=team.count(State.OPEN),
    )
    alone = say("Of one mind because a single researcher has a view: {n}.", n=team.by_one)
    return f'<p class="tp-line">{escaped(words)} {escaped(alone) if team.by_one else ""}</p>'


def _show_confusion(found: Triangulation) -> None:
    confusion = found.researchers.confusion
    pairs = list(confusion)
    pair = pairs[0]
    if len(pairs) > 1:
        names = {f"{a} – {b}": (a, b) for a, b in pairs}
        picked = st.selectbox(say("Two researchers"), list(names), key="researchers_confusion")
        pair = names[picked]
    first, second = pair
    seen = confusion[pair]
    st.html(
        table(
            say(
                "Rows: what {first} calls a pair of sources; columns: what {second} calls the same. "
                "{n} pairs that both have a view of; {without} without.",
                first=first,
                second=second,
                n=seen.n,
                without=seen.without_view,
            ),
            ["", *(_short(value) for value in CONFUSED)],
            [
                [_mark(a), *(_count(seen.counts.get((a, b), 0), same=a == b) for b in CONFUSED)]
                for a in CONFUSED
            ],
        )
    )
    st.html(soft_line(say("Bold: both call it the same.")))


def _count(number: int, *, same: bool) -> str:
    if not number:
        return soft("·")
    return f"<b>{number}</b>" if same else str(number)


def _mark(value: str) -> str:
    return escaped(say("neither speaks")) if value == NEITHER else code_mark(ConvergenceCode(value))


def _short(value: str) -> str:
    words: dict[str, str] = {
        "agreement": say("agr."),
        "partial": say("part."),
        "silence": say("sil."),
        "dissonance": say("diss."),
        "undetermined": say("undet."),
        NEITHER: say("neither"),
    }
    return words[value]
