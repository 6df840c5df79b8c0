"""Files of rows brought in on the page Triangulate, and what became of them."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Protocol

import streamlit as st

from corpus.errors import UserFacingError
from triangulation.tables import RefusedRow
from workbench.messages import say
from workbench.reasons import retold
from workbench.views.words import plain


class Taken(Protocol):
    """What a service says of a file that it has read."""

    @property
    def imported(self) -> int: ...

    @property
    def refused(self) -> tuple[RefusedRow, ...]: ...


def bring_in(name: str, *, columns: Sequence[str], read: Callable[[Path], Taken]) -> None:
    """Ask for a CSV file, read it, and list the rows that were refused with their reasons.

    ``name`` is what the widgets are known by in the session.
    """
    if (taken := st.session_state.pop(f"{name}_taken", None)) is not None:
        _tell(taken)
    file = st.file_uploader(say("A CSV file"), type=["csv"], key=f"{name}_file")
    st.caption(say("Columns: {columns}", columns=", ".join(columns)))
    if file is None or not st.button(say("Read this file"), key=f"{name}_read"):
        return
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / Path(file.name).name
        path.write_bytes(file.getvalue())
        try:
            st.session_state[f"{name}_taken"] = read(path)
        except UserFacingError as error:
            st.error(plain(retold(error)))
            return
    st.rerun()


def _tell(taken: Taken) -> None:
    said = say("Rows taken: {n}. Refused: {refused}.", n=taken.imported, refused=len(taken.refused))
    if not taken.refused:
        st.success(said)
        return
    lines = [say("row {n}: {reason}", n=one.row, reason=plain(retold(one.reason))) for one in taken.refused]
    st.warning("\n".join([said, "", *(f"- {line}" for line in lines)]))
