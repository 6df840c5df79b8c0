"""Symbols, words and small drawings that the page Triangulate shares among its parts.

What people wrote enters these drawings through `escaped`, never as markup.
"""

from __future__ import annotations

import html
from collections.abc import Iterable, Mapping, Sequence

import streamlit as st

from codebook.models import Codebook, Valence
from triangulation.models import (
    ConvergenceCode,
    Excerpt,
    Finding,
    Judgement,
    Meaning,
    Part,
    Prominence,
    Row,
    Rule,
)
from triangulation.protocol import CodeSet
from triangulation.report.wording import CODE_SYMBOL, PROMINENCE_SYMBOL, VALENCE_SYMBOL
from workbench.messages import say
from workbench.views.links import link

_CODES = "own_codes"  # a protocol's own names of the codes, while its study is open

#: Colours follow the theme that the app wears; a symbol or word always stands beside them.
STYLE = """<style>
.tp-line, .tp-block { font-size: 14px; line-height: 1.45; font-variant-numeric: tabular-nums; }
.tp-block p, .tp-block h3, .tp-block h4, .tp-block ul { margin: 0; padding: 0; font-size: 14px; }
.tp-block h3 { font-size: 16px; line-height: 1.3; font-weight: 600; }
.tp-block h4 { font-weight: 600; }
.tp-soft { color: light-dark(#5A6068, #A3A9B0); }
.tp-small { font-size: 13px; }
.tp-code { font-weight: 600; white-space: nowrap; }
.tp-agreement { color: light-dark(#0B625E, #6CCDC2); } .tp-partial { color: light-dark(#8A6100, #E3B341); }
.tp-silence, .tp-undetermined { color: light-dark(#5A6068, #A3A9B0); }
.tp-dissonance { color: light-dark(#B3261E, #FF8A7A); }
.tp-bars { font-size: 9px; }
.tp-quote { margin: 4px 0 0; padding: 1px 0 1px 12px; border-left: 2px solid light-dark(#D9D5CA, #343A40);
  font: 15px/1.5 "Source Serif 4", Charter, "Iowan Old Style", Georgia, serif; overflow-wrap: anywhere;
  white-space: pre-line; max-width: 70ch; }
.tp-around { color: light-dark(#5A6068, #A3A9B0); }
.tp-steps { display: flex; flex-wrap: wrap; gap: 2px 22px; list-style: none; margin: 0; padding: 0 0 6px;
  font-size: 13px; border-bottom: 1px solid light-dark(#D9D5CA, #343A40); }
.tp-steps li { margin: 0; padding: 0; font-size: 13px; } .tp-steps b { font-weight: 600; }
.tp-table { border-collapse: collapse; font-size: 14px; line-height: 1.35;
  font-variant-numeric: tabular-nums; }
.tp-table caption { text-align: left; caption-side: top; padding: 0 0 6px; font-size: 13px;
  color: light-dark(#5A6068, #A3A9B0); max-width: 80ch; }
.tp-table th, .tp-table td { height: 32px; padding: 3px 18px 3px 0; text-align: left; vertical-align: middle;
  border: 0; border-bottom: 1px solid light-dark(#D9D5CA, #343A40); font-weight: 400; }
.tp-table thead th { font-weight: 600; border-bottom: 1px solid light-dark(#1E2226, #E8E4DB);
  position: sticky; top: 0; background: light-dark(#FBFAF7, #15181B); vertical-align: bottom; }
.tp-table .tp-group th { font-weight: 600; background: light-dark(#F1EFE8, #1D2226); padding-left: 8px; }
.tp-scroll { overflow: auto; max-height: 70vh; }
.st-key-triangulate_desk > div { min-width: 0; }
</style>"""


def escaped(text: str) -> str:
    """Text as HTML that shows exactly its characters."""
    return html.escape(text)


def soft_line(text: str) -> str:
    """A remark as HTML, in the softer tone."""
    return f'<p class="tp-line tp-soft tp-small">{escaped(text)}</p>'


def name_codes(codes: CodeSet | None) -> None:
    """Show the convergence codes under these names from here on; None: under those of Farmer et al."""
    st.session_state[_CODES] = codes


def code_words() -> Mapping[ConvergenceCode, str]:
    """The convergence codes in words: the team's own, where its protocol has a code set of its own."""
    own: CodeSet | None = st.session_state.get(_CODES)
    if own is not None:
        return {code: own.name(code) for code in ConvergenceCode}
    return {
        ConvergenceCode.AGREEMENT: say("convergence agreement"),
        ConvergenceCode.PARTIAL: say("partial agreement"),
        ConvergenceCode.SILENCE: say("silence"),
        ConvergenceCode.DISSONANCE: say("dissonance"),
        ConvergenceCode.UNDETERMINED: say("undetermined"),
    }


def valence_words() -> Mapping[Valence, str]:
    """The directions in words."""
    return {
        Valence.FACILITATOR: say("facilitator"),
        Valence.BARRIER: say("barrier"),
        Valence.MIXED: say("mixed"),
        Valence.NEUTRAL: say("neutral"),
    }


def prominence_words() -> Mapping[Prominence, str]:
    """The weights in words."""
    return {
        Prominence.MAIN: say("main"),
        Prominence.SECONDARY: say("secondary"),
        Prominence.PASSING: say("passing"),
    }


def meaning_words() -> Mapping[Meaning, str]:
    """How two meanings compare, in words."""
    return {
        Meaning.SAME: say("same"),
        Meaning.COMPLEMENTARY: say("complementary"),
        Meaning.CONTRADICTORY: say("contradictory"),
        Meaning.NOT_ASSESSABLE: say("not assessable"),
    }


def part_words() -> Mapping[Part, str]:
    """How two prominences, coverages or sets of examples compare, in words."""
    return {
        Part.SAME: say("same"),
        Part.DIFFERENT: say("different"),
        Part.NOT_ASSESSABLE: say("not assessable"),
    }


def rule_names() -> Mapping[Rule, str]:
    """The rules by their short names."""
    return {
        Rule.PARTS: say("All four parts"),
        Rule.ELEMENTS_STRICT: say("Two elements, strict"),
        Rule.MEANING_PROMINENCE: say("Meaning and prominence"),
        Rule.MEANING_FIRST: say("Meaning first"),
        Rule.OWN: say("Own code set"),
    }


def rule_sentences() -> Mapping[Rule, str]:
    """What each rule does, in a sentence."""
    return {
        Rule.PARTS: say(
            "Agreement when all parts that can be assessed are the same, dissonance when all differ, partial "
            "agreement in between."
        ),
        Rule.ELEMENTS_STRICT: say(
            "Agreement when both elements (meaning with prominence, coverage with examples) are wholly the "
            "same, partial agreement when exactly one is, dissonance when neither is."
        ),
        Rule.MEANING_PROMINENCE: say(
            "Agreement when meaning and prominence are the same, partial agreement when one of them is, "
            "dissonance when both differ; coverage and examples are shown but not used."
        ),
        Rule.MEANING_FIRST: say(
            "Dissonance when the meanings contradict each other, whatever the rest; partial agreement when "
            "they are the same or complementary and something differs; agreement when all is the same."
        ),
        Rule.OWN: say(
            "Codes under your own names. Meaning proposes them: the same, complementary, contradictory; the "
            "other parts are recorded and do not enter. Researchers may give another code, with a reason."
        ),
    }


def code_mark(code: ConvergenceCode) -> str:
    """A convergence code as HTML: symbol, word and colour."""
    return f'<span class="tp-code tp-{code.value}">{CODE_SYMBOL[code]} {escaped(code_words()[code])}</span>'


def theme_name(book: Codebook, key: str) -> str:
    """The label of a theme; its key where the codebook no longer has it."""
    return next((code.name() for code in book.codes if code.key == key), key)


def row_name(book: Codebook, row: Row) -> str:
    """The statement of a row; the label of its theme where it is the theme itself."""
    return row.statement or theme_name(book, row.theme)


def row_line(book: Codebook, row: Row) -> str:
    """A row's name with the key of its theme beside it, as HTML."""
    return f'{escaped(row_name(book, row))} <span class="tp-soft tp-small tp-key">{escaped(row.theme)}</span>'


def soft(text: str) -> str:
    """A few words as HTML in the softer tone, within a line."""
    return f'<span class="tp-soft tp-small">{escaped(text)}</span>'


def finding_line(finding: Finding) -> str:
    """Direction, weight, coverage, importance and writer of a finding, as HTML in one line."""
    said = []
    if finding.valence is not None:
        said.append(f"<b>{VALENCE_SYMBOL[finding.valence]}</b> {escaped(valence_words()[finding.valence])}")
    if finding.prominence is not None:
        bars = PROMINENCE_SYMBOL[finding.prominence]
        said.append(f'<span class="tp-bars">{bars}</span> {escaped(prominence_words()[finding.prominence])}')
    if finding.coverage:
        said.append(escaped(say("coverage: {coverage}", coverage=finding.coverage)))
    if finding.importance:
        said.append(escaped(say("importance: {importance}", importance=finding.importance)))
    if finding.researcher:
        said.append(escaped(say("written by {name}", name=finding.researcher)))
    return " · ".join(said)


def quote_block(excerpt: Excerpt, *, before: str = "", after: str = "") -> str:
    """A quote as HTML, with the words around it in a softer tone."""
    left = f'<span class="tp-around">…{escaped(before)}</span>' if before else ""
    right = f'<span class="tp-around">{escaped(after)}…</span>' if after else ""
    return f'<blockquote class="tp-quote" dir="auto">{left}{escaped(excerpt.quote)}{right}</blockquote>'


def judgement_parts(judgement: Judgement) -> str:
    """The four parts as one researcher judged them, in words; those not judged are left out."""
    parts: Iterable[tuple[str, Part | None]] = (
        (say("prominence"), judgement.prominence),
        (say("coverage"), judgement.coverage),
        (say("examples"), judgement.examples),
    )
    said = [f"{name} {part_words()[part]}" for name, part in parts if part is not None]
    if judgement.meaning is not None:
        said.insert(0, say("meaning {meaning}", meaning=meaning_words()[judgement.meaning]))
    return ", ".join(said)


def link_to_place(excerpt: Excerpt) -> None:
    """A link that opens the document of a quote at its place."""
    if excerpt.document_id is None or excerpt.start_char is None:
        st.html(soft_line(say("Given with the finding; these words stand in no document of the study.")))
        return
    link(
        "code",
        say("In context: {title}", title=excerpt.title),
        document=str(excerpt.document_id),
        at=str(excerpt.start_char),
        **({} if excerpt.version_id is None else {"version": str(excerpt.version_id)}),
    )


def table(
    caption: str, head: Sequence[str], rows: Iterable[Sequence[str]], *, first_is_name: bool = True
) -> str:
    """A table as HTML; cells are HTML already, caption and head are text."""
    heads = "".join(f'<th scope="col">{escaped(name)}</th>' for name in head)
    lines = []
    for cells in rows:
        if len(cells) == 1:
            lines.append(
                f'<tr class="tp-group"><th scope="rowgroup" colspan="{len(head)}">{cells[0]}</th></tr>'
            )
            continue
        tag = 'th scope="row"' if first_is_name else "td"
        first = f"<{tag}>{cells[0]}</{tag[:2]}>"
        lines.append(f"<tr>{first}{''.join(f'<td>{cell}</td>' for cell in cells[1:])}</tr>")
    return (
        f'<div class="tp-scroll"><table class="tp-table"><caption>{escaped(caption)}</caption>'
        f"<thead><tr>{heads}</tr></thead><tbody>{''.join(lines)}</tbody></table></div>"
    )
