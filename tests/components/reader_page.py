"""A page with nothing but the coding screen and the smallest store: the browser tests drive it.

What is stored lies in the folder that READER_PAGE names, in the file that ``?store=`` names; tests read it.
"""

from __future__ import annotations

import json
import os
import time
from pathlib import Path
from typing import Any

import streamlit as st

from workbench.components.reader import READER_WORDS, show_reader

PERSON = "Anna"
LEVELS = {"ECO": ("Economy", {"FUND": "Funding", "LAW": "Law"}), "SOC": ("Social", {"LEAD": "Leadership"})}


def folder() -> Path:
    return Path(os.environ["READER_PAGE"])


def codes() -> list[dict[str, Any]]:
    empty = {"definition": "", "include": "", "exclude": "", "terms": ""}
    rows = []
    for level, (label, themes) in LEVELS.items():
        rows.append({"key": level, "label": label, "parent": None, "level": level, "search": label, **empty})
        for key, theme in themes.items():
            row = {"key": f"{level}-{key}", "label": theme, "parent": level, "level": level}
            said = {"terms": "geld", "definition": "Means for care."} if key == "FUND" else {}
            rows.append({**row, "search": f"{theme} Évaluation" if key == "FUND" else theme, **empty, **said})
    return rows


def store() -> Path:
    # A server that is still busy with what an earlier test did must not write into the next one's store.
    return folder() / f"{st.query_params['store']}.json"


def read() -> dict[str, Any]:
    stored = store()
    if not stored.exists():
        return {"codings": {}, "operations": [], "before": [], "after": []}
    return json.loads(stored.read_text(encoding="utf-8"))


def write(state: dict[str, Any]) -> None:
    part = store().with_suffix(".part")
    part.write_text(json.dumps(state), encoding="utf-8")
    part.replace(store())


def perform(state: dict[str, Any], operation: dict[str, Any]) -> str | None:
    """Carry out one operation; the reason if it is refused."""
    codings = state["codings"]
    before = json.loads(json.dumps(codings))
    kind = operation["type"]
    if kind == "undo":
        if not state["before"]:
            return "There is nothing to take back."
        state["after"].append(before)
        state["codings"] = state["before"].pop()
        return None
    if kind == "redo":
        if not state["after"]:
            return "There is nothing to do again."
        state["before"].append(before)
        state["codings"] = state["after"].pop()
        return None
    if kind == "apply":
        if operation["code"] == "ECO-LAW":
            return "Law is locked."
        fields = {name: operation[name] for name in ("start", "end", "code", "valence")}
        codings[operation["operation"]] = {**fields, "memo": "", "detail": None}
    elif kind == "retire":
        del codings[operation["coding"]]
    elif kind == "memo":
        codings[operation["coding"]]["memo"] = operation["text"]
    elif kind == "detail":
        parts = ("strength", "evidence", "actor", "timepoint", "certainty")
        codings[operation["coding"]]["detail"] = [operation[part] for part in parts]
    elif kind == "resize":
        codings[operation["coding"]].update(start=operation["start"], end=operation["end"])
    else:
        changed = {name: operation[name] for name in ("code", "valence") if name in operation}
        codings[operation["coding"]].update(changed)
    state["before"].append(before)
    state["after"] = []
    return None


def on_outbox(operations: list[dict[str, Any]]) -> None:
    state = read()
    acked, refused = [], []
    for operation in operations:
        name = operation["operation"]
        reason = None if name in state["operations"] else perform(state, operation)
        if reason is None:
            acked.append(name)
            if name not in state["operations"]:
                state["operations"].append(name)
        else:
            refused.append({"operation": name, "reason": reason})
    write(state)
    st.session_state.acked, st.session_state.refused = acked, refused


def on_turn(wanted: str) -> None:
    with (folder() / "turns.txt").open("a", encoding="utf-8") as file:
        file.write(f"{wanted}\n")


@st.fragment
def reader() -> None:
    time.sleep(float(st.query_params.get("slow", "0")))
    text = (folder() / st.query_params.get("file", "text.txt")).read_bytes().decode()
    rows = [
        {"id": name, "coder": PERSON, "mine": True, **coding} for name, coding in read()["codings"].items()
    ]
    show_reader(
        key="reader",
        document={
            "id": "d",
            "version": st.query_params.get("version", "1"),
            "title": "A text",
            "text": text,
            "sections": [],
        },
        codes=codes(),
        codings=rows,
        coders=[PERSON],
        person=PERSON,
        acked=st.session_state.get("acked", []),
        refused=st.session_state.get("refused", []),
        words=READER_WORDS,
        on_outbox=on_outbox,
        turns=["next", "read"],
        on_turn=on_turn,
        at=int(st.query_params["at"]) if "at" in st.query_params else None,
    )


if __name__ == "__main__":
    st.set_page_config(layout="wide")
    if not st.sidebar.toggle("Away"):
        reader()
