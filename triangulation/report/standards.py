"""Reporting standards: what a report should say of how it came about. Item names are in our own words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True)
class Item:
    """An item with its number and the part of the standard it stands in.

    ``tells_results``: an answer can tell of results, so it is hidden from who may not read them yet.
    """

    number: int
    part: str
    words: str
    tells_results: bool = False


@dataclass(frozen=True)
class Standard:
    """A list of items with its name and source."""

    key: str
    name: str
    source: str
    items: tuple[Item, ...]

    def item(self, number: int) -> Item:
        """An item by its number; `KeyError` where there is none."""
        for item in self.items:
            if item.number == number:
                return item
        raise KeyError(number)


_TEAM, _DESIGN, _ANALYSIS = "Research team and reflexivity", "Study design", "Analysis and findings"

COREQ = Standard(
    "coreq",
    "COREQ",
    "A. Tong, P. Sainsbury, J. Craig, Int J Qual Health Care 2007;19(6):349-357",
    (
        Item(1, _TEAM, "Who interviewed or led the groups"),
        Item(2, _TEAM, "Their credentials"),
        Item(3, _TEAM, "Their occupation at the time"),
        Item(4, _TEAM, "Their gender"),
        Item(5, _TEAM, "Their experience and training"),
        Item(6, _TEAM, "Whether they knew the participants before"),
        Item(7, _TEAM, "What the participants knew of them"),
        Item(8, _TEAM, "What they bring with them: assumptions, interests"),
        Item(9, _DESIGN, "Method and theory behind the study"),
        Item(10, _DESIGN, "How participants were chosen"),
        Item(11, _DESIGN, "How they were approached"),
        Item(12, _DESIGN, "How many took part"),
        Item(13, _DESIGN, "Who refused or left, and why"),
        Item(14, _DESIGN, "Where the data were collected"),
        Item(15, _DESIGN, "Who else was present"),
        Item(16, _DESIGN, "What marks the sample: people, dates"),
        Item(17, _DESIGN, "Guide: questions, prompts, pilot"),
        Item(18, _DESIGN, "Repeated interviews"),
        Item(19, _DESIGN, "Recording in sound or picture"),
        Item(20, _DESIGN, "Field notes"),
        Item(21, _DESIGN, "How long it took"),
        Item(22, _DESIGN, "Saturation"),
        Item(23, _DESIGN, "Transcripts given back to participants"),
        Item(24, _ANALYSIS, "How many people coded"),
        Item(25, _ANALYSIS, "The coding tree"),
        Item(26, _ANALYSIS, "Where themes come from: beforehand or the data"),
        Item(27, _ANALYSIS, "Software"),
        Item(28, _ANALYSIS, "Participants' feedback on the findings", tells_results=True),
        Item(29, _ANALYSIS, "Quotations, each with its speaker", tells_results=True),
        Item(30, _ANALYSIS, "Findings follow from the data", tells_results=True),
        Item(31, _ANALYSIS, "Major themes are clear", tells_results=True),
        Item(32, _ANALYSIS, "Minor themes and deviating cases", tells_results=True),
    ),
)

_OPENING, _INTRODUCTION, _METHODS = "Title and abstract", "Introduction", "Methods"
_RESULTS, _DISCUSSION, _OTHER = "Results", "Discussion", "Other"

SRQR = Standard(
    "srqr",
    "SRQR",
    "B. C. O'Brien and colleagues, Acad Med 2014;89(9):1245-1251",
    (
        Item(1, _OPENING, "Title names topic and approach"),
        Item(2, _OPENING, "Abstract with the key elements"),
        Item(3, _INTRODUCTION, "The problem and why it matters"),
        Item(4, _INTRODUCTION, "Purpose or question"),
        Item(5, _METHODS, "Qualitative approach and paradigm"),
        Item(6, _METHODS, "Researchers: who they are, and reflexivity"),
        Item(7, _METHODS, "Context: setting and what marks it"),
        Item(8, _METHODS, "How people, documents or events were chosen, and when enough"),
        Item(9, _METHODS, "Ethics: approval, consent, confidentiality"),
        Item(10, _METHODS, "How data were collected, and when"),
        Item(11, _METHODS, "Guides, questionnaires, devices, and their changes"),
        Item(12, _METHODS, "Units of study: how many, and what marks them"),
        Item(13, _METHODS, "Processing: transcription, storage, anonymity, coding"),
        Item(14, _METHODS, "Analysis: how themes came about, and who took part"),
        Item(15, _METHODS, "What was done so that the analysis can be trusted"),
        Item(16, _RESULTS, "Synthesis and interpretation", tells_results=True),
        Item(17, _RESULTS, "Evidence: quotes, excerpts", tells_results=True),
        Item(18, _DISCUSSION, "Ties to earlier work, implications, transfer", tells_results=True),
        Item(19, _DISCUSSION, "Limitations", tells_results=True),
        Item(20, _OTHER, "Conflicts of interest and how they were handled"),
        Item(21, _OTHER, "Funding and its part in the work"),
    ),
)

#: The standards by their keys.
STANDARDS: Mapping[str, Standard] = MappingProxyType({one.key: one for one in (COREQ, SRQR)})
