# ruff: noqa: E501 - a pattern is read on one line
"""Names of people, by rules for Dutch, French and English: what introduces a name, and what one is made of.

The first word of a sentence has a capital whatever it is: alone it is no evidence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from corpus.pseudonyms.models import Hit, Kind, hit_at
from corpus.pseudonyms.words import (
    CAPITALISED,
    UPPER,
    acronym,
    bare,
    fold,
    given_names,
    is_ordinary,
    little_words,
    no_names,
    ordinary_given_names,
    people_names,
    surnames,
)
from corpus.speakers import read_label

_INITIALS = rf"(?:[{UPPER}]\.[ -]?){{1,4}}"
_PARTICLE = r"(?:van|von|vande|vanden|vander|de|den|der|'t|’t|ten|ter|te|du|des|la|le|el|al|di|da|dos|ben|bin|ou|d['’])"
_CHUNK = re.compile(
    rf"(?<![^\W_])(?:{_INITIALS} ?)?(?:(?:van|de|ten|ter|'t|’t) (?:(?:de|den|der|het) )?)?{CAPITALISED}"
    rf"(?: (?:[{UPPER}]\.[ -]?){{0,3}}[{UPPER}]\.(?= ?[{UPPER}][^\W\d_])|(?: {_PARTICLE}){{0,3}} ?(?:(?<=['’])|(?<= )){CAPITALISED}){{0,8}}"
)
_WORD = re.compile(rf"(?<![^\W_]){CAPITALISED}")
_SENTENCE_START = re.compile(r"(?:^|[.!?:;…\n•*–]|(?:^|\n)\s*-|\d[.)]|[.!?]['’\"»”)]|[«“„\"(\[])[\s'’]*$")

_ABBREVIATED = re.compile(
    rf"(?<![^\W_])(?:[{UPPER}]|mevr|mw|dhr|hr|dr|drs|prof|mr|mrs|ms|mme|mlle|st|ste|ir|ing|lic|juf|mgr|t\.a\.v|tav|nr|tel)\.\s*$",
    re.I,
)

# What may stand straight before a name, and the role that it tells.
_DOCTOR = r"dokters?|docteur|doctoresse|doctor|dr|drs|huisarts|médecin(?: traitant)?|chirurg|cardioloog|specialist|GP|prof\.? dr"
_NURSE = r"verpleegkundige|thuisverpleegkundige|verpleegster|verpleger|infirmière|infirmier|nurse"
_PATIENT = r"patiënte?|patiente?|bewoonster|bewoner|résidente?|cliënte?|client"
_CARER = r"mantelzorg(?:er|ster)|aidante?(?: proche)?|carer|caregiver"
_TITLE = (
    r"mevrouw|mevr|mw|mej|meneer|mijnheer|menheer|de heer|heer|dhr|hr|madame|mme|monsieur|mademoiselle|mlle|mr|mrs|ms|miss|sir|madam"
    r"|professor|professeure?|prof|zuster|broeder|sister|soeur|sœur|pastoor|père|maître|meester|ir|ing|juffrouw|juf|me|mgr|eh"
)
_KIN = (
    r"tante|nonkel|oom|oncle|uncle|aunt|auntie|tonton|oma|opa|bomma|bompa|mamie|papy|grandma|grandpa|mama|papa|maman"
    r"|dochter|zoon|man|vrouw|echtgenote?|partner|broer|zus|zuster|schoonzoon|schoondochter|schoonbroer|schoonzus|moeder|vader"
    r"|kleinzoon|kleindochter|neef|nicht|buurvrouw|buurman|vriendin|vriend|collega|poetsvrouw"
    r"|fille|fils|mari|femme|épouse|époux|compagnon|compagne|frère|soeur|sœur|gendre|belle-fille|beau-frère|belle-soeur|belle-sœur"
    r"|mère|petit-fils|petite-fille|cousine?|neveu|nièce|voisine?|amie?|collègue"
    r"|daughter|son|husband|wife|brother|mother|father|son-in-law|daughter-in-law|grandson|granddaughter|nephew|niece|cousin"
    r"|neighbour|neighbor|friend|colleague"
)
_ROLE = (
    r"apotheker|apothekeres|kinesist|kinesiste|kinesitherapeute?|diëtiste?|ergotherapeute?|psychologe?|maatschappelijk werke?r?ster"
    r"|sociaal assistente?|assistante? sociale?|coördinator|coordinatrice|coördinatrice|coordonnateur|coordinateur|coordonnatrice|directeur"
    r"|directrice|voorzitter|voorzitster|président|présidente|secretaris|onderzoeker|chercheur|chercheuse|pharmacien|pharmacienne|kiné"
    r"|aide familiale|aide-soignante?|social worker|pharmacist|physiotherapist|physio|physician|director|chair|chairman|coordinator"
    r"|researcher|manager|burgemeester|schepen|bourgmestre|échevin|minister|ministre|mayor|zorgkundige|poetshulp|moderator|voogd|tuteur"
    r"|tutrice|guardian|interviewer|care manager|casemanager|case manager"
)
_INTRODUCE = (
    r"beste|geachte|liefste|dag|hallo|hoi|bonjour|bonsoir|salut|cher|chère|dear|hello|hi"
    r"|heet|heette|noemt|naam is|noemen (?:me|hem|haar)|s['’]appelle|s['’]appelait|m['’]appelle|nom est|nommée?|prénommée?|called|named|name is|who is|wie is|qui est|c['’]est|chez"
    r"|volgens|selon|d['’]après|according to|namens|au nom de|in the name of|on behalf of|op naam van|tav|t\.a\.v\.|ter attentie van"
)
_SAID = (
    r"zei|zegt|vroeg|vraagt|vertelde|vertelt|antwoordde|antwoordt|riep|dit|disait|demanda|répond|répondit|raconte|racontait|ajoute"
    r"|said|says|asked|asks|replied|told|added"
)
_LABELS = (
    r"aanwezig(?:en)?|verontschuldigd(?:en)?|afwezig(?:en)?|verslag(?:gever|geefster)?|notulist|notulen|voorzitter|moderator|interviewer"
    r"|observator|présente?s?|excusée?s?|absente?s?|rapporteur|rapporteuse|animateur|animatrice|modérateur|modératrice|président|présidente"
    r"|secrétaire|present|apologies|absent|attendees|attendance|participants|deelnemers|chair|notes|facilitator|minutes by|scribe|secretary"
    r"|betreft|concerne|objet|re|cc|van|aan|from|to|de|à|naam|nom|name|patiënte?|patiente?|contact(?:persoon)?|personne de contact"
    r"|in attendance|regrets|members|leden|membres|sprekers?|auteurs?|authors?"
)
_BEFORE = tuple(
    (kind, why, re.compile(rf"(?<![^\W_])(?:{words}){after}$", re.I))
    for kind, words, after, why in (
        (Kind.DOCTOR, _DOCTOR, r"\.?,? ", "follows a word for a doctor"),
        (Kind.PATIENT, _PATIENT, r",? ", "follows a word for a patient"),
        (Kind.NURSE, _NURSE, r",? ", "follows a word for a nurse"),
        (Kind.CARER, _CARER, r",? ", "follows a word for a carer"),
        (Kind.PERSON, _TITLE, r"\.? ", "follows a title"),
        (Kind.PERSON, _KIN, r",? ", "follows a word for a relative or neighbour"),
        (Kind.PERSON, _ROLE, r",? ", "follows a word for a role"),
        (Kind.PERSON, _INTRODUCE, r" ", "follows words that introduce a name"),
        (Kind.PERSON, _SAID, r" ", "follows a word for speaking"),
    )
)
_M_DOT = re.compile(r"(?<![^\W_])(?:M|MM)\. $")
_AFTER_ROLE = re.compile(
    rf",? \(?(?:(?:de|onze|la|le|l['’]|notre|the|our|een|une?|an?) ?)?(?:{_DOCTOR}|{_NURSE}|{_ROLE}|{_CARER})(?![^\W_])"
)
_AFTER_SAID = re.compile(
    rf",? (?:{_SAID}|zelf|elle-même|lui-même|herself|himself|a dit|a demandé|knikt|lacht|belde|belt|opent|ouvre|opened|licht toe)(?![^\W_])"
)
_LIST = re.compile(
    rf"(?:^|\n|[.;] )[ \t*_#-]*(?:{_LABELS})[*_]*(?: *\([^()\n]*\))?[ \t]*:[*_]*[ \t]*(?P<who>[^\n]+)", re.I
)
# "L'assistante", "D'abord": an article at the beginning of a French sentence.
_ELIDED = re.compile(rf"(?:[LJMTSCN]|Qu)['’]|D['’][^{UPPER}]")
# "Present:" on a line of its own, or as a heading, and a list below it.
_LIST_BELOW = re.compile(
    rf"(?:^|\n)[ \t*_#-]*(?:{_LABELS})[*_]*(?: *\([^()\n]*\))?[ \t]*:?[*_]*[ \t]*\n+(?P<who>(?:[ \t]*(?:[-*•]|\d+[.)])[ \t]+[^\n]+\n?)+)",
    re.I,
)
_ITEM = re.compile(r"(?:[-*•]|\d+[.)])[ \t]+(?P<who>[^\n,;:(@–]{2,60})")
_IN_A_ROW = re.compile(r"(?:[^,;/&\n.]|(?<![^\W\d_]{3})\.)+?(?=[,;/&\n]|\. | en | et | and |\.?$)")
# "OpenJS", "PR'ing", but not "McCarthy", "LeRoux".
_INNER_CAPITAL = re.compile(rf"[^\W\d_{UPPER}][{UPPER}]|^[{UPPER}]{{2,}}['’][^{UPPER}]")
_NAME_WITH_INNER_CAPITAL = re.compile(rf"(?:Mc|Mac|De|Le|La|Van|Vande|Di|Du|Fitz)[{UPPER}][^\W\d_{UPPER}]")
_AND = re.compile(r",? (?:en|et|and|of|ou|or|&) ")
_AND_BEFORE = re.compile(r",? (?:en|et|and|of|ou|or|&) $")
_CLOSING = re.compile(
    r"(?:groet(?:en|jes)?|bien à (?:toi|vous)|cordialement|salutations(?: distinguées)?|amitiés|regards|sincerely|faithfully|hoogachtend|bisous)"
    r"[,.!]?[ \t]*\n\s*(?P<who>[^\n]{2,60})",
    re.I,
)
_TITLES_ALONE = re.compile(
    rf"(?:{_DOCTOR}|{_TITLE}|{_NURSE}|{_PATIENT}|{_KIN}|{_ROLE}|{_INTRODUCE}|dr|prof|m|mm)\.?", re.I
)


@dataclass(frozen=True)
class _Piece:
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


def find_people(text: str, language: str | None) -> list[Hit]:
    """Names of people, in the order of the text, without titles; a name that is known stands wherever it recurs.

    Parameters
    ----------
    text : str
        What was taken for something else before stands in it as NUL characters.
    language : str or None
        "nl", "fr" or "en": the dictionary that tells ordinary words from names; None asks all three.
    """
    labelled = _labelled(text, language)
    first: dict[tuple[int, int], Hit] = {}
    open_pieces: list[_Piece] = []
    for piece in _pieces(text, language):
        evidence = _evidence(text, piece, language, labelled)
        if evidence is None:
            open_pieces.append(piece)
        else:
            first[piece.start, piece.end] = hit_at(text, piece.start, piece.end, *evidence)
    found = [*first.values(), *_beside(text, open_pieces, first, language)]
    return sorted([*found, *_recurring(text, found)])


def role_labels(text: str) -> Iterator[tuple[int, int]]:
    """Where somebody speaks under a role or number ("GP 3:", "R1:"): no name stands there."""
    place = 0
    for line in text.splitlines(keepends=True):
        label = read_label(line) if ":" in line[:60] else None
        if label is not None and _is_role(label.speaker):
            start = place + line.index(label.speaker)
            yield start, start + len(label.speaker)
        place += len(line)


def _is_role(speaker: str) -> bool:
    words = re.findall(r"[^\W\d_]+", speaker)
    if re.search(r"\d", speaker):
        return True
    return all(acronym(word) or fold(word) in no_names() or _TITLES_ALONE.fullmatch(word) for word in words)


def _pieces(text: str, language: str | None) -> Iterator[_Piece]:
    """Chunks of capitalised words, without those at the edges that are no part of a name."""
    for match in _CHUNK.finditer(text):
        for start, end in _split(text, *match.span(), language):
            words = tuple(w[0] for w in _WORD.finditer(text, start, end) if not _is_initial(text, w))
            if words:
                yield _Piece(start, end, words, starts_sentence(text, start))


def _split(text: str, start: int, end: int, language: str | None) -> Iterator[tuple[int, int]]:
    """The chunk, cut at words that name nobody: titles, words of the stop list, ordinary first words."""
    begin: int | None = None
    last = start
    opens = starts_sentence(text, start)
    for word in _WORD.finditer(text, start, end):
        if _is_initial(text, word):
            continue
        name = fold(bare(word[0]))
        ordinary = opens and begin is None and name in little_words(language) and not _follows_particle(name)
        known = begin is not None and name in people_names()
        if (
            (ordinary or _names_nobody(name, word[0]))
            and not known
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


def _is_initial(text: str, word: re.Match[str]) -> bool:
    return len(word[0]) == 1 and text.startswith(".", word.end())


def _after_initial(text: str, start: int, place: int) -> bool:
    return re.search(rf"(?<![^\W_])[{UPPER}]\.[ -]?$", text[max(start, place - 4) : place]) is not None


def _names_nobody(name: str, word: str) -> bool:
    return (
        name in no_names()
        or (acronym(word) and len(word) < 3 and not _follows_particle(name))
        or _ELIDED.match(word) is not None
        or (_INNER_CAPITAL.search(word) is not None and not _NAME_WITH_INNER_CAPITAL.match(word))
    )


def _follows_particle(name: str) -> bool:
    return name in {"van", "de", "den", "der", "du", "el", "le", "la", "d'"}


def _with_particles(text: str, start: int, word: int, language: str | None) -> int:
    """Where the name begins: initials and small words before its first capitalised word belong to it."""
    before = re.search(
        rf"(?:{_INITIALS} ?)?(?:(?:van|de|ten|ter|'t|’t) (?:(?:de|den|der|het) )?)?$",
        text[max(start, word - 24) : word],
    )
    if before is None or not before[0]:
        return word
    if language == "fr" and before[0].startswith("M. "):  # Monsieur
        return word - len(before[0]) + 3
    if not re.match(rf"[{UPPER}]", before[0]) and not re.match(
        r"(?:van de[nr]? |van het |ten |ter |'t |’t )", before[0]
    ):
        # "van Peeters", "de Peeters" is the preposition or article more often than a name.
        return word
    return word - len(before[0])


def _evidence(
    text: str, piece: _Piece, language: str | None, labelled: dict[int, str]
) -> tuple[Kind, str] | None:
    """What the piece is and why, or None where nothing tells."""
    before = text[max(0, piece.start - 32) : piece.start].rpartition("\n")[2]
    single = piece.words[0] if len(piece.words) == 1 else ""
    if single and acronym(single) and len(single) < 4:
        return None
    for kind, why, pattern in _BEFORE:
        if pattern.search(before) and not _ordinary_after(piece, why, language):
            return kind, why
    if _M_DOT.search(before) or (language == "fr" and _begins_with_m(text, piece)):
        return Kind.PERSON, "follows a title"
    if piece.start in labelled and not (single and _is_common(single, language)):
        return Kind.PERSON, labelled[piece.start]
    return _own_evidence(text, piece, language)


def _own_evidence(text: str, piece: _Piece, language: str | None) -> tuple[Kind, str] | None:
    """What the words themselves tell, and the words after them."""
    names = [fold(bare(word)) for word in piece.words]
    known = [name in given_names() for name in names]
    if len(names) == 1:
        return _single(text, piece, names[0], language)
    if text[piece.start + 1 : piece.start + 2] == "." and not (
        piece.starts_sentence and all(_is_common(word, language) for word in piece.words)
    ):
        return Kind.PERSON, "begins with initials"
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
    if any(fold(word) in surnames() for word in words) and not all(
        _is_common(word, language) for word in words
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


def _single(text: str, piece: _Piece, name: str, language: str | None) -> tuple[Kind, str] | None:
    word = piece.words[0]
    if acronym(word) and len(word) < 5 and name not in given_names():
        return None
    if text[piece.start + 1 : piece.start + 2] == "." and not (
        piece.starts_sentence and _is_common(word, language)
    ):
        return Kind.PERSON, "begins with initials"
    ambiguous = piece.starts_sentence and name in ordinary_given_names() | little_words(language)
    if name in given_names() and name not in little_words("en") and not ambiguous:
        return Kind.PERSON, "is a given name"
    parts = re.split(r"-", name)
    if len(parts) > 1 and all(part in given_names() for part in parts):
        return Kind.PERSON, "is a given name"
    if "'" in name[1:3] and len(name) > 4:
        return Kind.PERSON, "has the form of a family name with a small word before it"
    if not piece.starts_sentence and name in surnames() and not _is_ordinary(word, language):
        return Kind.PERSON, "is a family name"
    if not _is_common(word, language):
        return _by_what_follows(text, piece)
    return None


def _by_what_follows(text: str, piece: _Piece) -> tuple[Kind, str] | None:
    after = text[piece.end : piece.end + 60]
    if _AFTER_ROLE.match(after):
        return Kind.PERSON, "stands before a word for a role"
    if _AFTER_SAID.match(after):
        return Kind.PERSON, "stands before a word for speaking"
    return None


def _ordinary_after(piece: _Piece, why: str, language: str | None) -> bool:
    """Whether an ordinary word stands there by chance ("I saw the GP. According to …"); titles are sure."""
    if "title" in why or len(piece.words) > 1:
        return False
    name = fold(piece.words[0])
    if name in little_words(language):
        return True
    if "doctor" in why and not piece.starts_sentence:
        return False
    return _is_common(piece.words[0], language) and name not in people_names()


def _begins_with_m(text: str, piece: _Piece) -> bool:
    return text.startswith("M. ", piece.start)


def _is_ordinary(word: str, language: str | None) -> bool:
    return fold(word) not in given_names() and is_ordinary(bare(word), language)


def _is_common(word: str, language: str | None) -> bool:
    """Whether the word stands in a dictionary, or is a word of grammar."""
    return fold(bare(word)) in little_words(language) or is_ordinary(bare(word), language)


def _labelled(text: str, language: str | None) -> dict[int, str]:
    """Where names begin that a label announces: lists of who was there, signatures, speakers."""
    found: dict[int, str] = {}
    for pattern, why in ((_LIST, "stands in a list of people"), (_CLOSING, "stands as a signature")):
        for match in pattern.finditer(text):
            for piece in _pieces_within(text, *match.span("who"), language=language):
                found[piece] = why
    for block in _LIST_BELOW.finditer(text):
        for match in _ITEM.finditer(text, *block.span("who")):
            for piece in _pieces_within(text, *match.span("who"), language=language):
                found[piece] = "stands in a list of people"
    place = 0
    for line in text.splitlines(keepends=True):
        label = read_label(line) if ":" in line[:60] else None
        if label is not None and label.certain and not _is_role(label.speaker):
            start = place + line.index(label.speaker)
            for piece in _pieces_within(text, start, start + len(label.speaker), language=language):
                found[piece] = "speaks at the beginning of a line"
        place += len(line)
    return found


def _pieces_within(text: str, start: int, end: int, *, language: str | None) -> Iterator[int]:
    """Where pieces begin that stand first between commas, and are not a whole sentence."""
    for part in _IN_A_ROW.finditer(text[start:end]):
        piece = next(iter(_CHUNK.finditer(part[0])), None)
        if piece is not None and len(part[0].strip()) <= 60 and piece.start() <= 18:
            first = start + part.start()
            for begin, _ in _split(text, first + piece.start(), first + piece.end(), language):
                yield begin


def _beside(
    text: str, pieces: list[_Piece], found: dict[tuple[int, int], Hit], language: str | None
) -> Iterator[Hit]:
    """Pieces that an "and" joins to a name."""
    starts, ends = {start for start, _ in found}, {end for _, end in found}
    for piece in pieces:
        if any(acronym(word) for word in piece.words) or (
            all(_is_common(word, language) for word in piece.words)
            and fold(piece.words[0]) not in given_names()
        ):
            continue
        after = _AND.match(text, piece.end)
        before = _AND_BEFORE.search(text[max(0, piece.start - 8) : piece.start])
        if (after and after.end() in starts) or (before and piece.start - len(before[0]) in ends):
            yield hit_at(text, piece.start, piece.end, Kind.PERSON, "stands beside a name")


def _recurring(text: str, found: list[Hit]) -> Iterator[Hit]:
    """The same names, and their parts, wherever they stand again."""
    parts: dict[str, Kind] = {}
    for hit in found:
        words = [bare(word[0]) for word in _WORD.finditer(text, hit.start_char, hit.end_char)]
        for word in words:
            if _tells_alone(word):
                parts.setdefault(word, hit.kind)
                if word.isupper() and len(word) > 3:
                    parts.setdefault(word.capitalize(), hit.kind)
    taken = sorted((hit.start_char, hit.end_char) for hit in found)
    free = _Free(taken)
    for match in _CHUNK.finditer(text):
        for start, end in _runs(text, match.start(), match.end(), parts):
            if free.at(start, end):
                first = next(_WORD.finditer(text, start, end))[0]
                kind = parts.get(bare(first)) or Kind.PERSON
                yield hit_at(text, start, end, kind, "is part of a name that was found elsewhere")


def _runs(text: str, start: int, end: int, parts: dict[str, Kind]) -> Iterator[tuple[int, int]]:
    """Stretches of a chunk whose capitalised words are all parts of names."""
    begin: int | None = None
    last = start
    for word in _WORD.finditer(text, start, end):
        inside = _part_of(word[0], parts)
        particle = _follows_particle(fold(word[0])) and len(word[0]) < 4
        if inside is None and not (particle and text[word.end() : word.end() + 1] == " "):
            if begin is not None:
                yield begin, last
            begin = None
            continue
        if inside is None:
            rest = _WORD.match(text, word.end() + 1)
            small = re.match(r" (?:(?:de|den|der|het) )?", text[word.end() : word.end() + 6])
            rest = _WORD.match(text, word.end() + (small.end() if small else 1))
            if rest is None or _part_of(rest[0], parts) is None:
                continue
            if begin is None:
                begin = word.start()
            continue
        if begin is None:
            begin = word.start()
        last = word.start() + len(inside)
    if begin is not None and last > begin:
        yield begin, last


def _part_of(word: str, parts: dict[str, Kind]) -> str | None:
    """The part of a name that the word is, without the genitive."""
    for form in (word, bare(word)):
        if form in parts:
            return form
    if word.endswith("s") and len(word) > 5 and word[:-1] in parts:
        return word[:-1]
    return None


def _tells_alone(word: str) -> bool:
    """Whether a part of a name points to somebody by itself: no particle, no word of grammar."""
    name = fold(word)
    return (
        len(word) > 2
        and name not in little_words()
        and name not in no_names()
        and not _follows_particle(name)
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
