"""What is found in a text that tells who is meant, and the words that take its place."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What a name or number names. The first five are people; the rest of a study keeps their role."""

    PERSON = "person"
    DOCTOR = "doctor"
    PATIENT = "patient"
    NURSE = "nurse"
    CARER = "carer"
    PLACE = "place"
    INSTITUTION = "institution"
    ADDRESS = "address"
    BIRTH_DATE = "birth date"
    PHONE = "phone"
    EMAIL = "e-mail"
    NATIONAL = "national number"
    PROFESSIONAL = "professional number"
    IBAN = "iban"
    DOSSIER = "dossier number"


PEOPLE = frozenset({Kind.PERSON, Kind.DOCTOR, Kind.PATIENT, Kind.NURSE, Kind.CARER})
#: Kinds that are told by their digits, however these are set apart.
NUMBERS = frozenset({Kind.PHONE, Kind.NATIONAL, Kind.PROFESSIONAL, Kind.IBAN, Kind.DOSSIER})

#: How each kind is called inside a pseudonym, by language.
LABELS: dict[str, dict[Kind, str]] = {
    "en": {
        Kind.PERSON: "Person",
        Kind.DOCTOR: "Doctor",
        Kind.PATIENT: "Patient",
        Kind.NURSE: "Nurse",
        Kind.CARER: "Carer",
        Kind.PLACE: "Place",
        Kind.INSTITUTION: "Institution",
        Kind.ADDRESS: "Address",
        Kind.BIRTH_DATE: "Birth date",
        Kind.PHONE: "Phone",
        Kind.EMAIL: "E-mail",
        Kind.NATIONAL: "National number",
        Kind.PROFESSIONAL: "Professional number",
        Kind.IBAN: "Account",
        Kind.DOSSIER: "File number",
    },
    "nl": {
        Kind.PERSON: "Persoon",
        Kind.DOCTOR: "Arts",
        Kind.PATIENT: "Patiënt",
        Kind.NURSE: "Verpleegkundige",
        Kind.CARER: "Mantelzorger",
        Kind.PLACE: "Plaats",
        Kind.INSTITUTION: "Instelling",
        Kind.ADDRESS: "Adres",
        Kind.BIRTH_DATE: "Geboortedatum",
        Kind.PHONE: "Telefoon",
        Kind.EMAIL: "E-mailadres",
        Kind.NATIONAL: "Rijksregisternummer",
        Kind.PROFESSIONAL: "RIZIV-nummer",
        Kind.IBAN: "Rekening",
        Kind.DOSSIER: "Dossiernummer",
    },
    "fr": {
        Kind.PERSON: "Personne",
        Kind.DOCTOR: "Médecin",
        Kind.PATIENT: "Patient",
        Kind.NURSE: "Infirmier·ère",
        Kind.CARER: "Aidant",
        Kind.PLACE: "Lieu",
        Kind.INSTITUTION: "Institution",
        Kind.ADDRESS: "Adresse",
        Kind.BIRTH_DATE: "Date de naissance",
        Kind.PHONE: "Téléphone",
        Kind.EMAIL: "Adresse e-mail",
        Kind.NATIONAL: "Numéro national",
        Kind.PROFESSIONAL: "Numéro INAMI",
        Kind.IBAN: "Compte",
        Kind.DOSSIER: "Numéro de dossier",
    },
}

#: A pseudonym as it stands in a text. Nothing inside one is a name.
PSEUDONYM = re.compile(
    r"\[(?:"
    + "|".join(sorted({re.escape(label) for labels in LABELS.values() for label in labels.values()}))
    + r") [1-9]\d{0,5}\]"
)


@dataclass(frozen=True, order=True)
class Hit:
    """A stretch of the text that tells who is meant, and why it was taken for that.

    Attributes
    ----------
    start_char, end_char : int
        Half-open code points of the text.
    why : str
        The evidence, in words for whoever confirms it; it holds nothing of the name itself.
    name : str
        The words as they are compared: see `normalised`.
    """

    start_char: int
    end_char: int
    kind: Kind
    why: str
    name: str


@dataclass(frozen=True)
class Found:
    """All that was found in a text: hits in the order of the text, without overlap, and what is left.

    ``capitals`` are the places of capitalised words that no rule took for a name: the risk that remains.
    """

    hits: tuple[Hit, ...]
    capitals: tuple[tuple[int, int], ...]


def normalised(words: str, kind: Kind) -> str:
    """A name as it is compared: without case, accents and doubled spaces; a number by its characters alone.

    Examples
    --------
    >>> normalised("Benoît  DELVAUX", Kind.PERSON), normalised("67.03.12-123.72", Kind.NATIONAL)
    ('benoit delvaux', '67031212372')
    """
    if not words.isascii():
        parts = unicodedata.normalize("NFD", words)
        words = "".join(c for c in parts if not unicodedata.combining(c)).replace("’", "'")
    folded = " ".join(words.casefold().split())
    return re.sub(r"[\W_]", "", folded) if kind in NUMBERS else folded


def hit_at(text: str, start_char: int, end_char: int, kind: Kind, why: str) -> Hit:
    """The hit on a stretch of a text, with its words as they are compared."""
    return Hit(start_char, end_char, kind, why, normalised(text[start_char:end_char], kind))
