"""What a judgement can rest on, source by source: statements, counts with denominators, coverage, quotes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import streamlit as st
from sqlalchemy import Engine

from store.studies import Member
from triangulation.coverage import Coverage, Overlap, overlap, overlap_of_periods
from triangulation.models import Excerpt, Finding
from triangulation.prominence import Count, ProminenceEvidence
from workbench.messages import say
from workbench.reasons import retold
from workbench.services.prominence import participants_of
from workbench.views.drawing import escaped, finding_line, link_to_place, quote_block, soft_line, table
from workbench.views.words import counted, share

#: So many quotes stand open; the others are one press away.
MOST_QUOTES = 3


def statements(findings: Sequence[Finding]) -> str:
    """What a source says, as HTML: each statement with its direction."""
    if not findings:
        return soft_line(say("No finding of this source."))
    return "".join(
        f'<div class="tp-block"><p>{escaped(finding.statement)}</p>'
        f'<p class="tp-soft tp-small">{finding_line(finding)}</p></div>'
        for finding in findings
    )


def counts(of_theme: ProminenceEvidence, of_quotes: ProminenceEvidence) -> str:
    """Counts of the theme and of the row's own quotes as HTML, each with what it is a share of."""
    lines = [(say("Theme, as coded"), _counted(of_theme, is_theme=True))]
    if of_quotes.segments.n:
        lines.append((say("This row’s quotes"), _counted(of_quotes, is_theme=False)))
    told = "".join(f"<p><b>{escaped(name)}:</b> {escaped(words)}</p>" for name, words in lines)
    return f'<div class="tp-block tp-small tp-evidence">{told}</div>'


def _counted(evidence: ProminenceEvidence, *, is_theme: bool) -> str:
    if evidence.documents.n is None:
        return say("not counted: {reason}", reason=retold(evidence.documents.reason))
    passages = say("coded passages") if is_theme else say("quotes")
    said = [
        _of(say("documents"), evidence.documents),
        _participants(evidence),
        _of(passages, evidence.segments),
    ]
    if evidence.characters.share is not None:
        said.append(say("{share} of the text", share=f"{100 * evidence.characters.share:.1f} %"))
    if evidence.segments.n and evidence.most_from_one.n is not None:
        said.append(say("most from one participant {share}", share=_share(evidence.most_from_one)))
    if evidence.periods_of and evidence.segments.n:
        said.append(_periods(evidence))
    if evidence.by:
        names = ", ".join(evidence.by)
        said.append(
            say("coded by {names}", names=names) if is_theme else say("written by {names}", names=names)
        )
    if evidence.not_read:
        said.append(say("{n} documents not coded yet, left out", n=evidence.not_read))
    return " · ".join(said)


def _participants(evidence: ProminenceEvidence) -> str:
    """Participants; how many of all are labels alone, of which one person may have several."""
    counted = _of(say("participants"), evidence.participants)
    return f"{counted} {say('({n} by label alone)', n=evidence.labels)}" if evidence.labels else counted


def _periods(evidence: ProminenceEvidence) -> str:
    of = len(evidence.periods_of)
    first, last = evidence.periods[0], evidence.periods[-1]
    span = first if first == last else f"{first} – {last}"
    return say("periods {n} of {of} ({span})", n=len(evidence.periods), of=of, span=span)


def _of(name: str, count: Count) -> str:
    return f"{name} {_share(count)}"


def _share(count: Count) -> str:
    return "–" if count.n is None or count.of is None else share(count.n, count.of)


def offer_participants(engine: Engine, actor: Member, *, theme: str, source: str, key: str) -> None:
    """A table of who speaks of a theme how much: one talkative person shows."""
    with st.popover(say("By participant"), key=key, type="tertiary", width="content"):
        spoken = participants_of(engine, actor, theme=theme, source=source)
        if not spoken:
            st.caption(say("No coded passage of this theme here belongs to a known participant."))
            return
        st.html(
            table(
                say(
                    "{source}: the theme by participant, as coded. Those who ask are left out.", source=source
                ),
                [say("Participant"), say("Documents"), say("Passages"), say("Characters")],
                [
                    [
                        escaped(one.speaker or say("nobody named")),
                        escaped("; ".join(one.documents)),
                        str(one.segments),
                        counted(one.characters),
                    ]
                    for one in spoken
                ],
            )
        )


def overlaps(one: Coverage, other: Coverage) -> dict[str, Overlap]:
    """What two sources share of sites, groups and periods, by the name of each list."""
    return {
        "sites": overlap(one.sites, other.sites),
        "groups": overlap(one.groups, other.groups),
        "periods": overlap_of_periods(one.periods, other.periods),
    }


def coverage_lists(coverage: Coverage, other: Coverage) -> str:
    """The lists of one source as HTML; what the other source has too is bold and marked."""
    lines = []
    for name, seen in overlaps(coverage, other).items():
        listed = [*(f"<b>= {escaped(word)}</b>" for word in seen.shared), *map(escaped, seen.only_a)]
        if listed:
            lines.append(f"<p><b>{escaped(list_names()[name])}:</b> {', '.join(listed)}</p>")
    if not lines:
        return soft_line(say("Coverage: no site, group or period is listed."))
    return f'<div class="tp-block tp-small tp-evidence">{"".join(lines)}</div>'


def list_names() -> dict[str, str]:
    """The lists of coverage in words."""
    return {"sites": say("Sites"), "groups": say("Groups"), "periods": say("Periods")}


def overlap_line(one: Coverage, other: Coverage) -> str:
    """How far the lists overlap, in a line; those that cannot be compared are left out."""
    told = []
    for name, seen in overlaps(one, other).items():
        if seen.jaccard is not None:
            of = len(seen.shared) + len(seen.only_a) + len(seen.only_b)
            shared = share(len(seen.shared), of)
            told.append(say("{name} {shared} shared", name=list_names()[name].lower(), shared=shared))
    return " · ".join(told) or say("no list of both sources to compare")


def quotes(findings: Iterable[Finding], *, key: str) -> None:
    """The quotes that findings rest on, each once and with the way to its document."""
    found = list(dict.fromkeys(excerpt for finding in findings for excerpt in finding.excerpts))
    if not found:
        st.html(soft_line(say("Rests on no quote.")))
        return
    _draw(found[:MOST_QUOTES])
    if rest := found[MOST_QUOTES:]:
        with st.expander(say("{n} more quotes", n=len(rest)), key=key):
            _draw(rest)


def _draw(excerpts: Iterable[Excerpt]) -> None:
    for excerpt in excerpts:
        st.html(quote_block(excerpt))
        link_to_place(excerpt)
