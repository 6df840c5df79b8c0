"""Sources and researchers that are not independent, and the limitations that this implies.

The table counts nothing: it says who did what, so that readers can judge how far one look rests on another.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from corpus.duplicates import NearDuplicates
from triangulation.protocol import OTHER, SAME_PEOPLE, SAME_STUDY, Dependence, ProtocolSource


class Role(StrEnum):
    """What a person did: for a source, or, as a judge, for all of them."""

    COLLECTED = "collected"
    CODED = "coded"
    JUDGED = "judged"
    STEERED = "steered"


@dataclass(frozen=True)
class PersonRoles:
    """What one person did, each with the sources it was done for, in their order."""

    person: str
    collected: tuple[str, ...] = ()
    coded: tuple[str, ...] = ()
    judged: tuple[str, ...] = ()
    steered: tuple[str, ...] = ()

    @property
    def roles(self) -> tuple[Role, ...]:
        """The roles that the person held for any source."""
        return tuple(role for role in Role if getattr(self, role.value))


@dataclass(frozen=True)
class SharedText:
    """Two documents of different sources that share whole passages: the same study, perhaps.

    ``share`` is the share of the shorter text's five-word sequences that the other holds too, 0 to 1.
    """

    source_a: str
    title_a: str
    source_b: str
    title_b: str
    share: float


def role_overlap(sources: Sequence[ProtocolSource], judges: Iterable[str]) -> tuple[PersonRoles, ...]:
    """Who collected, coded, judged and steered, by person; those with several roles come first.

    A judge compares all sources. A name counts as the same person whatever its capitals.

    Parameters
    ----------
    sources : sequence of ProtocolSource
        With the people named in their details and those who coded.
    judges : iterable of str
        Who judges or has judged.

    Examples
    --------
    >>> from triangulation.protocol import SourceDetail
    >>> minutes = ProtocolSource("Minutes", "meeting report", detail=SourceDetail(steered=("Ann",)))
    >>> role_overlap([minutes], ["ann", "Ben"])[0].roles
    (<Role.JUDGED: 'judged'>, <Role.STEERED: 'steered'>)
    """
    held: dict[str, dict[Role, list[str]]] = {}
    names: dict[str, str] = {}

    def hold(name: str, role: Role, source: str) -> None:
        person = " ".join(name.split())
        key = person.casefold()
        names.setdefault(key, person)
        places = held.setdefault(key, {}).setdefault(role, [])
        if source not in places:
            places.append(source)

    everyone = list(judges)
    for source in sources:
        for role, people in (
            (Role.COLLECTED, source.detail.collected),
            (Role.CODED, source.coded_by),
            (Role.JUDGED, everyone),
            (Role.STEERED, source.detail.steered),
        ):
            for name in people:
                hold(name, role, source.label)
    lines = [
        PersonRoles(names[key], **{role.value: tuple(places) for role, places in roles.items()})
        for key, roles in held.items()
    ]
    return tuple(sorted(lines, key=lambda line: (-len(line.roles), line.person)))


def limitations(people: Iterable[PersonRoles], dependences: Iterable[Dependence]) -> tuple[str, ...]:
    """Sentences that roles and dependent sources ask for in the limitations of a report.

    >>> limitations([], [Dependence("Minutes", "Survey", "same_study")])[0]
    'Minutes and Survey come from one study: a second record of it is no independent source.'
    """
    of_sources = [_of_sources(dependence) for dependence in dependences]
    return (*of_sources, *(sentence for person in people for sentence in _of_person(person)))


def texts_in_two_sources(texts: Iterable[tuple[str, UUID, str, str]]) -> tuple[SharedText, ...]:
    """Documents of different sources that share a quarter or more of the shorter one's passages.

    Parameters
    ----------
    texts : iterable of (source, document id, title, text)
        Texts of fewer than 100 words take no part.

    Returns
    -------
    tuple of SharedText
        The closest first. They are proposals: whether two sources rest on one study people decide.
    """
    index = NearDuplicates()
    source_of: dict[UUID, str] = {}
    found = []
    for source, document_id, title, text in texts:
        found += [
            SharedText(source_of[other], other_title, source, title, share)
            for other, other_title, share in index.find(text)
            if source_of[other] != source
        ]
        index.add(document_id, title, text)
        source_of[document_id] = source
    return tuple(sorted(found, key=lambda shared: (-shared.share, shared.title_a, shared.title_b)))


def _of_sources(dependence: Dependence) -> str:
    why = f" ({dependence.note.rstrip('.')})" if dependence.note else ""
    a, b = dependence.source_a, dependence.source_b
    return {
        SAME_PEOPLE: f"{a} and {b} rest in part on the same people{why}: where they agree, that is not two "
        "independent voices.",
        SAME_STUDY: f"{a} and {b} come from one study{why}: a second record of it is no independent source.",
        OTHER: f"{a} and {b} are not wholly independent{why}.",
    }[dependence.kind]


def _of_person(person: PersonRoles) -> list[str]:
    sentences = []
    did = [f"coded {_joined(person.coded)}"] if person.coded else []
    if person.judged:
        did.append("judged the comparison")
    if person.steered and (did or person.collected):
        own = [f"collected {_joined(person.collected)}"] if person.collected else []
        sentences.append(
            f"{person.person} helped to steer what is told of in {_joined(person.steered)}, and had a part "
            f"in the study itself ({'; '.join([*own, *did])}): an insider's look."
        )
    elif person.collected and did:
        sentences.append(
            f"{person.person} collected {_joined(person.collected)}, and had a part in the analysis too "
            f"({'; '.join(did)}): what was expected while collecting can return in the analysis."
        )
    elif person.coded and person.judged:
        sentences.append(
            f"{person.person} coded {_joined(person.coded)} and judged the comparison: one reading for both."
        )
    return sentences


def _joined(words: Sequence[str]) -> str:
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} and {words[-1]}"
