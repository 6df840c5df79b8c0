"""The page Codebook: what is of the whole codebook - rules, decisions, versions, roll-ups, crosswalk."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from functools import partial
from uuid import UUID

import pandas as pd
import streamlit as st

from store.codebooks import StoredCodebook
from store.studies import Member
from triangulation.models import Finding
from workbench import session
from workbench.messages import say
from workbench.services import codebook_versions, codebooks, decisions, recoding, rollups
from workbench.services.codebook_versions import Restoring
from workbench.services.rollups import GroupedFinding
from workbench.views.codebook_changes import change, changes_list
from workbench.views.codebook_code import ask_code, show_quotes
from workbench.views.drawing import escaped, table
from workbench.views.leaving import download
from workbench.views.words import do, local_time, plain, tell


def show_book(actor: Member, stored: StoredCodebook, view: str, language: str) -> None:
    """Draw one part of what is of the whole codebook."""
    parts = {
        "rules": _show_rules,
        "versions": _show_versions,
        "rollups": _show_rollups,
        "crosswalk": _show_crosswalk,
    }
    parts[view](actor, stored, language)


# --- rules and decisions ------------------------------------------------------------------------------


def _show_rules(actor: Member, stored: StoredCodebook, language: str) -> None:
    st.caption(say("Click a code to read what it means."))
    st.subheader(say("Boundary rules"))
    rules = stored.codebook.rules
    if rules:
        st.markdown("\n".join(f"1. :small[{plain(rule)}]" for rule in rules))
    else:
        tell(say("None yet. A boundary rule says which of two codes that compete a passage gets."))
    with st.popover(say("Edit the rules")):
        text = st.text_area(
            say("One rule a line"),
            value="\n".join(rules),
            height=200,
            key=f"rules_{stored.version_id}",
            width=520,
        )
        if st.button(say("Keep the rules")):
            act = partial(_write_rules, actor, stored, (text or "").splitlines())
            change(act, stored.codebook.version)
    _show_decisions(actor, stored, language)


def _write_rules(actor: Member, stored: StoredCodebook, rules: list[str], based_on: int) -> object:
    return decisions.write_rules(session.engine(), actor, rules, codebook_id=stored.id, based_on=based_on)


def _show_decisions(actor: Member, stored: StoredCodebook, language: str) -> None:
    engine = session.engine()
    st.subheader(say("Decisions"))
    told = decisions.decisions_of(engine, actor, stored.id)
    keys = {code.id: code.key for code in codebooks.codes_known(engine, actor).codes}
    if not told:
        tell(say("None yet. Write down how the team settled a doubtful case, so that it is settled once."))
    for decision in told:
        code = keys.get(decision.code_id, "") if decision.code_id else ""
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            about = f"{code} · " if code else ""
            st.markdown(
                f":small[{plain(decision.text)}]  \n:small[:gray[{plain(about + decision.author)} · "
                f"{plain(local_time(decision.at))}]]",
                width="stretch",
            )
            if st.button(say("Take back"), key=f"decision_{decision.id}", type="tertiary"):
                do(partial(decisions.retire_decision, engine, actor, decision.id))
    with st.popover(say("Write a decision")):
        about_code = ask_code(
            say("About a code, or the whole codebook"), stored.codebook.codes, language, key="decision_code"
        )
        text = st.text_area(say("What was decided"), height=90, key="decision_text", width=460)
        if st.button(say("Keep the decision")):
            do(
                lambda: decisions.add_decision(
                    engine, actor, text or "", code=about_code, codebook_id=stored.id
                )
            )


# --- versions -----------------------------------------------------------------------------------------


def _show_versions(actor: Member, stored: StoredCodebook, _language: str) -> None:
    lines = codebook_versions.codebook_history(session.engine(), actor, stored.id)
    rows = [
        [
            str(line.number),
            escaped(local_time(line.at)),
            escaped(line.actor),
            (f"<div>{escaped(line.reason)}</div>" if line.reason else "")
            + (changes_list(line.changes) or (escaped(say("Loaded.")) if line.number == 1 else "")),
        ]
        for line in lines
    ]
    st.html(
        table(
            say("Every version stays readable; codings keep the one under which they were made."),
            [say("Version"), say("When"), say("By"), say("Reason, and what changed")],
            rows,
        )
    )
    if len(lines) > 1:
        _offer_restoring(actor, stored, [line.number for line in lines[1:]])


def _offer_restoring(actor: Member, stored: StoredCodebook, numbers: list[int]) -> None:
    with st.popover(say("Restore a version")):
        number = st.selectbox(say("Version"), numbers, key="restore_version")
        newest = stored.codebook.version
        shown = codebook_versions.preview_restoring(session.engine(), actor, number, codebook_id=stored.id)
        tell(
            say("What would change from version {newest} to what version {n} said:", newest=newest, n=number),
            width=460,
        )
        st.html(changes_list(shown.changes) or escaped(say("Nothing: both say the same.")))
        tell(say("It becomes the next version. Codings keep the codes that they have now."), width=460)
        for sentence in _about_codings(shown, number):
            tell(sentence, width=460)
        if st.button(say("Restore this version"), type="primary"):
            change(partial(_restore, actor, stored, number), newest)


def _about_codings(shown: Restoring, number: int) -> Iterator[str]:
    if shown.without:
        yield say(
            "{n} codings bear codes that version {number} does not have ({codes}). They keep them, and are "
            "listed under Look again.",
            n=sum(shown.without.values()),
            number=number,
            codes=", ".join(shown.without),
        )
    if shown.merged_since:
        yield say(
            "Back without the codings that a merge gave to another code: {codes}. These stay there; only "
            "Undo the last change, right after a merge, gives them back.",
            codes=", ".join(shown.merged_since),
        )


def _restore(actor: Member, stored: StoredCodebook, number: int, based_on: int) -> object:
    return codebook_versions.restore_version(
        session.engine(), actor, number, codebook_id=stored.id, based_on=based_on
    )


# --- roll-ups -----------------------------------------------------------------------------------------


def _show_rollups(actor: Member, stored: StoredCodebook, language: str) -> None:
    known = stored.codebook.rollups
    if not known:
        tell(
            say(
                "A roll-up reports codes under other headings, such as the six of the study in Aalst. This "
                "codebook has none; a YAML or XLSX file can bring one in."
            )
        )
        return
    name = st.selectbox(say("Roll-up"), list(known), key="rollup_name", width=240)
    counts = rollups.rolled_up(session.engine(), actor, name, codebook_id=stored.id)
    grouped = rollups.findings_in_groups(session.engine(), actor, name, codebook_id=stored.id)
    findings = Counter(one.group for one in grouped)
    total = sum(counts.values())
    shown = [group for group, n in counts.items() if group is not None or n or findings[group]]
    picked = st.dataframe(
        pd.DataFrame(
            {
                say("Group"): [group or say("in no group") for group in shown],
                say("Codes"): [", ".join(known[name].get(group or "", ())) for group in shown],
                say("Codings"): [counts[group] for group in shown],
                say("Share"): [f"{counts[group]} / {total}" if total else "" for group in shown],
                say("Findings"): [findings[group] for group in shown],
            }
        ),
        hide_index=True,
        row_height=32,
        on_select="rerun",
        selection_mode="single-row",
        key=f"rollup_{name}",
    )
    st.caption(
        say(
            "Codings that you may see, {n} in all, and findings. A theme counts with the code above it, "
            "unless it is named itself; a finding with its theme, unless it is placed otherwise. Click a row "
            "for what it counts.",
            n=total,
        )
    )
    engine = session.engine()
    with st.container(horizontal=True, gap="small"):
        _offer_exception(actor, stored, name, language)
        _offer_finding(actor, stored, name, grouped)
        download(
            say("Download the findings by group"),
            "rollup",
            data=lambda: rollups.rollup_file(engine, actor, name, codebook_id=stored.id),
            file_name=f"{name}.csv",
            mime="text/csv",
            disabled=not grouped,
        )
    _show_exceptions(actor, stored, name, grouped)
    for row in picked.selection.rows:
        _show_findings([one for one in grouped if one.group == shown[row]])
        show_quotes(
            recoding.quotes_in_group(session.engine(), actor, name, shown[row], codebook_id=stored.id),
            key="rollup_quotes",
        )


def _offer_exception(actor: Member, stored: StoredCodebook, rollup: str, language: str) -> None:
    with st.popover(say("Place a theme otherwise")):
        key = ask_code(say("Theme"), stored.codebook.codes, language, key="rollup_code")
        group = st.selectbox(
            say("Counts in"),
            [None, *stored.codebook.rollups[rollup]],
            format_func=lambda name: say("where the code above it counts") if name is None else name,
            key="rollup_group",
        )
        if st.button(say("Count it there")) and key is not None:
            change(partial(_place, actor, key, rollup, group), stored.codebook.version)


def _offer_finding(
    actor: Member, stored: StoredCodebook, rollup: str, grouped: Sequence[GroupedFinding]
) -> None:
    """Only one's own findings can be placed, by the lead all of them."""
    own = {one.finding.id: one for one in grouped if actor.is_lead or one.finding.researcher == actor.name}
    with st.popover(say("Place a finding otherwise")):
        if not own:
            tell(
                say(
                    "Who wrote a finding, or the lead, can place it. You wrote none yet: findings are "
                    "written on the page Triangulate."
                ),
                width=340,
            )
            return
        finding_id = st.selectbox(
            say("Finding"),
            list(own),
            index=None,
            format_func=lambda finding_id: _called(own[finding_id].finding),
            placeholder=say("Choose a finding"),
            key="rollup_finding",
            width=420,
        )
        now = own[finding_id].group if finding_id is not None else None
        group = st.selectbox(
            say("Counts in"),
            [name for name in stored.codebook.rollups[rollup] if name != now],
            index=None,
            placeholder=say("Choose a group"),
            key="rollup_finding_group",
        )
        reason = st.text_input(say("Reason, for the report"), key="rollup_finding_reason")
        wanted = st.button(say("Count the finding there"), disabled=finding_id is None or group is None)
        if wanted and finding_id is not None:
            do(partial(_place_finding, actor, stored, finding_id, rollup, group, (reason or "").strip()))


def _show_exceptions(
    actor: Member, stored: StoredCodebook, rollup: str, grouped: Sequence[GroupedFinding]
) -> None:
    for one in grouped:
        if one.group == one.usual:
            continue
        st.html(
            f'<div class="tp-quote">{escaped(_called(one.finding))}</div>'
            + escaped(
                say(
                    "Counts in {group}, not in {usual}: {reason}",
                    group=one.group or "",
                    usual=one.usual or say("no group"),
                    reason=one.reason,
                )
            )
        )
        may = actor.is_lead or one.finding.researcher == actor.name
        if may and st.button(
            say("Count it with its theme"), key=f"unplace_{one.finding.id}", type="tertiary"
        ):
            do(partial(_place_finding, actor, stored, one.finding.id, rollup, None, ""))


def _show_findings(grouped: Sequence[GroupedFinding]) -> None:
    if grouped:
        items = "".join(f"<li>{escaped(_called(one.finding))}</li>" for one in grouped)
        st.markdown(say("**Findings**"))
        st.html(f'<ul class="cb-changes">{items}</ul>')


def _called(finding: Finding) -> str:
    return f"{finding.source}: {finding.statement} ({finding.row.theme})"


def _place_finding(
    actor: Member, stored: StoredCodebook, finding_id: UUID, rollup: str, group: str | None, reason: str
) -> None:
    rollups.place_finding(
        session.engine(),
        actor,
        finding_id,
        rollup=rollup,
        group=group,
        reason=reason,
        codebook_id=stored.id,
    )


def _place(actor: Member, key: str, rollup: str, group: str | None, based_on: int) -> object:
    return rollups.place_in_rollup(
        session.engine(), actor, key, rollup=rollup, group=group, based_on=based_on
    )


# --- crosswalk ----------------------------------------------------------------------------------------


def _show_crosswalk(actor: Member, stored: StoredCodebook, language: str) -> None:
    told = [code for code in stored.codebook.codes if code.ticd or code.cfir2022]
    if not told:
        tell(say("No code says yet what answers to it in TICD or CFIR 2022. Write it under Describe."))
        return
    st.html(
        table(
            say("What answers to each code in the TICD checklist and in CFIR 2022."),
            [say("Code"), say("TICD"), say("CFIR 2022")],
            [
                [
                    f"{escaped(code.key)}<br>{escaped(code.name(language))}",
                    escaped(code.ticd),
                    escaped(code.cfir2022),
                ]
                for code in told
            ],
        )
    )
    engine = session.engine()
    download(
        say("Download the crosswalk"),
        "crosswalk",
        data=lambda: rollups.crosswalk_file(engine, actor, codebook_id=stored.id),
        file_name="crosswalk.csv",
        mime="text/csv",
        on_click="ignore",
    )
