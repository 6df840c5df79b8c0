"""Who takes part in a source: how many people, in which roles and groups, from how many sites.

A report tells of people whom others may know. Roles and groups of few people are named without their
number; where these are so few together that the total would tell them, so is the next larger one.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from codebook.columns import NONE, Texts
from codebook.voices import name_of_voice, voices_of

#: Roles and groups of fewer people are told without their number.
SMALLEST = 5

#: Who asks in an interview or leads a focus group is no participant.
_ASKS = (
    "interviewer intervieweur intervieweuse moderator moderatrice modérateur modératrice facilitator "
    "enquêteur enquêtrice animateur animatrice int mod"
)


@dataclass(frozen=True)
class PeopleOfSource:
    """Participants of a source by role and group, without those who ask.

    Attributes
    ----------
    participants : int
        Persons of the table of participants who speak in it, or who alone a document without speakers
        is linked to; each once.
    roles, groups : mapping
        Role or group to the number of participants; ``""``: nobody said it.
    labels : int
        Labels that nobody was assigned to, each once a document: participants who are not known yet.
    sites : int
        Sites that its documents are linked to.
    """

    participants: int
    roles: Mapping[str, int]
    groups: Mapping[str, int]
    labels: int = 0
    sites: int = 0


def people_of_sources(texts: Texts) -> dict[str, PeopleOfSource]:
    """The people of each source that has documents.

    Examples
    --------
    >>> from uuid import uuid4
    >>> from codebook.columns import DocumentFacts, PersonFacts, make_texts
    >>> talks = [DocumentFacts(uuid4(), f"Talk {n}", "Talks", "interview", 20) for n in (1, 2)]
    >>> turns = [(n, 0, 9, "Mia") for n in (0, 1)] + [(1, 9, 20, "Interviewer")]
    >>> mia = PersonFacts("Mia", "person", {"name": "Mia", "role": "nurse"})
    >>> people_of_sources(make_texts(talks, [0, 1], turns, [mia]))["Talks"]
    PeopleOfSource(participants=1, roles={'nurse': 1}, groups={'': 1}, labels=0, sites=0)
    """
    voices = voices_of(texts)
    known: dict[str, set[str]] = defaultdict(set)
    labels: Counter[str] = Counter()
    for number, (document, speaker) in enumerate(
        zip(voices.document.tolist(), voices.speaker.tolist(), strict=True)
    ):
        source, name = texts.documents[document].source, name_of_voice(texts, number)
        if name is None or is_asker(texts, name):
            continue
        if name in texts.people:
            known[source].add(name)
        elif speaker != NONE:
            labels[source] += 1
    sites: dict[str, set[str]] = defaultdict(set)
    for facts in texts.documents:
        linked = (texts.people[name] for name in facts.cases if name in texts.people)
        sites[facts.source] |= {case.name for case in linked if case.kind == "site"}
    return {
        source: PeopleOfSource(
            len(known[source]),
            _counted(texts, known[source], "role"),
            _counted(texts, known[source], "group"),
            labels[source],
            len(sites[source]),
        )
        for source in dict.fromkeys(document.source for document in texts.documents)
    }


def is_asker(texts: Texts, name: str) -> bool:
    """Whether a label, or the role of a participant, says that somebody asks."""
    roles = texts.people[name].said.get("role", "").split(",") if name in texts.people else []
    asks = _ASKS.split()
    return any(word.strip().casefold().rstrip(" .0123456789") in asks for word in (name, *roles))


def people_in_words(people: PeopleOfSource, *, smallest: int = SMALLEST) -> str:
    """How many participants a source has, by role and group; empty where none is known.

    Parameters
    ----------
    smallest : int
        Roles and groups of fewer people are told without their number.

    Examples
    --------
    >>> people_in_words(PeopleOfSource(12, {"GP": 6, "nurse": 4, "manager": 2}, {"": 12}, sites=2))
    '12 participants (6 GP; fewer than 5 each: manager, nurse), 2 sites'
    >>> people_in_words(PeopleOfSource(12, {"GP": 9, "nurse": 3}, {}))
    '12 participants (numbers not told, a group is small: GP, nurse)'
    """
    if not people.participants:
        return ""
    parts = [words for counts in (people.roles, people.groups) if (words := _in_words(counts, smallest))]
    told = _number(people.participants, "participant") + (f" ({' · '.join(parts)})" if parts else "")
    if people.labels:
        told += f", {_number(people.labels, 'speaker')} not assigned to a participant"
    return told + (f", {_number(people.sites, 'site')}" if people.sites else "")


def _in_words(counts: Mapping[str, int], smallest: int) -> str:
    """Roles or groups with their numbers; empty where nobody said any."""
    if not any(counts):
        return ""
    named = {name or "not recorded": n for name, n in counts.items()}
    if len(named) == 1:
        return _listed(named) if sum(named.values()) == 1 else f"all {_listed(named)}"
    small = {name for name, n in named.items() if n < smallest}
    large = sorted(named.keys() - small, key=lambda name: (-named[name], name.casefold()))
    few = f"fewer than {smallest} each"
    while small and large and sum(named[name] for name in small) < smallest:
        small.add(large.pop())  # what the others leave of all would tell the small ones
        few = "numbers not told, a group is small"
    told = [f"{named[name]} {name}" for name in large]
    return "; ".join([*told, *([f"{few}: {_listed(small)}"] if small else [])])


def _counted(texts: Texts, names: Iterable[str], field: str) -> dict[str, int]:
    return dict(sorted(Counter(texts.people[name].said.get(field, "") for name in names).items()))


def _listed(names: Iterable[str]) -> str:
    return ", ".join(sorted(names, key=str.casefold))


def _number(n: int, word: str) -> str:
    return f"{n} {word}" if n == 1 else f"{n} {word}s"
