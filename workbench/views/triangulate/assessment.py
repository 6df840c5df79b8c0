"""Step 3 on the page Triangulate: how often each code occurs; the verdict is people's."""

from __future__ import annotations

import streamlit as st
from sqlalchemy import Engine

from codebook.models import Codebook
from store.studies import Member
from triangulation.models import ConvergenceCode
from triangulation.report.wording import share
from workbench.messages import say
from workbench.services.triangulation import Triangulation
from workbench.views.drawing import code_mark, escaped, soft_line, table


def show(_engine: Engine, _actor: Member, found: Triangulation, _book: Codebook) -> None:
    """How often each code occurs, for each researcher apart."""
    if not found.matrix.rows:
        st.info(say("There is nothing to count yet. Add findings first: each stands in a row to compare."))
        return
    if not found.matrix.researchers:
        st.info(say("Nobody whose view you may read has judged yet, so there are no codes to count."))
        return
    st.html(_counts(found))
    st.html(soft_line(say("Counts, no score: how far the sources converge is the team’s own judgement.")))


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
