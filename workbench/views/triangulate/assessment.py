"""Step 3 on the page Triangulate: counts, rows as sets, silence, work-ups; the verdict is people's."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import streamlit as st
from sqlalchemy import Engine

from codebook.errors import UnknownCode
from codebook.hierarchy import resolve
from codebook.models import Codebook
from store.studies import Member
from triangulation.assessment import Assessment, Counts, SilentSource, assess_convergence
from triangulation.consensus import TEAM
from triangulation.models import ConvergenceCode
from triangulation.opportunity import Opportunity
from triangulation.report.wording import CODE_SYMBOL
from triangulation.sets import RowSet, SetCode, set_codes
from triangulation.workups import Card, cards_for, lacking
from workbench.messages import say
from workbench.services import assessment
from workbench.services.triangulation import Triangulation
from workbench.views.drawing import code_mark, code_words, escaped, row_line, soft_line, table
from workbench.views.triangulate import whole, work_ups
from workbench.views.words import plain, share, tell

#: The order in which the codes stand in the tables of counts.
_CODES = (
    ConvergenceCode.AGREEMENT,
    ConvergenceCode.PARTIAL,
    ConvergenceCode.DISSONANCE,
    ConvergenceCode.UNDETERMINED,
    ConvergenceCode.SILENCE,
)

_STYLE = """<style>
.tp-bar { display: flex; width: 180px; height: 10px; background: light-dark(#F1EFE8, #1D2226); }
.tp-bar span { height: 10px; background: currentColor;
  box-shadow: inset -1px 0 light-dark(#FBFAF7, #15181B); }
.tp-bar .tp-silence, .tp-bar .tp-undetermined { opacity: 0.35; }
.st-key-assessment_part .tp-scroll { max-height: none; }
.tp-key { white-space: nowrap; }
.tp-written { white-space: pre-line; overflow-wrap: anywhere; max-width: 70ch; }
</style>"""


def show(engine: Engine, actor: Member, found: Triangulation, book: Codebook) -> None:
    """What there is to count and to write, one part at a time."""
    if not found.matrix.rows:
        st.info(say("There is nothing to count yet. Add findings first: each stands in a row to compare."))
        return
    if not found.matrix.researchers:
        st.info(say("Nobody whose view you may read has judged yet, so there are no codes to count."))
        return
    st.html(_STYLE)
    may_write = assessment.may_write_for_team(engine, actor)
    cards = cards_for(found.needs_work_up, assessment.work_ups(engine, actor))
    part = _pick_part()
    st.html(_work_up_line(cards, may_write=may_write))
    with st.container(key="assessment_part"):
        if part == "counts":
            _show_counts(found, book)
        elif part == "rows":
            _show_rows(found, book)
        elif part == "silence":
            _show_silence(found, book)
        elif part == "workups":
            work_ups.show(engine, actor, found, book, cards)
        else:
            whole.show(engine, actor, found, _views(found))


def _pick_part() -> str:
    names = {
        "counts": say("Counts"),
        "rows": say("Rows over all sources"),
        "silence": say("Silence"),
        "workups": say("Work-ups"),
        "whole": say("Judgement of the whole"),
    }
    picked = st.segmented_control(
        say("What to look at in the assessment"),
        list(names),
        format_func=names.__getitem__,
        default="counts",
        required=True,
        key="assessment_show",
        label_visibility="collapsed",
    )
    return picked or "counts"


def _work_up_line(cards: Iterable[Card], *, may_write: bool) -> str:
    """How many rows ask for a work-up and how many lack it: it stands above whatever is shown."""
    asking = [card for card in cards if card.reasons]
    if not asking:
        return soft_line(say("No row holds a dissonance or an unexpected silence: none asks for a work-up."))
    if not may_write:
        return soft_line(
            say(
                "In your view {n} rows ask for a work-up. Work-ups are the team’s: they open to you once you "
                "have locked your judgements.",
                n=len(asking),
            )
        )
    missing = lacking(asking)
    words = say("{rows} ask for a work-up", rows=_of_rows(len(asking)))
    if not missing:
        return f'<p class="tp-line" role="status">✓ {escaped(words)}; {escaped(say("each has one"))}.</p>'
    return (
        f'<p class="tp-line" role="status">{escaped(words)}; '
        f"<b>{escaped(say('still lacking: {n}', n=len(missing)))}</b>. "
        f'<span class="tp-soft">{escaped(say("What lacks one is printed in the report."))}</span></p>'
    )


def _of_rows(number: int) -> str:
    return say("1 row") if number == 1 else say("{n} rows", n=number)


# --- counts


def _show_counts(found: Triangulation, book: Codebook) -> None:
    views = _views(found)
    st.html(_counts_per_view(found, views))
    st.html(soft_line(say("Counts, no score: how far the sources converge is the team’s own judgement.")))
    whose = _pick_view(found, views)
    counted = views[whose]
    levels = {level: of for (person, level), of in counted.by_level.items() if person == whose}
    pairs = {pair: of for (person, pair), of in counted.by_pair.items() if person == whose}
    st.html(
        _breakdown(
            say("By level, view of {name}.", name=_view_name(whose)),
            say("Level"),
            {_level_name(book, level): of for level, of in levels.items()},
        )
    )
    st.html(
        _breakdown(
            say("By pair of sources, view of {name}.", name=_view_name(whose)),
            say("Pair"),
            {f"{a} – {b}": of for (a, b), of in pairs.items()},
        )
    )


def _views(found: Triangulation) -> Mapping[str, Assessment]:
    """The counts by whose view they are: each researcher's, and the team's where it may be read."""
    views = dict.fromkeys(found.matrix.researchers, found.assessment)
    if found.team is not None:
        views[TEAM] = assess_convergence(found.team.matrix, found.team.existences)
    return views


def _view_name(whose: str) -> str:
    return say("the team") if whose == TEAM else whose


def _pick_view(found: Triangulation, views: Iterable[str], *, key: str = "assessment_whose") -> str:
    people = list(views)
    if len(people) == 1:
        return people[0]
    picked = st.segmented_control(
        say("Whose view to break down"),
        people,
        format_func=lambda name: plain(_view_name(name)),
        default=TEAM if found.team is not None and TEAM in people else people[0],
        required=True,
        key=key,
        label_visibility="collapsed",
    )
    return picked or people[0]


def _counts_per_view(found: Triangulation, views: Mapping[str, Assessment]) -> str:
    rows = []
    for whose, counted in views.items():
        counts = counted.by_researcher[whose]
        rows.append(
            [
                escaped(_view_name(whose)),
                *(_count(counts, code) for code in _CODES),
                _remarks(found, whose, counted),
            ]
        )
    return table(
        say(
            "Cells (row × pair of sources) by code. First line: share of all cells; second line: share of "
            "the cells where both sources speak, in which silence cannot occur."
        ),
        [say("View of"), *(_head(code) for code in _CODES), say("Beside it")],
        rows,
    )


def _head(code: ConvergenceCode) -> str:
    return f"{CODE_SYMBOL[code]} {code_words()[code]}"


def _count(counts: Counts, code: ConvergenceCode) -> str:
    if not counts.of(code):
        return '<span class="tp-soft">0</span>'
    lines = [escaped(share(counts.of(code), counts.cells))]
    if code is not ConvergenceCode.SILENCE:
        lines.append(f'<span class="tp-soft">{escaped(share(counts.of(code), counts.both_speak))}</span>')
    return "<br>".join(lines)


def _remarks(found: Triangulation, whose: str, counted: Assessment) -> str:
    counts = counted.by_researcher[whose]
    rows = share(counted.rows_with_dissonance[whose], len(found.matrix.rows))
    said = [say("dissonance in {rows} rows", rows=rows)]
    if counts.different_weight:
        said.append(say("{n} of same meaning, different weight", n=counts.different_weight))
    if counts.changed:
        said.append(say("{n} assigned against the rule", n=counts.changed))
    if counts.not_judged:
        said.append(say("{n} not judged yet", n=counts.not_judged))
    if counts.not_settled:
        said.append(say("{n} not settled where both speak", n=counts.not_settled))
    if counts.without_code:
        said.append(_about_cells_without_code(counts, of_team=whose == TEAM))
    return f'<span class="tp-small">{escaped("; ".join(said))}</span>'


def _about_cells_without_code(counts: Counts, *, of_team: bool) -> str:
    if of_team:
        return say(
            "{n} cells without a code: not settled, neither speaks, or not known", n=counts.without_code
        )
    return say("{n} cells without a code: neither speaks, or not known", n=counts.without_code)


def _breakdown(caption: str, head: str, counted: Mapping[str, Counts]) -> str:
    rows = [
        [escaped(name), *(_count(counts, code) for code in _CODES), _bar(counts)]
        for name, counts in counted.items()
    ]
    return table(
        caption, [head, *(_head(code) for code in _CODES), say("Of the cells where both speak")], rows
    )


def _bar(counts: Counts) -> str:
    """The shares where both sources speak as one bar; the numbers stand beside it."""
    parts = []
    for code in _CODES:
        part = counts.share_where_both_speak(code)
        if part:
            parts.append(f'<span class="tp-{code.value}" style="width:{part:.1%}"></span>')
    return f'<div class="tp-bar" aria-hidden="true">{"".join(parts)}</div>' if parts else ""


def _level_name(book: Codebook, level: str) -> str:
    try:
        return resolve(book, level).name()
    except UnknownCode:
        return level


# --- rows over all sources


def _show_rows(found: Triangulation, book: Codebook) -> None:
    st.html(_set_table(found, book))
    if len(found.matrix.researchers) < 2:
        return
    differing = found.assessment.differing
    if not differing:
        tell(say("The researchers gave the same code wherever two of them gave one."))
        return
    people = found.matrix.researchers
    st.html(
        table(
            say(
                "Where researchers gave a pair different codes: {n} cells. They are settled under 5 "
                "Researchers; first judgements stay as they were locked.",
                n=len(differing),
            ),
            [say("Row"), say("Pair"), *people],
            [
                [
                    row_line(book, cell.row),
                    escaped(" – ".join(cell.pair)),
                    *("–" if (code := cell.codes.get(name)) is None else code_mark(code) for name in people),
                ]
                for cell in differing
            ],
        )
    )


def _set_table(found: Triangulation, book: Codebook) -> str:
    sets = {(each.row, each.researcher): each for each in found.sets}
    people = list(found.matrix.researchers)
    if found.team is not None:
        sets |= {(each.row, each.researcher): each for each in set_codes(found.team.matrix)}
        people.append(TEAM)
    return table(
        say(
            "What each row says over all sources: derived from the codes of its pairs, never judged, and "
            "never in their place. k of n: how many sources speak on the row."
        ),
        [say("Row"), *(say("{name} (derived)", name=_view_name(name)) for name in people)],
        [
            [row_line(book, row), *(_set(sets[row, name]) if (row, name) in sets else "–" for name in people)]
            for row in found.matrix.rows
        ],
    )


def _set(found: RowSet) -> str:
    words = {
        SetCode.AGREEMENT: (say("agreement"), "agreement"),
        SetCode.PARTIAL: (say("partial"), "partial"),
        SetCode.CONTAINS_DISSONANCE: (say("contains dissonance"), "dissonance"),
        SetCode.SINGLE_SOURCE: (say("single source"), "silence"),
        SetCode.NONE: (say("no source known to speak"), "silence"),
        SetCode.UNDETERMINED: (say("undetermined"), "undetermined"),
    }
    word, colour = words[found.code]
    symbol = CODE_SYMBOL[ConvergenceCode(colour)]
    coverage = escaped(say("{k} of {n}", k=found.coverage, n=found.sources))
    missing = escaped(say("; pairs without a code: {n}", n=found.lacking)) if found.lacking else ""
    return (
        f'<span class="tp-code tp-{colour}">{symbol} {escaped(word)}</span> '
        f'<span class="tp-soft tp-small"><span class="tp-key">{coverage}</span>{missing}</span>'
    )


# --- silence


def _show_silence(found: Triangulation, book: Codebook) -> None:
    whose = _pick_view(found, found.matrix.researchers, key="assessment_silence_whose")
    silences = found.assessment.silences_of(whose)
    pairs = found.assessment.by_researcher[whose].silence
    tell(
        say(
            "{pairs} silent pairs are {sources} silent sources, out of {places} row × source. Pairs grow "
            "with the number of sources; what is silent is a source on a row.",
            pairs=pairs,
            sources=len(silences),
            places=found.assessment.places,
        )
    )
    if not silences:
        return
    st.html(
        table(
            say("Who is silent on a row on which others speak, view of {name}.", name=whose),
            [
                say("Row"),
                say("Silent"),
                say("Kind, as judged"),
                say("By the map"),
                say("Expected"),
                say("Reason"),
            ],
            [
                [
                    row_line(book, silent.row),
                    escaped(silent.source),
                    escaped(", ".join(_kinds().get(kind, kind) for kind in silent.kinds)) or "–",
                    escaped(_by_map(found, silent)),
                    _expected(found, silent),
                    f'<span class="tp-small">{escaped(" ".join(silent.reasons))}</span>',
                ]
                for silent in silences
            ],
        )
    )


def _kinds() -> Mapping[str, str]:
    return {
        "not_asked": say("not asked"),
        "not_applicable": say("cannot know"),
        "asked_not_raised": say("asked, not raised"),
        "raised_then_dropped": say("raised, then dropped"),
        "data_missing": say("data missing"),
    }


def _by_map(found: Triangulation, silent: SilentSource) -> str:
    """What the opportunity map says: was the source asked, or could the topic come up."""
    words = {
        Opportunity.ASKED: say("asked"),
        Opportunity.COULD_BE_RAISED: say("could be raised"),
        Opportunity.NOT_ASKED: say("not asked"),
    }
    chance = found.opportunities.get((silent.row, silent.source))
    return "–" if chance is None else words[chance.state]


def _expected(found: Triangulation, silent: SilentSource) -> str:
    words = {"yes": say("yes"), "no": say("no"), "unclear": say("unclear")}
    said = escaped(", ".join(words[value] for value in silent.expected)) or "–"
    asks = any(silent.source in reason.sources for reason in found.needs_work_up.get(silent.row, ()))
    return f"<b>{said}</b>" if asks and silent.expected != ("yes",) else said
