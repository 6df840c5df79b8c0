"""Settings: what this program uses, where the data lie, and what is lost without what is not installed."""

from __future__ import annotations

import streamlit as st

from corpus.language import LANGUAGES
from corpus.nlp import LOST_NOTHING, InUse
from workbench import session
from workbench.messages import say
from workbench.reasons import retold
from workbench.services import doctor
from workbench.views.words import plain, tell

NAMES = {"en": "English", "nl": "Dutch", "fr": "French"}

#: What a part is for, in words.
PARTS = {
    "tesseract": "Reading scans (tesseract)",
    "distributed": "Reading files on a cluster (distributed)",
    "postgresql driver": "A database on a PostgreSQL server",
    "full text of SQLite": "Searching in large studies (full text of SQLite)",
}

#: What cannot be done without it.
LOST = {
    "tesseract": "pages that are pictures cannot be read",
    "distributed": "files cannot be read on a cluster; this machine reads them as before",
    "postgresql driver": "a database on such a server cannot be opened",
    "full text of SQLite": "searching looks through every text, which is slow in large studies",
}

#: What people of each language lack, and how to install it; for the terminal in which Trigpoint is started.
PIPELINES = {
    "en": "python -m spacy download en_core_web_lg",
    "nl": "python -m spacy download nl_core_news_lg",
    "fr": "python -m spacy download fr_core_news_lg",
}
INSTALL = {
    "tesseract": "sudo apt install tesseract-ocr tesseract-ocr-nld tesseract-ocr-fra",
    "distributed": 'pip install "trigpoint[cluster]"',
}


def show() -> None:
    """Draw the page."""
    found = doctor.check(session.engine())
    st.title(say("Settings"))
    left, _, right = st.columns([13, 1, 13])
    with left:
        _show_languages(found)
        _show_parts(found)
    with right:
        _show_data(found)
        _show_versions(found)


def _show_languages(found: doctor.Checkup) -> None:
    st.subheader(say("Languages of the texts"))
    tell(
        say(
            "Texts in every language can be read, coded and searched. A trained language model also "
            "recognises names of people, places and organisations. Nothing is downloaded unless you do it."
        )
    )
    used = found.languages
    st.table(
        {
            say("Language"): [say(NAMES[language]) for language in LANGUAGES],
            say("Language model"): [
                plain(f"{used[one].pipeline} {used[one].version}") if used[one].pipeline else say("none")
                for one in LANGUAGES
            ],
            say("Lost without a better one"): [_lost(used[language]) for language in LANGUAGES],
        }
    )
    for language in LANGUAGES:
        if used[language].remark:
            st.warning(plain(retold(used[language].remark)))
    lacking = [language for language in LANGUAGES if used[language].pipeline is None]
    if lacking:
        tell(say("To install one, type this where Trigpoint is started, then start Trigpoint again:"))
        st.code("\n".join(PIPELINES[language] for language in lacking), language=None)
        tell(
            say(
                "Without internet: copy the file of the model (it ends in .whl) to this machine and type "
                "pip install with its path."
            )
        )


def _lost(used: InUse) -> str:
    if used.lost == LOST_NOTHING:
        return say("nothing")
    if used.pipeline is None:
        return say(
            "names of people, places and organisations are found by rules alone; the end of a sentence and "
            "the base form of a word are found by rules and a dictionary"
        )
    return say("names of people, places and organisations are found by rules alone")


def _show_parts(found: doctor.Checkup) -> None:
    st.subheader(say("What Trigpoint can do without"))
    st.table(
        {
            say("For"): [say(PARTS[name]) for name in found.parts],
            say("Installed"): [part.version or say("no") for part in found.parts.values()],
            say("Lost without it"): [
                say(LOST[name]) if part.version is None else "" for name, part in found.parts.items()
            ],
        }
    )
    lacking = [
        INSTALL[name] for name, part in found.parts.items() if part.version is None and name in INSTALL
    ]
    if lacking:
        tell(say("To install what is missing:"))
        st.code("\n".join(lacking), language=None)


def _show_data(found: doctor.Checkup) -> None:
    st.subheader(say("Where the data lie"))
    database = found.database
    tell(
        say("Everything is in one file of SQLite on this machine:")
        if database["engine"] == "sqlite"
        else say("Everything is in a PostgreSQL database:")
    )
    st.code(database["address"].removeprefix("sqlite:///"), language=None)
    tell(
        say(
            "To keep a checked copy of it, type trigpoint backup with the name of a new file. To work on "
            "another database, start Trigpoint with --database and its path or address."
        )
    )
    for remark in found.remarks:
        st.info(plain(retold(remark)))


def _show_versions(found: doctor.Checkup) -> None:
    st.subheader(say("Versions"))
    names = ("trigpoint", "python", "streamlit", "sqlalchemy", "spacy")
    shown = {name: found.versions[name] or say("no") for name in names}
    if "sqlite" in found.database:
        shown["sqlite"] = found.database["sqlite"]
    shown |= {say("form of the database"): found.database["schema"]}
    st.table({say("Program"): list(shown), say("Version"): list(shown.values())})
    tell(say("The command trigpoint doctor tells the same, and tries the language models as well."))
