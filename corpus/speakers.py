"""Who speaks: the name or role, and the time stamp, at the beginning of a line.

Caution is the rule. In minutes a colon follows many words that are no person ("Refs:", "Decision:"),
and a wrong speaker misleads more than a missing one.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from corpus.pseudonyms.models import PSEUDONYM

_LATIN_TWINS = str.maketrans(
    "АВЕКМНОРСТУХаеорсухіјѕԁΑΒΕΖΗΙΚΜΝΟΡΤΥΧοα",
    "ABEKMHOPCTYXaeopcyxijsdABEZHIKMNOPTYXoa",
)

_TIME = r"(?:(?:\d{1,2}:)?\d{1,2}:\d{2}(?:[.,-]\d{1,3})?)"
_STAMP = rf"(?:[\[({{#]\s*{_TIME}\s*[\])}}#]|{_TIME})"
_LABEL = re.compile(
    rf"\s*(?P<item>[-•–]\s*|(?:[*+]|\d{{1,3}}[.)])\s+)?(?P<before>{_STAMP})?[\s–-]*[*_]{{0,3}}"
    rf"(?P<speaker>\[[^\W\d_][^\n\[\]:]{{0,30}} \d{{1,6}}\]"
    rf"|[^\W\d_](?:[^\n:：\[\](){{}}<>#*_|\t]{{0,38}}[^\s:：\[\](){{}}<>#*_|])?)"
    rf"(?:\s*(?P<beside>\((?:[^()\d\n]|\([^()\d\n]{{1,80}}\)){{1,120}}\)))?[*_]{{0,3}}\s*(?P<after>{_STAMP})?\s*[*_]{{0,3}}\s*[:：](?!//)[*_]{{0,3}}"
    rf"(?P<gap>\s*)(?P<inside>[\[({{#]\s*{_TIME}\s*[\])}}#])?\s*(?P<words>\S?)"
)
# Some transcription programs put speaker and time alone on the line above the words, or before them.
_LABEL_LINE = re.compile(
    rf"\s*(?P<speaker>[^\W\d_][^\n:：\[\](){{}}<>#*_|\t]{{0,39}}?)\s+(?P<after>{_STAMP})"
    rf"(?:\s*$|\s+(?P<words>\S))"
)
_LONGEST_HEAD = 240
# What stands in brackets after anybody's name; after a title or a role it may be longer: an office, a party.
_LONGEST_BESIDE = 32
_CLOCK_END = re.compile(r"\s\d{1,2}$")
_MINUTES = re.compile(r":\d{2}(?!\d)")
_ARTICLE = re.compile(r"(?:the|de|het|le|la|l')\s*(?:acting |deputy |vice[- ])?", re.I)
_CLOCK = re.compile(r"(?:(\d{1,2}):)?(\d{1,2}):(\d{2})(?:[.,-](\d{1,3}))?")

# Who speaks in an interview; nothing else in a text is called so before a colon.
_TALKER = (
    "interviewer|interviewee|moderator|facilitator|respondent|participant|informant|speaker"
    "|intervieweur|intervieweuse|geïnterviewde|respondente|deelnemer|deelneemster|spreker"
    "|enquêteur|enquêtrice|interviewé|interviewée|modérateur|modératrice|animateur|animatrice"
    "|répondant|répondante|participante|locuteur|locutrice|unknown|onbekend|inconnu|int|resp"
)
# Who may speak, but may also be written about ("Patient: 71 years, lives alone").
_PART = (
    "patient|gp|doctor|physician|nurse|pharmacist|carer|caregiver|chair|chairman|chairperson|observer|researcher"
    "|patiënt|patiënte|huisarts|arts|dokter|verpleegkundige|apotheker|mantelzorger|voorzitter|onderzoeker"
    "|patiente|médecin|infirmier|infirmière|pharmacien|pharmacienne|président|présidente|chercheur|chercheuse"
)
_NUMBERED = rf"(?:{_TALKER}|{_PART}|pat|part|mod|sp|pt|ha|fg|r|p|i|m|n|s|v)(?:[ -]?\d{{1,3}}[a-z]?|[ -][a-z])"
_ROLE = re.compile(rf"(?:{_NUMBERED}|{_TALKER}|{_PART})\.?", re.I)
_SPEAKING_ROLE = re.compile(rf"(?:{_NUMBERED}|{_TALKER})\.?", re.I)
_TITLED = re.compile(
    r"(?:dr|prof|mr|mrs|ms|miss|sir|(?:rt\.? )?hon|mevr|mw|dhr|hr|mme|mlle|sister|zuster"
    r"|mevrouw|meneer|madame|monsieur)"
    r"\.?\s+[^\W\d_]"
    r"|M\.\s+[^\W\d_]|the (?:right )?honou?rable\s+[^\W\d_]",
    re.I,
)
_NAME = re.compile(
    r"[^\W\d_a-zà-öø-ÿ][\w.'’-]*"
    r"(?: (?:van|von|de|den|der|het|ten|ter|du|la|le|el|al|di|da|(?:d['’])?[^\W\d_a-zà-öø-ÿ][\w.'’-]*)){0,4}"
)


@dataclass(frozen=True)
class SpeakerLabel:
    """What may be the beginning of a turn.

    ``seconds`` counts from the start of the recording, None without a time stamp. ``certain`` says
    that the line alone shows that somebody speaks (a role, a title, a time stamp); a mere name needs
    the rest of the text to confirm it. ``words_follow`` is False where the label has the line to itself.
    """

    speaker: str
    seconds: float | None
    certain: bool
    words_follow: bool


def read_label(line: str) -> SpeakerLabel | None:
    """Read who may be speaking at the beginning of a line; None where nobody is.

    Examples
    --------
    >>> read_label("[00:12] P4: We never met.")
    SpeakerLabel(speaker='P4', seconds=12.0, certain=True, words_follow=True)
    >>> read_label("[Arts 1]: Goed.").speaker
    '[Arts 1]'
    >>> read_label("Refs: #12") is None
    True
    """
    # A label is short; looking no further keeps one enormous line as cheap as any other.
    head = line.lstrip()[:_LONGEST_HEAD]
    return _label_with_time(head) or _label_before_colon(head)


def as_it_looks(label: str) -> str:
    """A label as it looks to a reader: two that look alike give the same, whatever letters they are made of.

    Letters of other alphabets that look Latin, characters without width, case and spaces do not count.

    Examples
    --------
    >>> as_it_looks("Аnna") == as_it_looks("anna ")  # the first begins with a Cyrillic letter
    True
    """
    shown = unicodedata.normalize("NFKC", label).translate(_LATIN_TWINS)
    seen = "".join(letter for letter in shown if unicodedata.category(letter) != "Cf")
    return " ".join(seen.casefold().split())


def _label_before_colon(head: str) -> SpeakerLabel | None:
    match = _LABEL.match(head)
    if match is None:
        return None
    speaker = match["speaker"].strip()
    pseudonym = PSEUDONYM.fullmatch(speaker) is not None
    role = _ROLE.fullmatch(speaker) is not None or pseudonym
    if not role and not _is_name(speaker):
        return None
    if _CLOCK_END.search(speaker) and _MINUTES.match(head, match.end("speaker")):
        return None  # "Interviewer 00:05 So", not somebody called "Interviewer 00"
    titled = role or _TITLED.match(speaker) or _ROLE.fullmatch(_ARTICLE.sub("", speaker))
    if len(match["beside"] or "") > _LONGEST_BESIDE and not titled:
        return None
    stamp = match["before"] or match["after"] or match["inside"]
    # A bare clock time before a word is an agenda ("14:30 Break: coffee"), not a recording.
    timed = stamp is not None and (_is_recording_time(stamp) or stamp == match["after"])
    speaks = pseudonym or _SPEAKING_ROLE.fullmatch(speaker) or _TITLED.match(speaker)
    # In a list a role may be who has to do something ("- Nurse 2: call the pharmacy").
    certain = timed or bool(speaks and not match["item"])
    spaced = bool(match["gap"] or match["inside"] or not match["words"])
    if (spaced or role) and (match["words"] or certain or role):
        return SpeakerLabel(speaker, _seconds(stamp), certain, bool(match["words"]))
    return None


def _label_with_time(head: str) -> SpeakerLabel | None:
    match = _LABEL_LINE.match(head)
    if match is None:
        return None
    speaker = match["speaker"]
    role = _ROLE.fullmatch(speaker) is not None
    if not role and not _is_name(speaker):
        return None
    recording = _is_recording_time(match["after"])
    if match["words"] is not None and not (role and recording):
        return None
    seconds = _seconds(match["after"])
    return SpeakerLabel(speaker, seconds, role or recording, words_follow=match["words"] is not None)


def _is_recording_time(stamp: str) -> bool:
    return stamp[0] in "[({#" or stamp.count(":") == 2


def _is_name(speaker: str) -> bool:
    words = re.split(r"[ -]", speaker.casefold())
    return _NAME.fullmatch(speaker) is not None and not any(
        word.strip(".'’") in _no_speaker() for word in words
    )


def _seconds(stamp: str | None) -> float | None:
    clock = _CLOCK.search(stamp) if stamp else None
    if clock is None:
        return None
    hours, minutes, seconds, fraction = clock.groups()
    return int(hours or 0) * 3600 + int(minutes) * 60 + float(f"{seconds}.{fraction or 0}")


@cache
def _no_speaker() -> frozenset[str]:
    lines = (files("corpus") / "no_speaker.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())
