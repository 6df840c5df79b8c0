"""Robustness on the page Triangulate: every conclusion with one thing changed at a time."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st
from sqlalchemy import Engine

from codebook.models import Codebook
from store.studies import Member
from triangulation.consensus import TEAM
from triangulation.models import ConvergenceCode, Rule
from triangulation.robustness import About, Change, Conclusion, Outcome, Robustness, Survives, Variation
from triangulation.sets import SetCode
from workbench.messages import say
from workbench.reasons import retold
from workbench.services.robustness import robustness_of
from workbench.services.triangulation import Triangulation
from workbench.views.drawing import code_words, escaped, row_name, rule_names, soft_line, table, theme_name
from workbench.views.words import share

_SYMBOL = {Survives.YES: "✓", Survives.NO: "✕", Survives.CANNOT_TELL: "?", Survives.UNTOUCHED: "–"}
_CLASS = {Survives.NO: "tp-code tp-dissonance", Survives.CANNOT_TELL: "tp-code tp-partial"}
_NOT, _ANY, _DOUBT = "does_not", "any", "cannot_tell"


def show(engine: Engine, actor: Member, found: Triangulation, book: Codebook) -> None:
    """Shares at the top, then conclusions × variations; the chosen conclusion opens to what changes."""
    if not found.matrix.rows:
        st.info(say("There is nothing to check yet. Add findings first: conclusions are drawn from them."))
        return
    with st.spinner(say("Drawing every conclusion again")):
        robustness = robustness_of(engine, actor)
    if not robustness.conclusions:
        st.info(
            say(
                "No conclusion can be drawn yet: findings without a direction and pairs without a code say "
                "nothing that could be overturned. Judge the pairs under Coding first."
            )
        )
        return
    st.html(_shares(robustness))
    _tell_what_was_not_varied(robustness)
    shown = _filtered(robustness)
    if not shown:
        st.info(say("No conclusion is left under this filter. Choose another one above."))
        return
    _show_chosen(shown, book)
    st.html(_table(robustness, shown, book))


def _shares(found: Robustness) -> str:
    rows = [[f"<b>{escaped(say('Under everything'))}</b>", *_counted(found, None)]]
    rows += [
        [escaped(change_words()[change]), *_counted(found, change)]
        for change in Change
        if found.share(change=change).n
    ]
    return table(
        say(
            "Conclusions that survive, of those that the change has a bearing on. Counts, no score: what "
            "does not survive is named below, with what it hangs on."
        ),
        [say("Changed"), say("Survive"), say("Do not"), say("Cannot be told")],
        rows,
    )


def _counted(found: Robustness, change: Change | None) -> list[str]:
    seen = found.share(change=change)
    return [share(seen.yes, seen.n), share(seen.no, seen.n), share(seen.cannot_tell, seen.n)]


def _tell_what_was_not_varied(found: Robustness) -> None:
    lines = [retold(reason) for reason in found.reasons.values()]
    if found.undrawn:
        words = say(
            "Rows without a convergence to conclude on yet, as a pair that speaks has no code: {n}.",
            n=len({row for row, _ in found.undrawn}),
        )
        lines.append(words)
    if lines:
        st.html(soft_line(" ".join(lines)))


def _filtered(found: Robustness) -> list[Conclusion]:
    with st.container(horizontal=True, vertical_alignment="bottom"):
        answer = st.segmented_control(
            say("Show"),
            [_NOT, _DOUBT, _ANY],
            format_func=lambda one: {
                _NOT: say("Does not survive"),
                _DOUBT: say("Cannot be told"),
                _ANY: say("All conclusions"),
            }[one],
            default=_NOT if found.share().no else _ANY,
            required=True,
            key="robustness_show",
        )
        abouts = [about for about in About if any(c.about is about for c in found.conclusions)]
        about = st.selectbox(
            say("About"),
            [None, *abouts],
            format_func=lambda one: say("everything") if one is None else about_words()[one],
            key="robustness_about",
            width=260,
        )
    wanted = {_NOT: Survives.NO, _DOUBT: Survives.CANNOT_TELL}.get(answer or _ANY)
    return [
        conclusion
        for conclusion in found.conclusions
        if about in (None, conclusion.about) and wanted in (None, conclusion.survives)
    ]


def _show_chosen(shown: Sequence[Conclusion], book: Codebook) -> None:
    """One conclusion, with every variation that overturns it or leaves it untold."""
    names = [f"{n}. {_name(conclusion, book)}" for n, conclusion in enumerate(shown, start=1)]
    at = st.selectbox(
        say("What changes, and why"),
        range(len(shown)),
        format_func=names.__getitem__,
        key=f"robustness_chosen_{len(shown)}",
    )
    conclusion = shown[at]
    # A quote that rests on one coder alone is named also where another quote keeps the conclusion.
    told = [o for o in conclusion.outcomes if o.survives in (Survives.NO, Survives.CANNOT_TELL) or o.quotes]
    lines = [f"<p>{_explained(outcome, conclusion)}</p>" for outcome in told]
    held = sum(outcome.survives is Survives.YES for outcome in conclusion.outcomes)
    heading = f"<h4>{escaped(_stands(conclusion))}</h4>"
    survived = say("{n} variations leave it as it is.", n=held)
    st.html(
        f'<div class="tp-block" data-trigpoint="conclusion">{heading}'
        f'{"".join(lines)}<p class="tp-soft tp-small">{escaped(survived)}</p></div>'
    )


def _explained(outcome: Outcome, conclusion: Conclusion) -> str:
    mark = _mark(outcome.survives)
    words = [f"{mark} <b>{escaped(variation_words(outcome.variation))}</b>"]
    if outcome.value is not None and outcome.value != conclusion.value:
        words.append(f"→ {escaped(value_words(outcome.value))}")
    if outcome.reason:
        words.append(escaped(retold(outcome.reason)))
    pairs = [
        escaped(say("{a} against {b}: {before} → {after}", a=a, b=b, before=_code(was), after=_code(now)))
        for a, b, was, now in outcome.pairs
    ]
    quotes = [f"“{escaped(quote)}”" for quote in outcome.quotes]
    if quotes:
        words.append(escaped(say("rest on these codings alone:")))
    return " · ".join([*words, *pairs, *quotes])


def _code(value: str | None) -> str:
    return say("no code") if value is None else code_words()[ConvergenceCode(value)]


def _table(found: Robustness, shown: Sequence[Conclusion], book: Codebook) -> str:
    rows = [
        [
            f"{n}. {escaped(_row(conclusion, book))}",
            escaped(_stands(conclusion)),
            *(_cell(outcome) for outcome in conclusion.outcomes),
        ]
        for n, conclusion in enumerate(shown, start=1)
    ]
    return table(
        say(
            "Conclusions and variations: ✓ survives, ✕ does not, ? cannot be told, – the change has no "
            "bearing on it. A number is how many sources are left."
        ),
        [say("Row"), say("Conclusion"), *(variation_words(variation) for variation in found.variations)],
        rows,
    )


def _cell(outcome: Outcome) -> str:
    mark = _mark(outcome.survives)
    if outcome.survives is Survives.NO and outcome.value is not None:
        return f"{mark} {escaped(value_words(outcome.value))}"
    counts = outcome.variation.change in (Change.WITHOUT_SOURCE, Change.WITHOUT_CODER)
    if outcome.k is not None and counts and outcome.survives is Survives.YES:
        return f'{mark} <span class="tp-soft tp-small">{outcome.k}</span>'
    return mark


def _mark(answer: Survives) -> str:
    css = _CLASS.get(answer, "tp-soft")
    return f'<span class="{css}" title="{escaped(survival_words()[answer])}">{_SYMBOL[answer]}</span>'


def _name(conclusion: Conclusion, book: Codebook) -> str:
    return f"{_row(conclusion, book)} – {_stands(conclusion)}"


def _row(conclusion: Conclusion, book: Codebook) -> str:
    if conclusion.about is About.CODER_AGREEMENT:
        return theme_name(book, conclusion.row.theme)
    return row_name(book, conclusion.row)


def _stands(conclusion: Conclusion) -> str:
    words = value_words(conclusion.value)
    if conclusion.k is not None:
        sources = say("1 source") if conclusion.k == 1 else say("{k} sources", k=conclusion.k)
        words = f"{words} ({sources})"
    if conclusion.view not in ("", TEAM):
        words = say("{words}, view of {name}", words=words, name=conclusion.view)
    return words


def value_words(value: str) -> str:
    """What a conclusion says, in words."""
    words: dict[str, str] = {
        SetCode.AGREEMENT.value: say("all pairs agree"),
        SetCode.PARTIAL.value: say("partial agreement"),
        SetCode.CONTAINS_DISSONANCE.value: say("contains dissonance"),
        SetCode.SINGLE_SOURCE.value: say("single source"),
        About.FACILITATOR.value: say("facilitator"),
        About.BARRIER.value: say("barrier"),
        "reached": say("coders reach the lower bound of the plan"),
        "not_reached": say("coders do not reach the lower bound of the plan"),
    }
    return words.get(value, value)


def about_words() -> dict[About, str]:
    """What conclusions are about, in words."""
    return {
        About.CONVERGENCE: say("Convergence of the row’s sources"),
        About.FACILITATOR: say("Facilitators"),
        About.BARRIER: say("Barriers"),
        About.CODER_AGREEMENT: say("Coder agreement"),
    }


def change_words() -> dict[Change, str]:
    """What is changed, in words."""
    return {
        Change.RULE: say("Another rule"),
        Change.WITHOUT_RESEARCHER: say("One researcher left out"),
        Change.WITHOUT_SOURCE: say("One source left out"),
        Change.WITHOUT_CODER: say("One coder left out"),
        Change.UNIT: say("Another unit of coder agreement"),
    }


def variation_words(variation: Variation) -> str:
    """A change with its name, in words."""
    if variation.change is Change.RULE:
        return say("rule: {name}", name=rule_names()[Rule(variation.name)])
    if variation.change is Change.UNIT:
        return say("unit: {name}", name=variation.name)
    if variation.change is Change.WITHOUT_CODER:
        return say("without coder {name}", name=variation.name)
    if variation.change is Change.WITHOUT_RESEARCHER:
        return say("without judge {name}", name=variation.name)
    return say("without {name}", name=variation.name)


def survival_words() -> dict[Survives, str]:
    """Whether a conclusion holds, in words."""
    return {
        Survives.YES: say("survives"),
        Survives.NO: say("does not survive"),
        Survives.CANNOT_TELL: say("cannot be told"),
        Survives.UNTOUCHED: say("the change has no bearing on it"),
    }
