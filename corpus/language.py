"""Which of the three languages of the workbench a text is written in."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from corpus.errors import UserFacingError

if TYPE_CHECKING:
    from simplemma import LanguageDetector

LANGUAGES = ("en", "nl", "fr")

_TWO_LETTERS = (
    "aa ab ae af ak am an ar as av ay az ba be bg bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de "
    "dv dz ee el en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia "
    "id ie ig ii ik io is it iu ja jv ka kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo "
    "lt lu lv mg mh mi mk ml mn mr ms mt my na nb nd ne ng nl nn no nr nv ny oc oj om or os pa pi pl "
    "ps pt qu rm rn ro ru rw sa sc sd se sg si sk sl sm sn so sq sr ss st su sv sw ta te tg th ti tk "
    "tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu"
)

#: Every language that has a code of two letters (ISO 639-1).
ISO_CODES = frozenset(_TWO_LETTERS.split())

# The opening tells as much as the whole, and keeps a book as cheap as a page.
_OPENING = 10_000
_FEWEST_WORDS = 3
# Below this the text is most likely in a fourth language.
_LOWEST_SCORE = 0.5
_SMALLEST_LEAD = 0.1
_WORD = re.compile(r"[^\W\d_]+")
# Dictionaries alone take "pas de temps pour ça" for English, which knows "pas", "temps" and "pour".
# The little words of a language settle short answers. A word that two of them share stands in both.
_LITTLE_WORDS = {
    "en": "the of and to in is are was were it that for on with as be by this have has not you we they i my "
    "he she his her from at an there no do so but if or what more would could very been their our all",
    "nl": "de het een en van in is dat niet op te zijn voor met die er aan om ook maar als bij naar of ze we "
    "ik je hij was wat dan nog geen wel door over uit heeft hebben dit deze meer veel zeer mijn ons worden",
    "fr": "le la les de des du un une et est en que qui dans pour pas sur au aux avec ce cette il elle nous "
    "vous je on ne se sont mais ou par plus très tout son sa ses leur être avoir était ont aussi mon ma ça",
}
_LITTLE = {language: frozenset(words.split()) for language, words in _LITTLE_WORDS.items()}


def language_code(said: str) -> str:
    """The code of a language as a person wrote it.

    Raises
    ------
    UserFacingError
        If it is no ISO 639-1 code.

    Examples
    --------
    >>> language_code(" NL ")
    'nl'
    """
    code = said.strip().lower()
    if code not in ISO_CODES:
        raise UserFacingError(
            f"The language '{said}' is not known. Say {', '.join(LANGUAGES[:-1])} or {LANGUAGES[-1]}, or "
            "another code of two letters (ISO 639-1) such as de or tr; leave it out to let each text show it."
        )
    return code


def detect_language(text: str) -> str | None:
    """Say whether the text is English ("en"), Dutch ("nl") or French ("fr").

    A language scores the share of the text's words that its dictionary knows, plus twice the share
    that are among its fifty commonest little words.

    Parameters
    ----------
    text : str
        Any text; the first 10,000 characters are looked at.

    Returns
    -------
    str or None
        None where it cannot be told: fewer than three words, two languages that score about
        equally, or none that scores enough (the text is in another language).

    Examples
    --------
    >>> detect_language("De huisarts kwam langs en gaf goede raad.")
    'nl'
    >>> detect_language("pas de temps pour ça")
    'fr'
    >>> detect_language("OK") is None
    True
    """
    opening = text[:_OPENING]
    words = _WORD.findall(opening.lower())
    if len(words) < _FEWEST_WORDS:
        return None
    known = _detector().proportion_in_each_language(opening)
    scores = [
        (known.get(language, 0.0) + 2 * sum(map(little.__contains__, words)) / len(words), language)
        for language, little in _LITTLE.items()
    ]
    (second, _), (best, language) = sorted(scores)[-2:]
    return language if best >= _LOWEST_SCORE and best - second >= _SMALLEST_LEAD else None


@cache
def _detector() -> LanguageDetector:
    # Its dictionaries take a second to load: only an import of documents should pay for that.
    from simplemma import LanguageDetector
    from simplemma.strategies import DefaultStrategy

    class Remembering(DefaultStrategy):
        """Looks a word up once: the documents of a study share most of their words."""

        @lru_cache(maxsize=200_000)  # noqa: B019 - there is one of these in a process
        def get_lemma(self, token: str, lang: str) -> str | None:
            return super().get_lemma(token, lang)

    return LanguageDetector(LANGUAGES, lemmatization_strategy=Remembering())
