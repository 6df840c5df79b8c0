"""The judgement of the whole on the page Triangulate: people's own words, with the counts beside them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import streamlit as st
from sqlalchemy import Engine

from corpus.errors import UserFacingError
from store.studies import Member
from triangulation.assessment import Assessment, GlobalJudgement, Scale
from triangulation.consensus import TEAM
from triangulation.models import ConvergenceCode
from workbench.messages import say
from workbench.reasons import retold
from workbench.services import assessment
from workbench.services.triangulation import Triangulation
from workbench.views.drawing import code_mark, escaped, soft_line, table
from workbench.views.words import local_time, plain, share, tell


def show(engine: Engine, actor: Member, found: Triangulation, views: Mapping[str, Assessment]) -> None:
    """One's own text and the team's to write, the counts beside them, and below what others wrote."""
    written = assessment.global_judgements(engine, actor)
    by_writer = {each.researcher: each for each in written}
    left, right = st.columns([11, 9], gap="large")
    with left:
        tell(
            say(
                "How far do the sources converge as a whole, and where not? Read all compared segments "
                "together; the counts are beside it and give no answer. Nothing is filled in."
            )
        )
        if actor.name in found.judges:
            _ask_own(engine, actor, found, by_writer.get(actor.name))
        if assessment.may_write_for_team(engine, actor):
            _ask_team(engine, actor, by_writer.get(None))
    with right:
        st.html(_counts_beside(found, views))
    _show_written(written)
    if found.hidden:
        st.html(
            soft_line(
                say(
                    "{names} judge too; what they wrote opens once both have locked.",
                    names=", ".join(found.hidden),
                )
            )
        )


def _ask_own(engine: Engine, actor: Member, found: Triangulation, before: GlobalJudgement | None) -> None:
    help_line = (
        say("You have locked: this text will be marked as written after reading others could begin.")
        if actor.name in found.locked
        else say("Yours alone until you and others have locked.")
    )
    _ask(
        "own",
        say("My judgement of the whole"),
        help_line,
        say("Save my judgement"),
        before,
        lambda text, scale: assessment.write_global_judgement(engine, actor, text, scale=scale),
    )


def _ask_team(engine: Engine, actor: Member, before: GlobalJudgement | None) -> None:
    _ask(
        "team",
        say("The team’s judgement of the whole"),
        say("What the team holds together; it is printed in the report."),
        say("Save the team’s judgement"),
        before,
        lambda text, scale: assessment.write_team_judgement(engine, actor, text, scale=scale),
    )


def _ask(
    name: str,
    label: str,
    help_line: str,
    button: str,
    before: GlobalJudgement | None,
    write: Callable[[str, Scale | None], None],
) -> None:
    words = _scale_words()
    with st.form(f"whole_{name}", border=False):
        text = st.text_area(
            label, value="" if before is None else before.text, height=150, key=f"whole_text_{name}"
        )
        st.caption(help_line)
        scale = st.segmented_control(
            say("In a word, if one fits (optional)"),
            list(Scale),
            format_func=words.__getitem__,
            default=None if before is None else before.scale,
            key=f"whole_scale_{name}",
        )
        pressed = st.form_submit_button(button)
    if not pressed:
        return
    try:
        write(text, scale)
    except UserFacingError as error:
        st.error(plain(retold(error)))
        return
    st.session_state["triangulate_notice"] = say("Saved; earlier versions are kept.")
    st.rerun()


def _scale_words() -> dict[Scale, str]:
    return {
        Scale.CONVERGING: say("mostly converging"),
        Scale.MIXED: say("mixed"),
        Scale.DIVERGING: say("mostly diverging"),
    }


def _counts_beside(found: Triangulation, views: Mapping[str, Assessment]) -> str:
    """The counts of every view that may be read; before the lock that is one's own."""
    rows: list[list[str]] = []
    for whose, counted in views.items():
        counts = counted.by_researcher[whose]
        dissonant = share(counted.rows_with_dissonance[whose], len(found.matrix.rows))
        name = say("The team") if whose == TEAM else whose
        rows.append([f"{escaped(name)} · {escaped(say('dissonance in {rows} rows', rows=dissonant))}"])
        for code in ConvergenceCode:
            silent = code is ConvergenceCode.SILENCE
            rows.append(
                [
                    code_mark(code),
                    share(counts.of(code), counts.cells),
                    "" if silent else share(counts.of(code), counts.both_speak),
                ]
            )
    return table(
        say("Counts, no verdict."),
        [say("Code"), say("Of all cells"), say("Where both speak")],
        rows,
    )


def _show_written(written: Sequence[GlobalJudgement]) -> None:
    """Everybody's text side by side, the team's last."""
    if not written:
        st.html(soft_line(say("Nobody whose words you may read has written a judgement of the whole yet.")))
        return
    for column, each in zip(st.columns(len(written), gap="medium"), written, strict=True):
        with column:
            st.html(_written_block(each))


def _written_block(each: GlobalJudgement) -> str:
    who = each.researcher or say("The team")
    said = [] if each.scale is None else [_scale_words()[each.scale]]
    if each.alone is not None:
        said.append(say("written before the lock") if each.alone else say("written after the lock"))
    if each.researcher is None:
        said.append(say("saved by {name}", name=each.written_by))
    if each.at is not None:
        said.append(local_time(each.at))
    return (
        f'<div class="tp-block"><h4>{escaped(who)}</h4>'
        f'<p class="tp-soft tp-small">{escaped(" · ".join(said))}</p>'
        f'<p class="tp-written">{escaped(each.text)}</p></div>'
    )
