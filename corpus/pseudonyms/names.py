# ruff: noqa: E501 - a pattern is read on one line
"""Names of people, by rules for Dutch, French and English: what introduces a name, and what one is made of.

The first word of a sentence has a capital whatever it is: alone it is no evidence.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import zip_longest

from corpus.pseudonyms.cues import (
    ACTS,
    CARER,
    CLOSING,
    DOCTOR,
    INTRODUCE,
    KIN,
    LABELS,
    NURSE,
    PATIENT,
    ROLE,
    SAID,
    TITLE,
)
from corpus.pseudonyms.diseases import names_disease
from corpus.pseudonyms.models import Hit, Kind, hit_at
from corpus.pseudonyms.turned import find_turned, without
from corpus.pseudonyms.words import (
    CAPITALISED,
    UPPER,
    acronym,
    bare,
    fold,
    given_names,
    in_dictionary,
    in_small_letters,
    is_ordinary,
    little_words,
    no_names,
    ordinary_given_names,
    particles,
    people_names,
    surnames,
    things,
)
from corpus.speakers import read_label

_INITIALS = rf"(?:[{UPPER}]\.[ -]?){{1,4}}"
_PARTICLE = (
    r"(?:van|von|vande|vanden|vander|de|den|der|'t|’t|ten|ter|te|du|des|la|le|el|al|di|da|do|dos|das|ben|bin|bint|ibn|ou|ní|wa|y|zu|zur"
    r"|[dt]['’])"
)
_CHUNK = re.compile(
    rf"(?<![^\W_])(?:{_INITIALS} ?)?(?:(?:van|de|ten|ter|'t|’t|v\.? ?d\.?) ?(?:(?<= )(?:de|den|der|het) )?(?<= ))?{CAPITALISED}"
    rf"(?: (?:[{UPPER}]\.[ -]?){{0,3}}[{UPPER}]\.(?= ?[{UPPER}][^\W\d_])|(?: {_PARTICLE}){{0,3}} ?(?:(?<=['’])|(?<= )){CAPITALISED}){{0,8}}"
)
_WORD = re.compile(rf"(?<![^\W_]){CAPITALISED}")
_SENTENCE_START = re.compile(r"(?:^|[.!?:;…\n•*–]|(?:^|\n)\s*-|\d[.)]|[.!?]['’\"»”)]|[«“„\"(\[])[\s'’]*$")

_ABBREVIATED = re.compile(
    rf"(?<![^\W_])(?:[{UPPER}]|mevr|mvr|mw|mej|dhr|hr|dr|drs|prof|pr|rev|sgt|vve|wed|mtr|mr|mrs|ms|mme|mlle|st|ste|ir|ing|lic|juf|mgr|t\.a\.v|tav|nr|tel)\.\s*$",
    re.I,
)

# What may stand straight before a name, and the role that it tells.
_BEFORE = tuple(
    (kind, why, re.compile(rf"(?<![^\W_])(?:{words.lower()}){after}$"))
    for kind, words, after, why in (
        (Kind.DOCTOR, DOCTOR, r"\.?,? ", "follows a word for a doctor"),
        (Kind.PATIENT, PATIENT, r"[,:]? [(\"“‘'«]?", "follows a word for a patient"),
        (Kind.NURSE, NURSE, r"[,:]? [(\"“‘'«]?", "follows a word for a nurse"),
        (Kind.CARER, CARER, r",? ", "follows a word for a carer"),
        (Kind.PERSON, TITLE, r"\.? ", "follows a title"),
        (Kind.PERSON, KIN, r"[,:]? [(\"“‘'«]?", "follows a word for a relative or neighbour"),
        (Kind.PERSON, ROLE, r"[,:]? [(\"“‘'«]?", "follows a word for a role"),
        (Kind.PERSON, INTRODUCE, r",? (?:[(\"“‘'«„][ \xa0]?)?", "follows words that introduce a name"),
        (Kind.PERSON, SAID, r" ", "follows a word for speaking"),
    )
)
_COLON = re.compile(r"\.? ?:")
_PLACEHOLDER = re.compile(rf"(?:(?i:(.)\1+)|[{UPPER}]{{1,2}})$")
# What the words before a name end with; a new sentence is no cue, unless the dot is of an abbreviation.
_CUE_MAY_END = re.compile(r"(?:[^\W_]|[,:]|(?<![^\W_])[^\W\d_]{1,4}\.) (?:[(\"“‘'«„][ \xa0]?)?$")
_INITIAL_BEFORE = re.compile(rf"(?<![^\W_])[{UPPER}]\.[ -]?$")
# Months that are given names too: alone they are the month.
_MONTHS = frozenset({"may", "april", "june", "august", "mei", "mai", "avril", "augustus", "juin"})
# The role of a speaker, which was taken before.
_CLOSED_LABEL = re.compile(r"\s*\0{1,40} ?:")
_SAINT = frozenset({"saint", "sainte", "sint", "st", "ste"})
# No cue is longer than four words.
_CUE_WORDS = 5
_SIGNS = "stands as a signature"
_SPEAKS = "speaks at the beginning of a line"
_A_CONVERSATION = 4
_SHORT = 4
# Date and time before a message: "[12/09 06:52] Delphine: ok".
_STAMP = re.compile(
    r"(?:[-*•>] )?[\[(]?(?:[^\W\d_]{2,9}\.?,? )?(?:\d{1,2}[/.-]\d{1,2}(?:[/.-]\d{2,4})?,? )?\d{1,2}[:.hu]\d{2}(?::\d{2})?(?: ?[ap]m)?[\])]? ?[-–—|]? ?"
)
_ANNOUNCES = re.compile(LABELS, re.I)
_TITLE_BEFORE = re.compile(rf"(?<![^\W_])(?:{DOCTOR.lower()}|{TITLE})\.? $")
_KIN_BEFORE = re.compile(rf"(?<![^\W_])(?:{KIN.lower()}) $")
_ANY_BEFORE = re.compile(
    r"(?<![^\W_])(?:"
    + "|".join((DOCTOR, PATIENT, NURSE, CARER, TITLE, KIN, ROLE, INTRODUCE, SAID)).lower()
    + r")\.?[,:]? (?:[(\"“‘'«„][ \xa0]?)?$"
)
_CUE_ALONE = re.compile("|".join((DOCTOR, PATIENT, NURSE, CARER, TITLE, KIN, ROLE, INTRODUCE, SAID)).lower())
_M_DOT = re.compile(r"(?<![^\W_])(?:(?:M|MM)\.|Me) $")
_CUE_BEFORE_DOT = re.compile(r"[^\W\d_]\. $")
_LETTERS_ALONE = re.compile(rf"(?<![\w.])[{UPPER}]\.(?: ?[{UPPER}]\.){{0,3}}(?! ?[{UPPER}][^\W\d_])")
# "dr VDB", "mw. VdB"
_FEW_LETTERS = re.compile(rf"(?<= )(?:[{UPPER}]{{2,3}}|V[dD][A-Za-z])(?![\w'’-])")
_BEFORE_LETTERS = re.compile(rf"(?<![^\W_])(?:(?:{DOCTOR}|{TITLE})\.?|(?:{LABELS}) ?:) $", re.I)
# "Monsieur de Brouwer": the small word after a title is of the name.
_SMALL_BEFORE = re.compile(
    rf"(?<![^\W_])(?:{DOCTOR}|{TITLE})\.? (?P<small>(?:(?:{_PARTICLE}|Van|De) ){{1,2}}|[dt]['’])$", re.I
)
# "J Okafor"; "I" and "A" are words.
_LETTER_BEFORE = re.compile(r"(?:^|[\s(/])[B-HJ-NP-XZ] $")
_WIDOW = re.compile(r"(?:veuve|vve|wed(?:uwe)?)(?![^\W_])", re.I)  # "veuve de Remi Maes"
# "M. de la Faille": a small word that no noun would have.
_TITLE_AND_SMALL = re.compile(
    rf"(?<![^\W_])(?:(?:{DOCTOR}|{TITLE})\.?|(?-i:MM?\.)) (?P<small>(?:van|von|de|du|d['’])(?: (?:la|den|der|de|het|l['’]))? ?)$",
    re.I,
)
_LAST_WORD = re.compile(r"(?<![^\W_])([^\W\d_]{1,6}|[dt]['’]) ?$")
# "Joris V.", "Bertha VDB"
_LETTERS_BEHIND = re.compile(
    rf" (?:[{UPPER}]\.(?:[ -]?[{UPPER}]\.)*|[{UPPER}]{{1,3}}(?![\w'’.-])|V[dD][A-Za-z]?(?![\w'’-]))"
)
_IS = re.compile(
    r"[?!]| is (?!what|that|the|an?|needed|important|wat|dat|het|een|nodig)| (?:was|has|had|heeft|moet|kan|kon|wil|wordt|werd|blijft|eet|slaapt|huilt|est|a|avait|était|pleure|veut|ne|refuse|reste|mange|dort|needs|cried|cries|eats|sleeps|refused)(?![^\W_])| n['’]"
)
_LETTERS_AND_STOP = re.compile(rf" [{UPPER}]{{2,3}}(?=[,;:)\n]|$)")
_AGE = re.compile(r", \d{2}(?:,| (?:j|jr|jaar|ans|years?)(?![^\W_]))")
_YOUNGER = re.compile(r",? (?:[JS]r|JR|SR)(?:\.|(?![^\W_]))")
_ELIDED_SMALL = frozenset({"d'", "d’", "t'", "t’"})
# "Verstraeten R.: ", "Lieve D.B. (": initials that no word follows.
_INITIALS_BEHIND = re.compile(rf" (?:[{UPPER}]\.-?){{1,3}}(?= ?(?:[,;:)(/|\n–-]|$)| [^\W\d_{UPPER}])")
_AFTER_ROLE = re.compile(
    rf",? \(?(?:(?:de|onze|la|le|l['’]|notre|the|our|een|une?|an?|mijn|ma|mon|my|haar|zijn|sa|son|her|his) ?)?"
    rf"(?:\w+ )?(?:{DOCTOR}|{NURSE}|{PATIENT}|{ROLE}|{CARER})(?![^\W_])"
    rf"|,? \((?:(?:de|la|le|the|ma|mon|my|mijn) )?(?:\w+ )?(?:{KIN}|inf|kiné|ergo|psy|MG|OT)[.,)]"
    rf"|, (?:(?:de|la|le|the|een|une?|an?) )?(?:{KIN}) (?:van|du|des?|d['’]|of)(?![^\W_])"
    rf"| (?:haar|zijn|z['’]n|d['’]r) (?:{KIN})(?![^\W_])"
    r"|,? \(?\d{1,3} ?(?:j|jr|jaar|mnd|maand(?:en)?|ans|mois|years?|yrs?|yo?|months?)(?![^\W_])",
    re.I,
)
_AFTER_SAID = re.compile(rf",? (?:{SAID}|{ACTS})(?![^\W_])")
_WITH_SOMEBODY = re.compile(r"(?<![^\W_])(?:met|bij|door|aan|à|avec|chez|par|with|by|from|to) $")
_TOLD = re.compile(rf" (?:{SAID})(?![^\W_])")
_ARTICLE_BEFORE = re.compile(
    r"(?<![^\W_])(?:the|an?|de|het|een|'t|le|la|les|l['’]|une?|des|du|this|cette|deze|dit) ?$", re.I
)
_LIST = re.compile(
    rf"(?:^|\n|[.;] )[ \t*_#-]*(?:{LABELS.lower()})[*_]*(?: *\([^()\n]*\))?[ \t]*:[*_]*[ \t]*(?P<who>[^\n]+)"
)
# "L'assistante", "D'abord": an article at the beginning of a French sentence.
_ELIDED = re.compile(rf"(?:[LJSC]|Qu)['’]|[DMNT]['’][^{UPPER}]")
# "Present:" on a line of its own, or as a heading, and a list below it.
_LIST_BELOW = re.compile(
    rf"(?:^|\n)[ \t*_#-]*(?:{LABELS.lower()})[*_]*(?: *\([^()\n]*\))?[ \t]*:?[*_]*[ \t]*\n+(?P<who>(?:[ \t]*(?:[-*•]|\d+[.)])[ \t]+[^\n]+\n?)+)",
)
_ITEM = re.compile(r"(?:[-*•]|\d+[.)])[ \t]+(?P<who>[^\n,;:(@–]{2,60})")
_IN_A_ROW = re.compile(r"(?:[^,;/&\n.]|(?<![^\W\d_]{3})\.)+?(?=[,;/&\n]|\. | en | et | and |\.?$)")
# "OpenJS", "PR'ing", but not "McCarthy", "LeRoux".
_INNER_CAPITAL = re.compile(rf"[^\W\d_{UPPER}][{UPPER}]|^[{UPPER}]{{2,}}['’][^{UPPER}]")
_NAME_WITH_INNER_CAPITAL = re.compile(rf"(?:Mc|Mac|De|Le|La|Van|Vande|Di|Du|Fitz)[{UPPER}][^\W\d_{UPPER}]")
_AND = re.compile(r",? (?:en|et|and|of|ou|or|&|\+|/) |, ")
_AND_BEFORE = re.compile(r",? (?:en|et|and|of|ou|or|&|\+|/) $|, $")
_NICKNAME = re.compile(
    rf" \(?[\"“”«„‘'’] ?(?P<name>(?:[DdLl]e |la |het |'t )?{CAPITALISED}(?: {CAPITALISED})?) ?[\"“”»’']"
)
_NICKNAMED = re.compile(
    r"(?<![^\W_])(?:dite?|surnommée?|bijgenaamd|genoemd|genaamd|roepnaam|bijnaam|alias|aka|nicknamed?|known as|called|zeg maar|koosnaam|noemen (?:we|ze|haar|hem)|noemde(?:n)? (?:we|ze|haar|hem)|call (?:her|him)|called (?:her|him)|appel(?:le|ait))"
    rf" ?[:,]? ?[\"“”«„‘'][ \xa0]?(?P<name>(?:[DdLl]e |la |het |'t )?{CAPITALISED}(?: {CAPITALISED})?)[ \xa0]?[\"“”»’']"
)
_MENTION = re.compile(r"(?:(?<=[\s(])|^)@(?P<name>[^\W\d_][\w.-]{1,20}\w)")
_HANDLE = re.compile(
    r"(?:^|\n)(?:\[?\d[\d/.:, -]{4,20}\]? ?-? ?)?(?P<name>@?(?=[\w.]{4,24} ?:)[^\W\d_]{3,}(?:[._][^\W_]+|\d{2,})+|@[^\W_][\w.]{2,20}) ?: "
)
_AND_ME = re.compile(r" (?:en ik|en mij|et moi|and (?:I|me)|& (?:ik|moi|me))(?![^\W_'’])")
_ME_AND = re.compile(r"(?<![^\W_])(?:[Ii]k en|[Mm]oi et|me and) $")
_CLOSING = re.compile(rf"(?<![^\W_])(?:{CLOSING.lower()})[,.! ]*[ \t]*\n\s*(?P<who>[^\n]{{2,60}})")
# "Until Thursday,", and a name on a line of its own; or a name on the last line, before the text that was answered.
_SIGNATURE = re.compile(
    rf"(?:\n[ \t]*[^\W\d_][^\n,.:;]{{1,38}},[ \t]*\n|\n[ \t]*\n)[ \t]*(?P<who>{CAPITALISED}(?: (?:{_PARTICLE} ){{0,2}}(?:{CAPITALISED}|[{UPPER}]\.)){{0,3}})[ \t]*"
    r"(?:(?<=\n)|\n|$)(?=\s*(?:$|>|--|Sent |Verzonden |Envoyé |Verstuurd |P\.?S\b|\+?\d|tel|gsm|m |t |Op \w+ |Le \w+ |On \w+ |Van:|From:|De :))"
)
_TITLES_ALONE = re.compile(
    rf"(?:{DOCTOR}|{TITLE}|{NURSE}|{PATIENT}|{KIN}|{ROLE}|{INTRODUCE}|dr|prof|m|mm)\.?", re.I
)


@dataclass(frozen=True)
class Piece:
    """Capitalised words that may be one name, and what was found before them."""

    start: int
    end: int
    words: tuple[str, ...]
    starts_sentence: bool


def starts_sentence(text: str, place: int) -> bool:
    """Whether a capital at that place is there because a sentence, line or quotation begins.

    >>> starts_sentence("He rang. Then", 9), starts_sentence("He rang Dr. Then", 12)
    (True, False)
    """
    before = text[max(0, place - 12) : place]
    return _SENTENCE_START.search(before) is not None and _ABBREVIATED.search(before) is None


def find_people(text: str, language: str | None) -> tuple[list[Hit], list[Piece]]:
    """Names of people, in the order of the text, without titles; each where something tells that it is one.

    Parameters
    ----------
    text : str
        What was taken for something else before stands in it as NUL characters.
    language : str or None
        "nl", "fr" or "en": the dictionary that tells ordinary words from names; None asks all three.
    """
    small = in_small_letters(text)
    signatures = [match.span("who") for match in _CLOSING.finditer(small)]
    signatures += [match.span("who") for match in _SIGNATURE.finditer(text)]
    labelled = _labelled(text, small, signatures, language)
    first = {(hit.start_char, hit.end_char): hit for hit in find_turned(text, language)}
    text = without(text, first)
    open_pieces: list[Piece] = []
    reached = 0
    for piece in pieces(text, language):
        if piece.start < reached:
            continue
        evidence = _evidence(text, piece, language, labelled)
        if evidence is None:
            open_pieces.append(piece)
        else:
            start, end = whole(text, piece, language)
            reached = end
            first[start, end] = hit_at(text, start, end, *evidence)
    taken = _Free(sorted(first))
    for match in _LETTERS_ALONE.finditer(text):
        if taken.at(*match.span()) and _BEFORE_LETTERS.search(
            text, max(0, match.start() - 24), match.start()
        ):
            first[match.span()] = hit_at(text, *match.span(), Kind.PERSON, "initials after a title or label")
    for match in _FEW_LETTERS.finditer(text):
        if _after_title(text, match.start()) and fold(match[0]) not in no_names():
            hit = hit_at(text, *match.span(), Kind.PERSON, "initials after a title or label")
            first.setdefault(match.span(), hit)
    for hit in [*_nicknames(text, list(first.values())), *_handles(text), *_signed(text, signatures)]:
        first.setdefault((hit.start_char, hit.end_char), hit)
    found = [*first.values(), *_beside(text, open_pieces, first, language)]
    return sorted(found), open_pieces


def label_behind(text: str, place: int) -> bool:
    """Whether a colon follows, as after a label."""
    return _COLON.match(text, place) is not None


def role_labels(text: str) -> Iterator[tuple[int, int]]:
    """Where somebody speaks under a role or number ("GP 3:", "R1:"): no name stands there."""
    place = 0
    for line in text.splitlines(keepends=True):
        label = read_label(line) if ":" in line[:60] else None
        if label is not None and _is_role(label.speaker) and not _may_name(label.speaker):
            start = place + line.index(label.speaker)
            yield start, start + len(label.speaker)
        place += len(line)


def _may_name(speaker: str) -> bool:
    """Whether a label may announce a name, or be somebody's initials."""
    return _ANNOUNCES.fullmatch(speaker) is not None or (
        2 <= len(speaker) <= 4 and speaker.isalpha() and fold(speaker) not in no_names()
    )


def _may_be_name(word: str) -> bool:
    """Whether a word in capitals may be a name that speaks ("SONIA", "KEMI"), and no short form of a role."""
    return fold(word) in given_names() or (
        len(word) >= _SHORT and not is_ordinary(word, None) and fold(word) not in things()
    )


def _is_role(speaker: str) -> bool:
    words = re.findall(r"(?<![^\W_])[^\W\d_]+(?![^\W_])", speaker)
    numbered = re.search(r"\d", speaker) is not None
    return all(
        (acronym(word) and not _may_be_name(word))
        or fold(word) in no_names()
        or _TITLES_ALONE.fullmatch(word)
        or (numbered and (word.islower() or is_ordinary(word, None)))
        for word in words
    )


def pieces(text: str, language: str | None) -> Iterator[Piece]:
    """Chunks of capitalised words, without those at the edges that are no part of a name."""
    for match in _CHUNK.finditer(text):
        opens = starts_sentence(text, match.start())
        for start, end in _split(text, *match.span(), language, opens=opens):
            words = tuple(w[0] for w in _WORD.finditer(text, start, end) if not _is_initial(text, w))
            if words:
                begins = opens if start == match.start() else starts_sentence(text, start)
                yield Piece(start, end, words, begins)


def _split(
    text: str, start: int, end: int, language: str | None, *, opens: bool
) -> Iterator[tuple[int, int]]:
    """The chunk, cut at words that name nobody: titles, words of the stop list, ordinary first words."""
    begin: int | None = None
    last = start
    words = [word for word in _WORD.finditer(text, start, end) if not _is_initial(text, word)]
    for word, following in zip_longest(words, words[1:]):
        name = fold(bare(word[0]))
        behind = fold(bare(following[0])) if following is not None else ""
        ordinary = begin is None and (
            (opens and _only_begins(name, word[0], behind, language))
            or (behind != "" and following is not None and _stands_before(word[0], following[0]))
        )
        if (
            (ordinary or _names_nobody(name, word[0]))
            and not (begin is not None and word[0][:2] in {"D'", "D’"} and language != "fr")
            and not (
                name in people_names()
                and (begin is not None or _is_told(text, word.start(), name, behind, language))
            )
            and not _after_initial(text, start, word.start())
        ):
            if begin is not None:
                yield begin, last
            begin, opens, start = None, False, word.end()
            continue
        if begin is None:
            begin = _with_particles(text, start, word.start(), language)
        last = word.start() + len(bare(word[0]))
    if begin is not None:
        yield begin, last


def _may_follow(name: str, language: str | None) -> bool:
    """Whether the word after a given name may be the family name."""
    return name != "" and (
        name in surnames()
        or _follows_particle(name)
        or not (name in no_names() or is_ordinary(name, language))
    )


def _stands_before(word: str, following: str) -> bool:
    """Whether a word with a capital introduces the one behind it: "Daughter Hilde", "HCA Bea"."""
    short = len(word) < _SHORT and not following.isupper()
    return (not word.isupper() or short) and _is_cue(word.lower())


@lru_cache(maxsize=20_000)
def _is_cue(word: str) -> bool:
    """Whether a word is one that stands before names: "Daughter Hilde", "Hey Stef"."""
    return fold(word) not in people_names() and _CUE_ALONE.fullmatch(word) is not None


def _only_begins(name: str, word: str, behind: str, language: str | None) -> bool:
    """Whether the first word of a sentence has its capital for that alone: "The", "Prévenir Nathalie"."""
    if name in little_words(language):
        return not _follows_particle(name)
    return (
        behind in given_names()
        and name not in people_names()
        and is_ordinary(bare(word), language)
        and not (word.isupper() and len(word) > 1)
    )


def _after_title(text: str, place: int) -> bool:
    return _TITLE_BEFORE.search(text[max(0, place - 16) : place].lower()) is not None


def _is_told(text: str, place: int, name: str, behind: str, language: str | None) -> bool:
    """Whether words around tell that a name is one, though it has another meaning: "Uncle June"."""
    return _after_title(text, place) or (
        name in given_names() and (_may_follow(behind, language) or _after_kin(text, place))
    )


def _after_kin(text: str, place: int) -> bool:
    return _KIN_BEFORE.search(text[max(0, place - 24) : place].lower()) is not None


def _is_initial(text: str, word: re.Match[str]) -> bool:
    return len(word[0]) == 1 and text.startswith(".", word.end())


def _after_initial(text: str, start: int, place: int) -> bool:
    return _INITIAL_BEFORE.search(text, max(start, place - 4), place) is not None


def _names_nobody(name: str, word: str) -> bool:
    return (
        name in no_names()
        or (acronym(word) and len(word) < 3 and not _follows_particle(name))
        or _ELIDED.match(word) is not None
        or (_INNER_CAPITAL.search(word) is not None and not _NAME_WITH_INNER_CAPITAL.match(word))
    )


def _follows_particle(name: str) -> bool:
    return name in particles()


def _with_particles(text: str, start: int, word: int, language: str | None) -> int:
    """Where the name begins: initials and small words before its first capitalised word belong to it."""
    before = re.search(
        rf"(?:{_INITIALS} ?)?(?:(?:van|de|ten|ter|'t|’t|v\.? ?d\.?) (?:(?:de|den|der|het) )?)?$",
        text[max(start, word - 24) : word],
    )
    if before is None or not before[0]:
        return word
    if before[0][:1].islower() and starts_sentence(text, word - len(before[0])):
        return word - len(before[0])  # no sentence begins with a small letter, but a name may
    if language == "fr" and before[0].startswith("M. "):  # Monsieur
        return word - len(before[0]) + 3
    if not re.match(rf"[{UPPER}]", before[0]) and not re.match(
        r"(?:van de[nr]? |van het |ten |ter |'t |’t |v\.? ?d\.? )", before[0]
    ):
        # "van Peeters", "de Peeters" is the preposition or article more often than a name.
        return word
    return word - len(before[0])


def _small_word_before(text: str, place: int) -> bool:
    """Whether the word before a place is one of the small ones that belong to names."""
    last = _LAST_WORD.search(text, max(0, place - 8), place)
    return last is not None and fold(last[1]) in particles()


def whole(text: str, piece: Piece, language: str | None) -> tuple[int, int]:
    """Where the name begins and ends: a small word after a title, an initial behind, belong to it."""
    start, end = piece.start, piece.end
    small = None
    if _small_word_before(text, start):
        near = max(0, start - 40)
        small = _SMALL_BEFORE.search(text, near, start) or _TITLE_AND_SMALL.search(text, near, start)
    if small is not None and not _WIDOW.match(text, small.start()):
        start = small.start("small")
    if _one_name(piece) and not acronym(piece.words[-1]):
        behind = _LETTERS_BEHIND.match(text, end)
        if (
            behind is not None
            and fold(behind[0]) not in no_names()
            and not _is_cue(behind[0].strip().lower())
        ):
            end = behind.end()
        if _LETTER_BEFORE.search(text, max(0, start - 4), start):
            start -= 2
    younger = _YOUNGER.match(text, end)
    if (
        language in ("nl", "en")
        and start
        and text[start - 2 : start].lower() in _ELIDED_SMALL
        and not text[start - 3 : start - 2].isalnum()
    ):
        start -= 2
    return start, younger.end() if younger else end


def _one_name(piece: Piece) -> bool:
    """Whether a piece is one word, but for "Van" and "De"."""
    return sum(not _follows_particle(fold(word)) for word in piece.words) == 1


def _evidence(
    text: str, piece: Piece, language: str | None, labelled: dict[int, str]
) -> tuple[Kind, str] | None:
    """What the piece is and why, or None where nothing tells."""
    before = text[max(0, piece.start - 32) : piece.start].rpartition("\n")[2]
    single = piece.words[0] if len(piece.words) == 1 else ""
    if single and ((acronym(single) and len(single) < 4) or _PLACEHOLDER.match(single)):
        return None
    small = " ".join(before.lower().rsplit(" ", _CUE_WORDS)[-_CUE_WORDS:])
    if _CUE_BEFORE_DOT.search(before) and _ABBREVIATED.search(before) is None:
        small = ""  # a sentence ends there
    cue = _ANY_BEFORE.search(small) if _CUE_MAY_END.search(before) else None
    for kind, why, pattern in _BEFORE if cue else ():
        if pattern.search(small, cue.start() if cue else 0) and not _ordinary_after(piece, why, language):
            return kind, why
    if _M_DOT.search(before) or (language == "fr" and _begins_with_m(text, piece)):
        return Kind.PERSON, "follows a title"
    if _small_word_before(text, piece.start) and _TITLE_AND_SMALL.search(
        text, max(0, piece.start - 32), piece.start
    ):
        return Kind.PERSON, "follows a title"
    if piece.start in labelled and not (
        single and _is_common(single, language) and not _sure_label(single, labelled[piece.start])
    ):
        return Kind.PERSON, labelled[piece.start]
    return _own_evidence(text, piece, language)


def _sure_label(word: str, why: str) -> bool:
    """Whether an ordinary word is a name where it stands: who speaks; who signs, with a name that is one."""
    return why == _SPEAKS or fold(word) in given_names() or (why == _SIGNS and fold(word) not in no_names())


def _own_evidence(text: str, piece: Piece, language: str | None) -> tuple[Kind, str] | None:
    """What the words themselves tell, and the words after them."""
    names = [fold(bare(word)) for word in piece.words]
    known = [name in given_names() for name in names]
    if len(names) == 1:
        return _single(text, piece, names[0], language)
    if text[piece.start + 1 : piece.start + 2] == "." and not (
        piece.starts_sentence
        and all(_is_common(word, language) for word in piece.words)
        and not (_follows_particle(names[0]) or _AFTER_SAID.match(text, piece.end))
    ):
        return Kind.PERSON, "begins with initials"
    if _one_name(piece) and _INITIALS_BEHIND.match(text, piece.end):
        return Kind.PERSON, "stands before initials"
    if any(known) and not all(acronym(word) for word in piece.words):
        first = known.index(True)
        if not (
            piece.starts_sentence
            and first == 0
            and names[0] in ordinary_given_names()
            and _is_common(piece.words[1], language)
        ):
            return Kind.PERSON, "holds a given name"
    words = [word for word, name in zip(piece.words, names, strict=True) if not _follows_particle(name)]
    if _family_in_capitals(words, language) and not names_disease(text, piece.start, piece.end):
        return Kind.PERSON, "has its family name in capitals"
    if any(fold(word) in surnames() for word in words) and not all(
        _is_common(word, language) for word in words
    ):
        return Kind.PERSON, "holds a family name"
    if any(
        " ".join(names[n:]) in surnames() and _follows_particle(names[n]) for n in range(1, len(names) - 1)
    ):
        return Kind.PERSON, "holds a family name"
    if " ".join(names) in surnames() and not piece.starts_sentence:
        return Kind.PERSON, "is a family name"
    particle = _follows_particle(names[0]) and names[0] not in {"la", "le"}
    if particle and not piece.starts_sentence and not all(_is_ordinary(word, language) for word in words):
        return Kind.PERSON, "has the form of a family name with a small word before it"
    if (
        len(words) > 1
        and not any(_is_common(word, language) for word in words)
        and not any(map(acronym, words))
    ):
        return Kind.PERSON, "several words with a capital that no dictionary knows"
    return _by_what_follows(text, piece) if not piece.starts_sentence else None


def _family_in_capitals(words: list[str], language: str | None) -> bool:
    """Whether one part is in capitals and the other is not: "LAMBERT Odette", "Anne DELVAUX"."""
    large = [word.isupper() and len(word) > 3 for word in words]
    return (
        len(words) > 1
        and any(large)
        and not all(large)
        and large in (sorted(large), sorted(large, reverse=True))
        and not any(word.isupper() != big for word, big in zip(words, large, strict=True))
        and not any(
            fold(word) in things() or fold(word) in no_names() or _PLACEHOLDER.match(word) for word in words
        )
        and not all(is_ordinary(word, language) for word in words if not word.isupper())
    )


def _single(text: str, piece: Piece, name: str, language: str | None) -> tuple[Kind, str] | None:
    word = piece.words[0]
    if acronym(word) and len(word) < 5 and name not in given_names():
        return None
    if text[piece.start + 1 : piece.start + 2] == "." and not (
        piece.starts_sentence and _is_common(word, language)
    ):
        return Kind.PERSON, "begins with initials"
    if _INITIALS_BEHIND.match(text, piece.end) and (
        name in people_names() or not (_is_common(word, language) or name in things())
    ):
        return Kind.PERSON, "stands before initials"
    if (name in given_names() and _LETTERS_AND_STOP.match(text, piece.end)) or (
        name not in no_names() and name not in things() and not acronym(word) and _AGE.match(text, piece.end)
    ):
        return Kind.PERSON, "stands before initials or an age"
    if name in _MONTHS and not _stands_apart(text, piece):
        return None
    ordinary = name in ordinary_given_names() or name in little_words(language)
    ambiguous_given = ordinary and name in given_names() and name not in little_words()
    if name in given_names() and _stands_apart(text, piece):
        return Kind.PERSON, "is a given name"
    if ambiguous_given and _IS.match(text, piece.end):
        return Kind.PERSON, "is a given name"
    told = _TOLD.match(text, piece.end) is not None
    if piece.starts_sentence and ordinary and name in given_names() and (told or name not in little_words()):
        follows = _by_what_follows(text, piece)
        if follows is not None:
            return follows
    ambiguous = (piece.starts_sentence and ordinary) or name in things()
    if (
        name in given_names()
        and name not in little_words()
        and not ambiguous
        and not names_disease(text, piece.start, piece.end)
    ):
        return Kind.PERSON, "is a given name"
    parts = re.split(r"-", name)
    if len(parts) > 1 and all(part in given_names() for part in parts):
        return Kind.PERSON, "is a given name"
    if len(parts) > 1 and _holds_family(parts, language):
        return Kind.PERSON, "holds a family name"
    if "'" in name[1:3] and len(name) > 4:
        return Kind.PERSON, "has the form of a family name with a small word before it"
    if (
        not piece.starts_sentence
        and name in surnames()
        and name not in little_words()
        and _WITH_SOMEBODY.search(text, max(0, piece.start - 12), piece.start)
        and not names_disease(text, piece.start, piece.end)
    ):
        return Kind.PERSON, "is a family name"
    if (
        not piece.starts_sentence
        and name in surnames()
        and not _is_ordinary(word, language)
        and not names_disease(text, piece.start, piece.end)
    ):
        return Kind.PERSON, "is a family name"
    if not _is_common(word, language) or name in surnames():
        return _by_what_follows(text, piece)
    return None


def _holds_family(parts: list[str], language: str | None) -> bool:
    """Whether words with a hyphen between are a double family name: "Pham-VDB"."""
    return any(part in surnames() and not is_ordinary(part, language) for part in parts) and not any(
        part in things() or part in no_names() or part in _SAINT or is_ordinary(part, language)
        for part in parts
    )


def _stands_apart(text: str, piece: Piece) -> bool:
    """Whether a word has brackets or quotation marks to itself: no sentence begins there."""
    around = text[piece.start - 1 : piece.start] + text[piece.end : piece.end + 1]
    return around in {"()", "(,", "(;", "(/", '""', "“”", "‘’", "«»", "„”"}


def _by_what_follows(text: str, piece: Piece) -> tuple[Kind, str] | None:
    if _ARTICLE_BEFORE.search(text, max(0, piece.start - 6), piece.start) or any(
        fold(word) in things() for word in piece.words
    ):
        return None
    after = text[piece.end : piece.end + 60]
    if _AFTER_ROLE.match(after):
        return Kind.PERSON, "stands before a word for a role"
    if _AFTER_SAID.match(after):
        return Kind.PERSON, "stands before a word for speaking"
    return None


def _ordinary_after(piece: Piece, why: str, language: str | None) -> bool:
    """Whether an ordinary word stands there by chance ("I saw the GP. According to …"); titles are sure."""
    if "title" in why or len(piece.words) > 1:
        return False
    name = fold(piece.words[0])
    if name in little_words(language):
        return True
    if "doctor" in why and not piece.starts_sentence:
        return False
    if not piece.starts_sentence and "introduce" not in why and "speaking" not in why:
        return name in things()
    return _is_common(piece.words[0], language) and name not in people_names()


def _begins_with_m(text: str, piece: Piece) -> bool:
    return text.startswith("M. ", piece.start)


def _is_ordinary(word: str, language: str | None) -> bool:
    return fold(word) not in given_names() and is_ordinary(bare(word), language)


def _is_common(word: str, language: str | None) -> bool:
    """Whether the word stands in a dictionary, or is a word of grammar."""
    return fold(bare(word)) in little_words(language) or is_ordinary(bare(word), language)


def _labelled(
    text: str, small: str, signatures: Iterable[tuple[int, int]], language: str | None
) -> dict[int, str]:
    """Where names begin that a label announces: lists of who was there, signatures, speakers."""
    found: dict[int, str] = {}
    lists = [(match.span("who"), "stands in a list of people") for match in _LIST.finditer(small)]
    for (begin, end), why in [*lists, *((span, _SIGNS) for span in signatures)]:
        for piece in _pieces_within(text, begin, end, language=language):
            found[piece] = why
    for block in _LIST_BELOW.finditer(small):
        for match in _ITEM.finditer(text, *block.span("who")):
            for piece in _pieces_within(text, *match.span("who"), language=language):
                found[piece] = "stands in a list of people"
    for start, end in _speakers(text, language):
        for piece in _pieces_within(text, start, end, language=language):
            found[piece] = _SPEAKS
    return found


def _speakers(text: str, language: str | None) -> Iterator[tuple[int, int]]:
    """Where somebody speaks under a name: the line shows it, or the label comes again, or many lines have one."""
    place = 0
    roles = 0
    labels: list[tuple[int, str, bool]] = []
    for line in text.splitlines(keepends=True):
        stamp = _STAMP.match(line)
        begin = stamp.end() if stamp else 0
        label = read_label(line[begin:]) if ":" in line[begin : begin + 60] else None
        if _CLOSED_LABEL.match(line) or (label is not None and _is_role(label.speaker)):
            roles += 1
        elif label is not None and not _ANNOUNCES.fullmatch(label.speaker):
            start = place + line.index(label.speaker, begin)
            labels.append((start, label.speaker, label.certain or stamp is not None))
        place += len(line)
    times = Counter(speaker for _, speaker, _ in labels)
    for start, speaker, certain in labels:
        ordinary = all(_is_common(word, language) for word in speaker.split()) and (
            fold(speaker) not in given_names() or fold(speaker) in no_names()
        )
        if fold(speaker) in things() or (speaker.isupper() and ordinary):
            continue
        again = times[speaker] > 1 and (roles > 1 or not ordinary)
        if certain or again or (roles + len(labels) > _A_CONVERSATION and not ordinary):
            yield start, start + len(speaker)


def _pieces_within(text: str, start: int, end: int, *, language: str | None) -> Iterator[int]:
    """Where pieces begin that stand first between commas, and are not a whole sentence."""
    for part in _IN_A_ROW.finditer(text[start:end]):
        piece = next(iter(_CHUNK.finditer(part[0])), None)
        if piece is not None and len(part[0].strip()) <= 60 and piece.start() <= 18:
            first = start + part.start()
            begin = first + piece.start()
            opens = starts_sentence(text, begin)
            for start_of_name, _ in _split(text, begin, first + piece.end(), language, opens=opens):
                yield start_of_name


def _beside(
    text: str, pieces: list[Piece], found: dict[tuple[int, int], Hit], language: str | None
) -> Iterator[Hit]:
    """Pieces that an "and" joins to a name."""
    starts, ends = {start for start, _ in found}, {end for _, end in found}
    for piece in pieces:
        if any(acronym(word) for word in piece.words):
            continue
        after = _AND.match(text, piece.end)
        if _with_me(text, piece) and not any(_names_nobody(fold(word), word) for word in piece.words):
            yield hit_at(text, piece.start, piece.end, Kind.PERSON, "stands beside the one who speaks")
            continue
        if all(_is_common(word, language) for word in piece.words) and (
            fold(piece.words[0]) not in people_names() or fold(piece.words[0]) in little_words()
        ):
            continue
        before = _AND_BEFORE.search(text[max(0, piece.start - 8) : piece.start])
        if (after and after.end() in starts) or (before and piece.start - len(before[0]) in ends):
            yield hit_at(text, piece.start, piece.end, Kind.PERSON, "stands beside a name")


def _nicknames(text: str, found: Iterable[Hit]) -> Iterator[Hit]:
    """Words in quotation marks straight behind a name: Osei, Kwabena "Junior"."""
    for told in _NICKNAMED.finditer(text):
        if fold(told["name"]) not in no_names():
            yield hit_at(text, *told.span("name"), Kind.PERSON, "follows words that introduce a name")
    for hit in found:
        behind = _NICKNAME.match(text, hit.end_char)
        if behind is not None and fold(behind["name"]) not in no_names():
            yield hit_at(text, *behind.span("name"), hit.kind, "stands in quotation marks behind a name")


def _handles(text: str) -> Iterator[Hit]:
    """Under which somebody writes in a chat: "inaya_08: hi"."""
    for match in _HANDLE.finditer(text):
        yield hit_at(text, *match.span("name"), Kind.PERSON, _SPEAKS)
    for match in _MENTION.finditer(text):
        if not in_dictionary(match["name"], None) and fold(match["name"]) not in things():
            yield hit_at(text, *match.span("name"), Kind.PERSON, "stands after an @")


def _signed(text: str, signatures: Iterable[tuple[int, int]]) -> Iterator[Hit]:
    """A given name or a short word that has the line below a greeting to itself, whatever else it means."""
    for begin, end in signatures:
        who = text[begin:end]
        word = who.strip(" \t,.")
        name = fold(word)
        if (
            _WORD.fullmatch(word)
            and "\0" not in who
            and (
                name in given_names() or (len(word) < _SHORT and not acronym(word) and name not in no_names())
            )
        ):
            start = begin + who.index(word)
            yield hit_at(text, start, start + len(word), Kind.PERSON, _SIGNS)


def _with_me(text: str, piece: Piece) -> bool:
    """Whether an "and" joins one word to whoever speaks: "Hope and I", "ik en Mil"."""
    if len(piece.words) > 1 or _ARTICLE_BEFORE.search(text, max(0, piece.start - 6), piece.start):
        return False
    return _AND_ME.match(text, piece.end) is not None or (
        _ME_AND.search(text, max(0, piece.start - 8), piece.start) is not None
    )


class _Free:
    """Which places are not taken yet; spans are asked for in the order of the text."""

    def __init__(self, taken: list[tuple[int, int]]) -> None:
        self.taken = taken
        self.next = 0

    def at(self, start: int, end: int) -> bool:
        while self.next < len(self.taken) and self.taken[self.next][1] <= start:
            self.next += 1
        return self.next == len(self.taken) or self.taken[self.next][0] >= end
