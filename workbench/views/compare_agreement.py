"""The tables of coder agreement: first where it was promised, then theme by theme, rare codes as counts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd
import streamlit as st

from codebook.agreement import Agreement
from codebook.agreement.breakdown import Part
from codebook.agreement.words import krippendorff_band, landis_koch_word
from codebook.disagreements import in_words
from store.plans import Plan
from workbench import session
from workbench.messages import say, say_number
from workbench.reasons import retold
from workbench.services import agreement, agreement_spans
from workbench.services.agreement import CodeAgreement, CoderAgreement
from workbench.services.agreement_files import FORMATS, appendix
from workbench.services.agreement_spans import PassageAgreement, SpanAgreement
from workbench.views.disagreements import ASKED_CODES
from workbench.views.leaving import download
from workbench.views.words import counted, plain, tell

#: In the order of the columns.
PASSAGE_MEASURES = ("u_alpha", "alpha_u", "gamma", "f1", "f1_exact")

UNIT_NAMES: Mapping[str, str] = {
    "section": "Paragraph or turn",
    "sentence": "Sentence",
    "document": "Document",
    "character": "Character",
}


def show_agreement(round_name: str, coders: Sequence[str], plan: Plan | None) -> None:
    """Draw the figures of a revealed round."""
    with st.container(horizontal=True, vertical_alignment="center", gap="medium"):
        unit = _choose_unit(plan)
        shown = _choose_part()
        koch = _ask_for_words()
        place_of_downloads = st.container(horizontal=True, gap="small")
    found = agreement.agreement_of_round(
        session.engine(), session.actor(), round_name, unit=unit, coders=coders
    )
    with place_of_downloads:
        _offer_appendix(found)
    if not found.codings:
        st.info(say("Nobody coded anything in this round, so there is nothing to agree on."))
        return
    _show_head(found, plan)
    if shown == "passages":
        _show_passages(found)
    elif shown == "parts":
        _show_parts(found)
    else:
        _show_codes(found, plan, koch=koch)


# --- what is asked -------------------------------------------------------------------------------


def _choose_unit(plan: Plan | None) -> str:
    begin_with = plan.unit if plan is not None else "section"
    picked = st.selectbox(
        say("Unit of comparison"),
        list(UNIT_NAMES),
        index=list(UNIT_NAMES).index(begin_with),
        format_func=lambda unit: say(UNIT_NAMES[unit]),
        key="compare_unit",
        label_visibility="collapsed",
        width=235,
        help=say("Single characters are there to compare with NVivo; they are no observations."),
    )
    return picked or begin_with


def _choose_part() -> str:
    names = {"codes": say("Codes"), "passages": say("Passages"), "parts": say("Coders and documents")}
    picked = st.segmented_control(
        say("Figures"),
        list(names),
        format_func=names.__getitem__,
        default="codes",
        required=True,
        key="compare_part",
        label_visibility="collapsed",
        persist_state="session",
    )
    return picked or "codes"


def _ask_for_words() -> bool:
    with st.popover(say("What these figures say"), icon=":material/help:"):
        st.markdown(
            say(
                "**Positive agreement** (Dice) looks only at units where a coder found the code: how often "
                "the other found it too.\n\n"
                "**Krippendorff's alpha** sets observed against expected disagreement: 1 is perfect, 0 what "
                "chance gives. The interval comes from drawing whole documents anew. Krippendorff's words go "
                "with its lower end: from .800 reliable, from .667 tentative, below that nothing should be "
                "built on it.\n\n"
                "**Gwet's AC1** is the companion that does not collapse for rare codes; it is high for a "
                "code that nobody finds. It is not on one scale with alpha.\n\n"
                "**Percent agreement** counts units on which coders agree that the code is there or is not. "
                "Most units carry no given code, so it is high for every rare code.\n\n"
                "No single figure is the answer; the places of disagreement are."
            ),
            width=420,
        )
        return st.toggle(
            say("Words after Landis and Koch"),
            key="compare_koch",
            help=say(
                "Their limits are arbitrary, as they said themselves, and the same word means different "
                "things for different coefficients."
            ),
        )


def _offer_appendix(found: CoderAgreement) -> None:
    with st.popover(say("Appendix"), icon=":material/download:"):
        tell(
            say(
                "Reliability matrix, every figure with its formula and source, settings, seed and versions: "
                "what reviewers ask for."
            ),
            width=320,
        )
        for name, mime in FORMATS.items():
            download(
                say("Download {format}", format=name.upper()),
                "agreement",
                data=lambda name=name: appendix(session.engine(), session.actor(), found, name),
                file_name=f"coder-agreement.{name}",
                mime=mime,
                key=f"compare_appendix_{name}",
            )


# --- the head ------------------------------------------------------------------------------------


def _show_head(found: CoderAgreement, plan: Plan | None) -> None:
    """What was promised and what came of it, in a sentence or two; then what to beware of."""
    at_levels = plan is not None and plan.level == "level"
    answer = found.pooled_levels if at_levels else found.pooled
    what = say("levels") if at_levels else say("themes")
    said = [
        say(
            "{coders}, {documents} documents, {units} units.",
            coders=", ".join(found.coders),
            documents=found.n_documents,
            units=counted(found.n_units),
        )
    ]
    if found.unit != "character":
        said.append(_pooled(answer, what))
        said.append(_promise(plan, answer, what))
    tell(" ".join(part for part in said if part), width=1000)
    if found.warnings:
        st.caption(plain(" ".join(map(retold, found.warnings))), width=1000)


def _pooled(answer: Agreement, what: str) -> str:
    if answer.value is None:
        return say(
            "There is no alpha over all {what}: {reason}.", what=what, reason=retold(answer.reason) or ""
        )
    if answer.low is None or answer.high is None:
        return say(
            "Alpha over all {what} {value}, without an interval: {reason}.",
            what=what,
            value=number(answer.value),
            reason=retold(answer.interval_reason or ""),
        )
    return say(
        "Alpha over all {what} {value}, interval {low} to {high}; its lower end is {band}.",
        what=what,
        value=number(answer.value),
        low=number(answer.low),
        high=number(answer.high),
        band=_band(answer.low),
    )


def _band(low: float) -> str:
    return {
        "reliable": say("what Krippendorff calls reliable"),
        "tentative": say("good for tentative conclusions, after Krippendorff"),
        "unreliable": say("too low to build on, after Krippendorff"),
    }[krippendorff_band(low) or "unreliable"]


def _promise(plan: Plan | None, answer: Agreement, what: str) -> str:
    if plan is None:
        return say(
            "No plan says where reliability was promised; a level chosen afterwards convinces few reviewers."
        )
    if plan.wanted is None:
        return say("The plan promised it at the level of {what}, without a figure.", what=what)
    wanted = number(plan.wanted)
    if answer.low is not None and answer.low >= plan.wanted:
        return say("The plan wanted a lower end of {wanted} for {what}: reached.", wanted=wanted, what=what)
    return say("The plan wanted a lower end of {wanted} for {what}: not reached.", wanted=wanted, what=what)


# --- codes ---------------------------------------------------------------------------------------


def _show_codes(found: CoderAgreement, plan: Plan | None, *, koch: bool) -> None:
    table, chosen = st.columns([2.4, 1], gap="medium")
    with table:
        picked = None
        themes = agreement.worst_first([entry for entry in found.codes if not entry.is_rare])
        rare = [entry for entry in found.codes if entry.is_rare]
        parts = [
            (say("Themes, lowest alpha first"), themes),
            (say("Levels, with all below them"), found.levels),
        ]
        if plan is not None and plan.level == "level":
            parts.reverse()
        for number_of_part, (title, entries) in enumerate(parts):
            if entries:
                st.markdown(f"**{title}**")
                picked = _table(entries, found, koch=koch, key=f"compare_{number_of_part}") or picked
        if rare:
            st.markdown(f"**{say('Rare codes: counts, no verdict')}**")
            picked = _rare_table(rare, found) or picked
        if found.unused:
            st.caption(
                say_number("Used by nobody: {n} code.", "Used by nobody: {n} codes.", len(found.unused))
            )
    with chosen:
        if picked is None:
            tell(say("Choose a code to see what coders disagree about, and where."))
        else:
            _show_code(picked, found)


def _table(
    entries: Sequence[CodeAgreement], found: CoderAgreement, *, koch: bool, key: str
) -> CodeAgreement | None:
    rows = [_row(entry, koch=koch) for entry in entries]
    return _picked(entries, _without_empty_reasons(pd.DataFrame(rows)), _columns(), key=key)


def _rare_table(entries: Sequence[CodeAgreement], found: CoderAgreement) -> CodeAgreement | None:
    rows = [
        {
            "code": entry.code.key,
            "label": entry.code.name(),
            **entry.counts,
            "about": retold(in_words(entry.kinds)),
        }
        for entry in entries
    ]
    return _picked(entries, pd.DataFrame(rows), _columns(), key="compare_rare")


def _picked(
    entries: Sequence[CodeAgreement], frame: pd.DataFrame, columns: dict[str, object], *, key: str
) -> CodeAgreement | None:
    picked = st.dataframe(
        frame,
        hide_index=True,
        width="stretch",
        height="content",
        on_select="rerun",
        selection_mode="single-row",
        column_config=columns,
        placeholder="–",
        key=key,
    )
    rows = picked["selection"]["rows"]
    return entries[rows[0]] if rows and rows[0] < len(entries) else None


def _row(entry: CodeAgreement, *, koch: bool) -> dict[str, object]:
    m = entry.measures
    row: dict[str, object] = {
        "code": entry.code.key,
        "label": entry.code.name(),
        **entry.counts,
        "positive": _clean(m.positive_agreement),
        "alpha": _clean(m.alpha),
        "low": _clean(m.alpha_low),
        "high": _clean(m.alpha_high),
        "ac1": _clean(m.ac1),
        "percent": m.percent,
        "prevalence": m.prevalence,
        "reasons": "; ".join(f"{_measure(name)}: {retold(reason)}" for name, reason in m.reasons.items()),
    }
    if koch:
        row["koch"] = landis_koch_word(m.kappa) or ""
    return row


def _columns() -> dict[str, object]:
    number_of = st.column_config.NumberColumn
    return {
        "code": st.column_config.TextColumn(say("Code"), pinned=True),
        "label": say("Label"),
        "positive": number_of(say("Positive"), format="%.2f", help=say("Positive agreement (Dice)")),
        "alpha": number_of(say("Alpha"), format="%.2f"),
        "low": number_of(say("from"), format="%.2f", help=say("95 % interval of alpha")),
        "high": number_of(say("to"), format="%.2f", help=say("95 % interval of alpha")),
        "ac1": number_of("AC1", format="%.2f"),
        "percent": number_of(say("Percent"), format="percent", help=say("Percent agreement")),
        "prevalence": number_of(
            say("Prevalence"), format="%.3f", help=say("Share of ratings that are positive")
        ),
        "koch": say("Landis & Koch"),
        "about": st.column_config.TextColumn(say("What it is about"), width="large"),
        "reasons": st.column_config.TextColumn(say("No value, because"), width="medium"),
    }


def _show_code(entry: CodeAgreement, found: CoderAgreement) -> None:
    """One code in plain words, its figures with their settings, and its places."""
    m = entry.measures
    st.markdown(f"**{plain(entry.code.name())}** :gray[{plain(entry.code.key)}]")
    tell(
        retold(in_words(entry.kinds)) + "."
        if entry.kinds
        else say("The coders do not disagree about this code.")
    )
    if entry.kinds and st.button(say("Walk its disagreements"), key="compare_walk"):
        st.session_state["compare_view_wanted"] = "disagreements"
        st.session_state[ASKED_CODES] = sorted(entry.covers & {c.code for c in found.codings})
        st.rerun()
    lines = [
        (say("Units with two ratings"), counted(m.n)),
        (say("Percent agreement"), number(m.percent)),
        (say("Positive agreement"), number(m.positive_agreement)),
        (say("Cohen's kappa, mean of pairs"), number(m.kappa)),
        (say("Krippendorff's alpha"), number(m.alpha)),
        (say("Interval of alpha"), _between(m.alpha_low, m.alpha_high)),
        (say("Gwet's AC1"), number(m.ac1)),
    ]
    st.dataframe(
        pd.DataFrame(lines, columns=["measure", "value"]),
        hide_index=True,
        width="stretch",
        height="content",
        column_config={"measure": say("Measure"), "value": say("Value")},
    )
    for said in (m.interval, *m.remarks, *(f"{_measure(n)}: {retold(r)}" for n, r in m.reasons.items())):
        if said:
            st.caption(plain(retold(said)))
    places = [
        {
            "coder": coding.coder,
            "quote": coding.quote,
            "open": session.address(
                "code",
                document=coding.document_id,
                at=coding.start_char,
                version=found.versions.get(coding.document_id),
            ),
        }
        for coding in found.codings
        if coding.code in entry.covers
    ]
    if places:
        st.dataframe(
            pd.DataFrame(places),
            hide_index=True,
            width="stretch",
            height=min(35 * len(places) + 38, 320),
            column_config={
                "coder": st.column_config.TextColumn(say("Coder"), width="small"),
                "quote": say("Quote"),
                "open": st.column_config.LinkColumn(
                    say("In context"), display_text=say("Open"), width="small"
                ),
            },
        )


# --- passages ------------------------------------------------------------------------------------


@st.cache_data(show_spinner=False, max_entries=20)
def _passages(_found: CoderAgreement, study: str, round_id: str, coders: Sequence[str]) -> PassageAgreement:
    """Cached: the frozen layer of a revealed round never changes. Whoever asks may read the round."""
    return agreement_spans.passages_of_round(
        session.engine(), session.actor(), _found.round.name, coders=coders
    )


def _show_passages(found: CoderAgreement) -> None:
    tell(
        say(
            "Units say whether a code was found; passages say where it begins and ends. u-alpha counts "
            "unmarked text too; cu-alpha asks only which code was given where two marked; gamma pairs "
            "passages and weighs place and code; F1 is the share of passages that have a partner in the "
            "other's coding."
        ),
        width=1000,
    )
    with st.spinner(say("Pairing passages …")):
        result = _passages(found, str(session.study().id), str(found.round.id), tuple(found.coders))
    rows = [_span_row(entry) for entry in (result.whole, *result.codes)]
    st.dataframe(
        _without_empty_reasons(pd.DataFrame(rows)),
        hide_index=True,
        width="stretch",
        height="content",
        column_config=_span_columns(),
        placeholder="–",
    )
    tell(_of_valence(result))
    if result.groups:
        st.markdown(f"**{say('Which theme of a level, where two marked the same text')}**")
        st.dataframe(
            pd.DataFrame(
                [
                    {
                        "code": group.level.key,
                        "label": group.level.name(),
                        "cu_alpha": _clean(group.cu_alpha.value),
                        "coverage": group.cu_alpha.coverage,
                        "reasons": retold(group.cu_alpha.reason or ""),
                    }
                    for group in result.groups
                ]
            ),
            hide_index=True,
            height="content",
            column_config=_span_columns(),
            placeholder="–",
        )


def _of_valence(result: PassageAgreement) -> str:
    """Whether coders saw the same direction where they gave the same code."""
    found = result.valence
    said = say(
        "Direction: of {n} passages that two coders gave the same code, {missing} have none by one of them.",
        n=found.n_matched,
        missing=found.n_not_given,
    )
    if found.alpha.value is None:
        return said + " " + say("No alpha of the others: {reason}.", reason=retold(found.alpha.reason or ""))
    return (
        said
        + " "
        + say(
            "Alpha of the others {alpha}, AC1 {ac1}.",
            alpha=number(found.alpha.value),
            ac1=number(found.ac1.value),
        )
    )


def _span_row(entry: SpanAgreement) -> dict[str, object]:
    row: dict[str, object] = {
        "code": entry.code.key if entry.code is not None else say("any code"),
        "label": entry.code.name() if entry.code is not None else "",
        **entry.n_spans,
    }
    row |= {name: _clean(entry.measures[name].value) for name in PASSAGE_MEASURES}
    row["offset"] = entry.offset
    row["reasons"] = "; ".join(
        f"{_measure(name)}: {retold(reason)}" for name, reason in entry.reasons.items() if name != "cu_alpha"
    )
    return row


def _span_columns() -> dict[str, object]:
    number_of = st.column_config.NumberColumn
    return {
        "code": st.column_config.TextColumn(say("Code"), pinned=True),
        "label": say("Label"),
        "u_alpha": number_of("u-alpha", format="%.2f"),
        "cu_alpha": number_of("cu-alpha", format="%.2f"),
        "coverage": number_of(
            say("Coverage"), format="percent", help=say("Share of the text of which cu-alpha speaks")
        ),
        "alpha_u": number_of(
            say("alpha-U"),
            format="%.2f",
            help=say("Krippendorff 1995: strict on boundaries; may fall below -1"),
        ),
        "gamma": number_of("gamma", format="%.2f"),
        "f1": number_of("F1", format="%.2f", help=say("Passages that share half of their text or more")),
        "f1_exact": number_of(say("F1, exact"), format="%.2f"),
        "offset": number_of(
            say("Ends apart"),
            format="%.0f",
            help=say("Median distance of the ends of paired passages, characters"),
        ),
        "reasons": st.column_config.TextColumn(say("No value, because"), width="medium"),
    }


# --- coders, documents, kinds of source, rounds --------------------------------------------------


def _show_parts(found: CoderAgreement) -> None:
    if found.unit == "character":
        st.info(say("Choose another unit: parts of a study are not compared by single characters."))
        return
    left, right = st.columns(2, gap="medium")
    parts = found.breakdown
    with left:
        st.markdown(f"**{say('Two by two')}**")
        rows = [
            {"pair": f"{a} · {b}", **_counts_of(part, (a, b)), **_alpha_of(part)}
            for a, b, part in parts.pairs
        ]
        _part_table(rows)
        gains = {coder: gain for coder, gain in parts.without.items() if gain is not None}
        for coder, gain in gains.items():
            st.caption(
                say("Without {coder}, alpha changes by {gain}.", coder=plain(coder), gain=f"{gain:+.2f}")
            )
        st.markdown(f"**{say('Kind of source')}**")
        _part_table(
            [{"pair": str(p.name), **_counts_of(p, found.coders), **_alpha_of(p)} for p in parts.kinds]
        )
        _show_confused(found)
        _show_rounds()
    with right:
        st.markdown(f"**{say('Document')}**")
        compared = agreement.compared_in(session.engine(), session.actor(), found.round.name)
        titles = {document.id: document.title for document in compared.documents}
        _part_table(
            [
                {"pair": titles[p.name], **_counts_of(p, found.coders), **_alpha_of(p)}  # type: ignore[index]
                for p in parts.documents
            ]
        )


def _show_confused(found: CoderAgreement) -> None:
    """Themes of one level that one coder gave where the other gave the other."""
    if found.gain is not None:
        tell(
            say(
                "Read as their levels, themes have an alpha of {alpha}: {gain} against themes one by one. "
                "Much more says that coders confuse themes that stand side by side.",
                alpha=number(found.pooled_levels.value),
                gain=f"{found.gain:+.2f}",
            )
        )
    if not found.confused:
        return
    st.markdown(f"**{say('Most confused themes')}**")
    st.dataframe(
        pd.DataFrame(
            [
                {"pair": f"{pair.first} · {pair.second}", "units": pair.confused}
                for pair in found.confused[:10]
            ]
        ),
        hide_index=True,
        height="content",
        column_config={"pair": say("Part"), "units": say("Units")},
    )


def _show_rounds() -> None:
    answers = agreement.over_rounds(session.engine(), session.actor())
    if len(answers) < 2:
        return
    st.markdown(f"**{say('Round after round')}**")
    _part_table(
        [
            {
                "pair": found.name,
                "alpha": _clean(answer.value),
                "low": _clean(answer.low),
                "high": _clean(answer.high),
                "reasons": retold(answer.reason or ""),
            }
            for found, answer in answers
        ]
    )


def _part_table(rows: Sequence[dict[str, object]]) -> None:
    if not rows:
        st.caption(say("None."))
        return
    st.dataframe(
        _without_empty_reasons(pd.DataFrame(rows)),
        hide_index=True,
        width="stretch",
        height="content",
        placeholder="–",
        column_config={
            "pair": say("Part"),
            "alpha": st.column_config.NumberColumn(say("Alpha"), format="%.2f"),
            "low": st.column_config.NumberColumn(say("from"), format="%.2f"),
            "high": st.column_config.NumberColumn(say("to"), format="%.2f"),
            "reasons": say("No value, because"),
        },
    )


def _counts_of(part: Part, coders: Sequence[str]) -> dict[str, object]:
    return dict(zip(coders, part.positive, strict=True))


def _alpha_of(part: Part) -> dict[str, object]:
    return {"alpha": _clean(part.alpha), "reasons": retold(part.reason or "")}


def _without_empty_reasons(frame: pd.DataFrame) -> pd.DataFrame:
    return frame if frame["reasons"].any() else frame.drop(columns="reasons")


# --- numbers as text -----------------------------------------------------------------------------


def number(value: float | None) -> str:
    """A coefficient as it is printed: ".71", "-.05", "1.00"; "none" where it does not exist."""
    if value is None:
        return say("none")
    text = f"{_clean(value):.2f}"
    return text.replace("0.", ".", 1) if abs(float(text)) < 1 else text


def _clean(value: float | None) -> float | None:
    """Rounded as it is shown, without the sign of a zero."""
    return None if value is None else round(value, 2) + 0.0


def _between(low: float | None, high: float | None) -> str:
    return say("none") if low is None or high is None else f"{number(low)} – {number(high)}"


def _measure(name: str) -> str:
    return {
        "alpha_interval": say("interval of alpha"),
        "positive_agreement": say("positive agreement"),
        "percent": say("percent agreement"),
        "ac1": "AC1",
        "u_alpha": "u-alpha",
        "cu_alpha": "cu-alpha",
        "alpha_u": say("alpha-U"),
        "f1": "F1",
        "f1_exact": say("F1, exact"),
    }.get(name, name)
