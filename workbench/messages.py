"""The one catalogue of what the interface says. English is complete; translations may follow.

Every word that a view shows goes through `say`, `say_number` or `say_as`, so that it can be collected
(`workbench.catalogue`). Code and data (labels of codes, names of sources) are not words of the
interface. What is not translated is said in English, message by message.
"""

from __future__ import annotations

import gettext
from collections.abc import Callable
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from babel.messages.catalog import Catalog

LOCALES = Path(__file__).parent / "locale"

#: Languages of the interface, each by its own name.
SPOKEN = {"en": "English", "nl": "Nederlands", "fr": "Français"}

#: What stands between the thousands of a count.
BETWEEN_THOUSANDS = {"en": ",", "nl": ".", "fr": "\u202f"}

_asked: list[Callable[[], str]] = []


def ask_language_of(session: Callable[[], str]) -> None:
    """Let whoever knows say which language is spoken, each time that something is said."""
    _asked[:] = [session]


def spoken() -> str:
    """The language that is spoken now; English where nobody chose another."""
    return _asked[0]() if _asked else "en"


def say(message: str, language: str | None = None, /, **values: object) -> str:
    """A message in a language, with its values filled in; values may bear any name.

    Without a language it is said in the one that the person chose.

    >>> say("{n} of {total} passages", n=3, total=12)
    '3 of 12 passages'
    >>> say("The text is {language}.", language="Dutch")
    'The text is Dutch.'
    """
    words = _catalogue(language or spoken()).gettext(message)
    return words.format(**values) if values else words


def say_as(sense: str, message: str) -> str:
    """A message whose English word means several things, in one of its senses.

    >>> say_as("page", "Code")
    'Code'
    """
    return _catalogue(spoken()).pgettext(sense, message)


def say_number(one: str, many: str, n: int, language: str | None = None, /, **values: object) -> str:
    """A message about a number of things, which is filled in as ``{n}``.

    >>> say_number("{n} document", "{n} documents", 1)
    '1 document'
    >>> say_number("{n} document of {who}", "{n} documents of {who}", 0, who="Lea")
    '0 documents of Lea'
    """
    return _catalogue(language or spoken()).ngettext(one, many, n).format(n=n, **values)


@cache
def _catalogue(language: str) -> gettext.NullTranslations:
    """The translations of a language, read from its .po file, so that nothing need be compiled."""
    from babel.messages.catalog import Catalog
    from babel.messages.mofile import write_mo

    compiled = BytesIO()
    write_mo(compiled, read_translation(language, "trigpoint") or Catalog(locale="en"))
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)


def catalogue_of(language: str, domain: str) -> dict[str, str]:
    """All that is translated of a domain: what is said in English → what is said in the language."""
    return {
        str(message.id): str(message.string)
        for message in read_translation(language, domain) or ()
        if message.id and message.string and not message.fuzzy
    }


def translation_file(language: str, domain: str) -> Path:
    """Where the translations of a domain stand."""
    return LOCALES / language / "LC_MESSAGES" / f"{domain}.po"


def read_translation(language: str, domain: str) -> Catalog | None:
    """The translations of a domain as they are in their file; None where there is none."""
    from babel.messages.pofile import read_po

    file = translation_file(language, domain)
    if language not in SPOKEN or not file.exists():
        return None
    with file.open("rb") as readable:
        return read_po(readable, locale=language)
