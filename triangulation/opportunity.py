"""Whether a source could speak on a row: without it silence cannot be read.

A source that was never asked, and whose method gives no room to raise a topic, says nothing by being
silent on it (O'Cathain, Murphy and Nicholl 2010). The opportunity map tells row × source which it was.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from triangulation.models import Row


class Opportunity(StrEnum):
    """What a source could do about a topic. ``could_be_raised``: nobody asked, and it could come up."""

    ASKED = "asked"
    COULD_BE_RAISED = "could_be_raised"
    NOT_ASKED = "not_asked"


class Origin(StrEnum):
    """What the answer rests on: what was said of the row, of its theme, or the kind of source."""

    ROW = "row"
    THEME = "theme"
    KIND = "kind"


@dataclass(frozen=True)
class SaidOpportunity:
    """What the team wrote in the map. A row without a statement means the whole theme."""

    row: Row
    source: str
    state: Opportunity
    note: str = ""


@dataclass(frozen=True)
class Chance:
    """Whether a source could speak on a row, what that rests on, and why: a note, or the kind's reason."""

    state: Opportunity
    origin: Origin
    why: str = ""


@dataclass(frozen=True)
class SilenceProposal:
    """What a silence may be. ``kind`` is None where no sub-type follows; a researcher decides."""

    kind: str | None
    expected: str
    why: str


Said = Mapping[tuple[Row, str], SaidOpportunity]
"""(row, source) → what the map says there."""

_COULD, _NOT = Opportunity.COULD_BE_RAISED, Opportunity.NOT_ASKED

#: What holds for a kind of source where the map says nothing, and why.
DEFAULTS: Mapping[str, tuple[Opportunity, str]] = MappingProxyType(
    {
        "meeting report": (
            _COULD,
            "who meets can raise what is on no agenda; what is not minuted may be said",
        ),
        "interview": (_COULD, "in open talk a topic can come up that the guide does not ask for"),
        "focus group": (_COULD, "in open talk a topic can come up that the guide does not ask for"),
        "survey": (_NOT, "a questionnaire answers what it asks; other topics have no place in it"),
        "register": (_NOT, "a register holds the fields that it was made for, and no others"),
        "publication": (_COULD, "authors choose what they write about; what they leave out nobody asked"),
        "commentary": (_COULD, "whoever comments chooses the topic"),
    }
)

#: Of a kind that is not in the table: it claims least, because silence then counts for nothing by itself.
UNKNOWN_KIND = (_COULD, "nothing is known of this kind of source, so its silence is taken for open")


def opportunity_of_kind(kind: str) -> tuple[Opportunity, str]:
    """What a kind of source could do about any topic, and why.

    >>> opportunity_of_kind("Survey")[0].value, opportunity_of_kind("diary")[0].value
    ('not_asked', 'could_be_raised')
    """
    return DEFAULTS.get(" ".join(kind.split()).casefold(), UNKNOWN_KIND)


def resolve_opportunity(row: Row, source: str, *, kind: str, said: Said) -> Chance:
    """Whether a source could speak on a row.

    What was said of the row itself wins, then what was said of its theme, then the kind of source.

    Parameters
    ----------
    row : Row
        A row without a statement is the theme itself.
    source : str
        The name of the source.
    kind : str
        Its kind, as "interview"; an unknown one is taken for open, see `UNKNOWN_KIND`.
    said : mapping of (Row, str) to SaidOpportunity
        The map as the team wrote it.

    References
    ----------
    .. [1] A. O'Cathain, E. Murphy, J. Nicholl, "Three techniques for integrating data in mixed methods
       studies", BMJ 341:c4587, 2010.

    Examples
    --------
    >>> of_theme = SaidOpportunity(Row("ECO-FUND"), "Interviews", Opportunity.NOT_ASKED, "money was no topic")
    >>> said = {(of_theme.row, of_theme.source): of_theme}
    >>> chance = resolve_opportunity(Row("ECO-FUND", "It ends"), "Interviews", kind="interview", said=said)
    >>> chance.state.value, chance.origin.value, chance.why
    ('not_asked', 'theme', 'money was no topic')
    """
    if row.statement and (of_row := said.get((row, source))) is not None:
        return Chance(of_row.state, Origin.ROW, of_row.note)
    if (of_theme := said.get((Row(row.theme), source))) is not None:
        return Chance(of_theme.state, Origin.THEME, of_theme.note)
    state, why = opportunity_of_kind(kind)
    return Chance(state, Origin.KIND, why)


def resolve_opportunities(
    rows: Iterable[Row], kinds: Mapping[str, str], said: Iterable[SaidOpportunity]
) -> dict[tuple[Row, str], Chance]:
    """The whole map, resolved: every row × every source.

    Parameters
    ----------
    kinds : mapping of str to str
        Name of each source → its kind.
    """
    known = {(entry.row, entry.source): entry for entry in said}
    return {
        (row, source): resolve_opportunity(row, source, kind=kind, said=known)
        for row in rows
        for source, kind in kinds.items()
    }


def propose_silence(state: Opportunity) -> SilenceProposal:
    """What the silence of a source may be, from what it could say. Only a proposal: people decide.

    A silence on what was asked is evidence, yet whether it was to be expected depends on the question;
    one on what nobody asked was to be expected; one on what could be raised has no sub-type of its own.

    >>> propose_silence(Opportunity.NOT_ASKED).kind, propose_silence(Opportunity.NOT_ASKED).expected
    ('not_asked', 'yes')
    """
    return _PROPOSALS[state]


_PROPOSALS: Mapping[Opportunity, SilenceProposal] = MappingProxyType(
    {
        Opportunity.NOT_ASKED: SilenceProposal(
            "not_asked", "yes", "nobody asked, and the method leaves no room to raise it"
        ),
        Opportunity.ASKED: SilenceProposal(
            "asked_not_raised", "unclear", "it was asked for and nobody spoke of it: that is evidence"
        ),
        Opportunity.COULD_BE_RAISED: SilenceProposal(
            None, "unclear", "nobody asked, and it could have been raised: look at how the source came about"
        ),
    }
)


def parse_opportunity(text: str) -> Opportunity | None:
    """An opportunity as people write it; empty is None.

    >>> parse_opportunity("Could be raised").value, parse_opportunity(" ")
    ('could_be_raised', None)

    Raises
    ------
    ValueError
        A word outside the set.
    """
    word = "_".join(text.lower().replace("-", " ").replace("_", " ").split())
    if not word:
        return None
    try:
        return Opportunity(word)
    except ValueError:
        raise ValueError(f"'{text.strip()}' is none of {', '.join(Opportunity)}") from None
