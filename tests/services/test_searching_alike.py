"""Both databases answer a search exactly as a look into every text does: same documents, same places."""

from __future__ import annotations

import datetime as dt
import hashlib
import random
from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

import pytest

from corpus.documents import make_document
from corpus.models import Document, RawText, Source
from corpus.search import Speaker, parse_query, search
from store import documents as kept
from store import participants as people
from store.engine import writing
from tests.services.team import Team
from workbench.services.searching import search_texts

LITTLE = {
    "nl": "de het een en geen tijd geld zorg huisarts huisartsen wachten wachtte gewacht patiënt patiënten "
    "verpleegkundige verpleegkundigen tijdsdruk één co-assistent ’s middags euro’s",
    "fr": "le la les pas de temps argent soins médecin médecins attendre attend cœur œuvre l’hôpital été "
    "patient patiente infirmière infirmières aujourd’hui",
    "en": "the a no time money care doctor doctors wait waited waiting patient patients nurse nurses NHS "
    "don’t co-op 50% naïve",
}
SPEAKERS = ("GP 1", "Interviewer", "Médecin", "GP 2")
Span = tuple[str, int, int]
Who = Callable[[UUID, str], Speaker]


@dataclass(frozen=True)
class Text:
    """A document with its source, as a look into every text needs them."""

    document: Document
    source: str


def some_texts(sources: dict[str, Source]) -> list[Text]:
    dice = random.Random(17)
    made = []
    for number in range(45):
        language = ("nl", "fr", "en")[number % 3]
        words = LITTLE[language].split()
        lines = []
        for _ in range(dice.randint(1, 5)):
            line = dice.choice((" ", " ", "\n", ", ")).join(dice.choices(words, k=dice.randint(3, 14)))
            name = dice.choice((*SPEAKERS, "")) if number % 2 else ""
            lines.append(f"{name}: {line.capitalize()}." if name else line)
        made.append((f"{language.upper()} {number}", "\n\n".join(lines), language))
    # More than PostgreSQL keeps places of, a word longer than an index keeps, an accent typed apart.
    made += [
        ("Many", "geen zorg " * 300 + "geen geld", "nl"),
        ("Long", "zorg " + "x" * 150 + " geen tijd " + "en " * 17_000 + "geen geld voor zorg", "nl"),
        ("Apart", "me\u0301decin et cœur, co\u00adop", "fr"),
    ]
    return [_a_text(n, *each, sources) for n, each in enumerate(made)]


def _a_text(number: int, title: str, text: str, language: str, sources: dict[str, Source]) -> Text:
    label = list(sources)[number % len(sources)]
    day = None if number % 5 == 0 else dt.date(2020, 1, 1) + dt.timedelta(days=30 * number)
    digest = hashlib.sha256(f"{title}{text}".encode()).hexdigest()
    raw = RawText(text, f"{title}.txt", digest, title=title, date=day)
    return Text(make_document(sources[label], raw, language=language), label)


WORDS = """
    geen|geld|PATIENT|patiënten|medecin|coeur|oeuvre|ete|co-op|co-assistent|'s|aujourd'hui|50%|NHS|naive
    "geen tijd"|"pas de temps"|"no time"|"geen geld voor"|"l'hopital ete"|"de de"|"geen zorg geen"
    pat*|infirm*|"geen t*"|*tijd*|*druk|*art*|ver*kundige|*é*|verpl* -geld
    lemma:wachten|lemma:médecins|lemma:nurse|lemma:patient|lemma:"geen patiënt"|lemma:waiting OR lemma:attend
    geen NEAR/3 geld|geld NEAR/3 geen|temps NEAR medecin|"no time" NEAR/4 nurse|(geld OR tijd) NEAR/2 geen
    de NEAR/1 het|zorg NEAR/40 geld|patient NEAR/6 le NEAR/6 temps|co-op NEAR/5 time|geen NEAR/20 voor
    geen geld|geen OR temps OR money|(geld OR argent) -tijd|zorg -"geen zorg"|tijd NOT (geld OR geen)
    geen -pat*|/[A-Z]HS/|/(?i)m.decins?/|/\\d+%/ time|qqq|qqq OR geld|xx*|nothing-such
"""
CONDITIONS: dict[str, Callable[[Text], bool]] = {
    "": lambda text: True,
    "speaker:anna": lambda text: True,
    'speaker:"gp 1"': lambda text: True,
    "speaker:m*": lambda text: True,
    "-speaker:Interviewer": lambda text: True,
    "role:nurse": lambda text: True,
    'group:"Practice A" -speaker:"GP 2"': lambda text: True,
    "source:minutes": lambda text: text.source == "Minutes",
    "-source:M*": lambda text: text.source != "Minutes",
    "after:2021-06": lambda text: (
        text.document.date is not None and text.document.date >= dt.date(2021, 6, 1)
    ),
    "before:2021 language:nl": lambda text: (
        text.document.date is not None and text.document.date.year < 2021 and text.document.language == "nl"
    ),
    'title:"fr 1"': lambda text: "fr 1" in text.document.title.lower(),
}
OF_DOCUMENTS = ("source:", "after:", "before:", "title:")


def looked_through(
    texts: list[Text], words: str, where: str, who: Callable[[UUID, str], Speaker]
) -> set[Span]:
    """What stands in the texts, without any index or database."""
    query = words if where.lstrip("-").startswith(OF_DOCUMENTS) else f"{words} {where}"
    parsed = parse_query(query)
    assert parsed is not None
    found = set()
    for text in filter(CONDITIONS[where], texts):
        document = text.document
        for match in search(
            document.text,
            parsed,
            language=document.language,
            sections=document.sections,
            who=lambda label, document=document: who(document.id, label),  # type: ignore[misc]
        ):
            found.add((document.title, match.start_char, match.end_char))
    return found


@pytest.fixture
def filled(team: Team) -> tuple[Team, list[Text], Who]:
    """Texts in three languages; Anna speaks as GP 1 everywhere, and as GP 2 in one document."""
    texts = some_texts({label: team.add_source(label) for label in ("Minutes", "Interviews", "Survey")})
    lone = next(text.document for text in texts if any(s.speaker == "GP 2" for s in text.document.sections))
    with writing(team.engine) as connection:
        for text in texts:
            kept.add_document(connection, text.document, actor=team.lead)
        anna = people.add_participant(
            connection, actor=team.lead, name="Anna", kind="person", role="Nurse", group="Practice A"
        )
        people.assign(connection, anna, ["GP 1"], actor=team.lead)
        people.assign(connection, anna, ["GP 2"], actor=team.lead, document_ids=[lone.id])

    def who(document_id: UUID, label: str) -> Speaker:
        is_anna = label == "GP 1" or (label == "GP 2" and document_id == lone.id)
        return Speaker(label, "Anna", "Nurse", "Practice A") if is_anna else Speaker(label)

    return team, texts, who


def test_both_databases_find_what_a_look_into_every_text_finds(
    filled: tuple[Team, list[Text], Who],
) -> None:
    team, texts, who = filled
    words = [each.strip() for line in WORDS.strip().split("\n") for each in line.split("|")]
    asked = [(each, where) for n, each in enumerate(words) for where in ["", list(CONDITIONS)[1 + n % 11]]]
    asked += [("geen OR le OR the OR time", where) for where in CONDITIONS]
    differing, holding = {}, 0
    for each, where in asked:
        found = search_texts(team.engine, team.bram, f"{each} {where}", number=None)
        ours = {(h.document.title, h.match.start_char, h.match.end_char) for h in found.hits}
        wanted = looked_through(texts, each, where, who)
        wanted |= {span for span in ours if span[0] == "Report 1"}  # the text that the study begins with
        holding += bool(wanted)
        if ours != wanted or len(found.hits) != len(ours):
            differing[f"{each} {where}"] = (sorted(ours - wanted)[:2], sorted(wanted - ours)[:2])
    assert differing == {}
    assert holding > len(asked) / 2
