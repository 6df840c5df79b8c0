"""Links between pages: each keeps the study and the person in its address."""

from __future__ import annotations

from typing import NoReturn

import streamlit as st
from streamlit.navigation.page import Page

from workbench import session
from workbench.views.words import plain


def link(path: str, label: str, **where: str) -> None:
    """A link to a page; ``label`` is plain text, ``where`` what the address says further."""
    # Green is what the theme paints its accent with; the arrow says without colour that it leads on.
    st.page_link(
        _page(path),
        label=f":green[{plain(label)}]",
        icon=":material/arrow_forward:",
        query_params=_address(where),
    )


def go_to(path: str, **where: str) -> NoReturn:
    """Leave for another page of the study."""
    st.switch_page(_page(path), query_params=_address(where))


def _address(where: dict[str, str]) -> dict[str, str]:
    kept = {name: session.chosen(name) for name in session.ALWAYS}
    return {name: value for name, value in kept.items() if value is not None} | where


def _page(path: str) -> Page:
    # Streamlit knows a page by its path alone, so a page made here stands for the one in the navigation.
    return st.Page(_nothing, url_path=path, title=path)


def _nothing() -> None:
    """The page itself is drawn by the navigation."""
