"""The one catalogue of what the interface says. English is complete; translations may follow.

Every word that a view shows goes through `say`, so that Babel can collect it. Code and data
(labels of codes, names of sources) are not words of the interface.
"""

from __future__ import annotations

import gettext
from functools import cache
from pathlib import Path

LOCALES = Path(__file__).parent / "locale"


def say(message: str, language: str = "en", /, **values: object) -> str:
    """A message in a language, with its values filled in; values may bear any name.

    >>> say("{n} of {total} documents", n=3, total=12)
    '3 of 12 documents'
    >>> say("The text is {language}.", language="Dutch")
    'The text is Dutch.'
    """
    words = _catalogue(language).gettext(message)
    return words.format(**values) if values else words


@cache
def _catalogue(language: str) -> gettext.NullTranslations:
    return gettext.translation("trigpoint", LOCALES, [language], fallback=True)
