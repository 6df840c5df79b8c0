"""Diseases, scales and signs called after people and places: "the Norton score", "maladie de Crohn"."""

from __future__ import annotations

import re

_BEFORE = re.compile(
    r"(?:ziekte|syndroom|schaal|test|teken|symptoom|fractuur|criteria|index|score"
    r"|reflex|formule|methode|analyse"
    r"|dementie"
    r"|maladie|syndrome|échelle|signe|fracture|critères|indice|méthode|analysis|manœuvre|sonde"
    r"|disease|scale|sign|method)"
    r" (?:(?:volgens|van|de|du|of|selon|d['’]) ?)?$",
    re.I,
)
_AFTER = re.compile(
    r"(?:['’]s)?[ -](?:\w+ )?(?:disease|syndrome|scale|score|index|test|sign|criteria"
    r"|classification|stages?|grade|effect"
    r"|breathing|phenomenon|inventory|fracture|catheters?|coma|postnatal|schaal|lijst|ziekte|criteri(?:a|um)"
    r"|dementi[ae]|body)"
    r"(?![^\W_])",
    re.I,
)


def names_disease(text: str, start: int, end: int) -> bool:
    """Whether a disease, scale or sign is called so.

    >>> names_disease("the Norton score", 4, 10), names_disease("Mr Norton came", 3, 9)
    (True, False)
    """
    return _BEFORE.search(text, max(0, start - 40), start) is not None or _AFTER.match(text, end) is not None
