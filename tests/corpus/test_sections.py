"""Headings, paragraphs and speaker turns."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.cleaning import clean_text
from corpus.models import Section, SectionKind
from corpus.sections import find_sections

DATA = Path(__file__).parents[1] / "data"
QMSUM = Path(__file__).resolve().parents[3] / "shared" / "data" / "qmsum-committee"
LINES = st.sampled_from(
    [
        "",
        "  ",
        "# Heading",
        "===",
        "---",
        "GP 3: no",
        "[00:12] P4: yes",
        "Jory: well",
        "- item",
        "```",
        "😀 text",
    ]
)


def speakers(text: str, *, markdown: bool = False) -> list[str | None]:
    return [s.speaker for s in find_sections(text, markdown=markdown) if s.kind is SectionKind.TURN]


def words(text: str, sections: tuple[Section, ...]) -> list[str]:
    return [text[s.start_char : s.end_char] for s in sections]


@given(st.lists(LINES | st.text(max_size=30), max_size=30).map("\n".join).map(clean_text), st.booleans())
def test_sections_are_in_order_and_cover_every_line_that_holds_something(text: str, markdown: bool) -> None:
    sections = find_sections(text, markdown=markdown)
    covered = [False] * len(text)
    last = 0
    for section in sections:
        assert last <= section.start_char < section.end_char
        assert text[section.start_char : section.end_char].strip()
        assert text[section.end_char : section.end_char + 1] in ("", "\n")
        covered[section.start_char : section.end_char] = [True] * (section.end_char - section.start_char)
        last = section.end_char
    assert all(covered[i] for i, character in enumerate(text) if not character.isspace())


def test_a_paragraph_is_a_line() -> None:
    text = "First point.\nSecond point.\n\nThird.\n"
    assert words(text, find_sections(text)) == ["First point.", "Second point.", "Third."]


def test_lines_broken_at_a_fixed_width_are_one_paragraph() -> None:
    paragraph = (
        "The willingness of a group of well-trained and motivated care\n"
        "providers to invest in quality improvement was an important\n"
        "facilitator, and nobody in the region had expected so much of\n"
        "it at the start."
    )
    text = f"Report\n\n{paragraph}\n\n- one item\n- another item\n"
    assert words(text, find_sections(text)) == ["Report", paragraph, "- one item", "- another item"]


def test_headings_of_markdown_have_their_level() -> None:
    text = "# Meeting\n\nAgenda\n------\n\n### Any other business\n```\n# a comment in a program\n```\n"
    headings = [s for s in find_sections(text, markdown=True) if s.kind is SectionKind.HEADING]
    assert [(s.level, text[s.start_char : s.end_char]) for s in headings] == [
        (1, "# Meeting"),
        (2, "Agenda\n------"),
        (3, "### Any other business"),
    ]


def test_a_hash_is_no_heading_in_plain_text() -> None:
    assert all(s.kind is SectionKind.PARAGRAPH for s in find_sections("# 12 is the bed number"))


def test_headings_that_the_format_marks_are_taken_over() -> None:
    sections = find_sections("Introduction\nText of it.", headings=[(0, 12, 2)])
    assert [(s.kind, s.level) for s in sections] == [(SectionKind.HEADING, 2), (SectionKind.PARAGRAPH, None)]


@pytest.mark.parametrize(
    ("line", "speaker", "seconds"),
    [
        ("GP 3 [00:12:05]: No time.", "GP 3", 725.0),
        ("[00:12] P4: No time.", "P4", 12.0),
        ("Interviewer: And then?", "Interviewer", None),
        ("Enquêtrice : Et ensuite ?", "Enquêtrice", None),
        ("R2: Ja.", "R2", None),
        ("**Interviewer 1:** And then?", "Interviewer 1", None),
        ("#01:02:03-5# Dr. Peeters: Well.", "Dr. Peeters", 3723.5),
        ("P3 (female): No.", "P3", None),
        ("Huisarts 2: Nee.", "Huisarts 2", None),
        ("Hon. Mary Ng (Minister of Small Business, Export Promotion and Trade): No.", "Hon. Mary Ng", None),
        ("Mr. Chris d'Entremont (West Nova, CPC): No.", "Mr. Chris d'Entremont", None),
        ("Dr. Peeters (head of the (new) clinic): No.", "Dr. Peeters", None),
        ("INTERVIEWER 00:00:05", "INTERVIEWER", 5.0),
        ("Interviewer 00:05", "Interviewer", 5.0),
        ("Interviewer 00:00:05 And then?", "Interviewer", 5.0),
        ("GP 3 [00:12:05] No time.", "GP 3", 725.0),
    ],
)
def test_a_role_or_a_time_stamp_shows_who_speaks(line: str, speaker: str, seconds: float | None) -> None:
    (section,) = find_sections(f"A line before\n{line}")[1:]
    assert (section.kind, section.speaker, section.seconds) == (SectionKind.TURN, speaker, seconds)


@pytest.mark.parametrize(
    "line",
    [
        "Note: the door opens.",
        "Refs: #12",
        "http://example.org",
        "https: see the site",
        "Decision: approved",
        "Besluit: goedgekeurd",
        "Tel: 053 12 34 56",
        "Meeting at 12:30",
        "14:30 Break: coffee",
        "Conclusions: Guided by the model",
        "- Nurse 2: call the pharmacy",
        "Trial registration number: NCT00824499",
        "Funding was the barrier: nobody paid.",
        "Interviewer 10:30 room 4",
        "GP 3:20 patients",
        "Anna (who had been working there since the beginning of it all): no",
        "Dr. Peeters (head of the (new (and old)) clinic): No.",
    ],
)
def test_a_colon_alone_makes_no_speaker(line: str) -> None:
    assert speakers(f"A line before\n{line}\nA line after") == []


def test_a_name_is_a_speaker_when_it_comes_back() -> None:
    text = (
        "Minutes\n\n* Jory: I agree.\n* Whatever: this was\n* Jory: Update: done.\n* Refs: none\n* a\n* b\n"
    )
    assert speakers(text, markdown=True) == ["Jory", "Jory"]


def test_a_name_is_a_speaker_in_a_text_of_turns() -> None:
    assert speakers("Interviewer: Well?\nAnna: No.\nInterviewer: Why?\nBert: Time.") == [
        "Interviewer",
        "Anna",
        "Interviewer",
        "Bert",
    ]


def test_lines_after_a_turn_belong_to_it_in_a_text_of_turns() -> None:
    text = "GP 1: First line.\nSecond line.\n\nInterviewer: Yes?\nGP 1: No."
    assert words(text, find_sections(text))[0] == "GP 1: First line.\nSecond line."


def test_a_chair_is_a_speaker_whatever_office_and_party_stand_beside() -> None:
    chair = "The Chair (Hon. Anthony Rota (Nipissing, Lib.)): I call this to order."
    text = f"{chair}\nMr. Garnett Genuis (Sherwood Park, CPC): Thank you.\nThe Chair: Go on.\n{chair}"
    assert speakers(text) == ["The Chair", "Mr. Garnett Genuis", "The Chair", "The Chair"]


@pytest.mark.shared
@pytest.mark.skipif(not QMSUM.is_dir(), reason="needs ../shared/data/qmsum-committee beside the checkout")
def test_every_turn_of_the_committees_is_found_where_it_begins_and_no_other() -> None:
    """Of 4,812 turns 4,811 are found; the one left, "Julie Morgan AM" in capitals, speaks once."""
    turns = found = made = 0
    for path in sorted(QMSUM.glob("*.json")):
        said = json.loads(path.read_text(encoding="utf-8"))["meeting_transcripts"]
        lines = [f"{turn['speaker']}: {' '.join(turn['content'].split())}" for turn in said]
        text = clean_text("\n".join(lines))
        begun = {s.start_char for s in find_sections(text) if s.kind is SectionKind.TURN}
        places = [0]
        for line in text.split("\n")[:-1]:
            places.append(places[-1] + len(line) + 1)
        turns += len(places)
        found += len(begun & set(places))
        made += len(begun)
    assert turns == 4812
    assert found >= 4808
    assert made == found


def test_a_speaker_alone_on_a_line_gets_the_lines_below() -> None:
    text = "Speaker 1 00:05\nHello all.\n\nSpeaker 2 01:00:07\nHello."
    sections = find_sections(text)
    assert [(s.speaker, s.seconds) for s in sections] == [("Speaker 1", 5.0), ("Speaker 2", 3607.0)]


def test_minutes_of_a_committee_show_who_said_what() -> None:
    text = (DATA / "minutes-openjs-cpc" / "2019-01-14-project-progression.md").read_text(encoding="utf-8")
    found = set(speakers(text, markdown=True))
    assert {"Matteo", "Jory", "Tierney", "Myles"} <= found
    assert not found & {"Recording", "GitHub Issue", "Ref", "https", "Attendance", "Agenda"}


def test_an_article_has_no_speakers() -> None:
    text = (DATA / "chronic-care" / "000-aalst-article.txt").read_text(encoding="utf-8")
    assert speakers(text) == []


def test_one_enormous_line_takes_no_longer_than_its_length_asks() -> None:
    text = " " * 1_000_000 + "x" + "-" * 1_000_000
    assert len(find_sections(text, markdown=True)) == 1
