"""Codings that come back from a coder on another machine, laid into that coder's own layer.

What is there stays. What cannot be laid there (another text, an unknown version of the codebook, a
document that is finished) is listed with its remedy, and the rest is taken. All of it is checked, for
the file is not to be trusted.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Row

from codebook.models import Valence
from corpus.anchoring import make_segment
from corpus.errors import SegmentOutOfRange, UnreadableFile
from corpus.models import Document, Segment
from store import assignments, proposals, returns, rounds, studies
from store.codebooks import code_keys
from store.documents import documents, version_text
from store.returns import CodingPart, FinishedPart, ProposalPart, Return
from store.studies import Member
from workbench.services.coding import DETAIL_CHOICES, LONGEST_WORDS
from workbench.services.errors import NotAllowed
from workbench.services.package_files import Opened, sha256_of

#: What is said in the place of numbers that would tell of another's blind work.
WITHHELD = (
    "You code these documents too, in a blind round that is open: what the file holds is not told before "
    "the reveal."
)


class PackageRefused(UnreadableFile):
    """A package of which nothing was taken, with the reason and the remedy."""


@dataclass(frozen=True)
class Conflict:
    """What was not taken, or was taken and should be looked at; ``codings`` are as many as it concerns."""

    document: UUID | None
    title: str
    reason: str
    remedy: str
    codings: int


@dataclass(frozen=True)
class Taken:
    """What became of a file.

    ``kind`` is ``assignment`` or ``codings``. The numbers are None, with the ``reason``, where whoever
    took the file codes the same documents in an open blind round: they would tell of the other's work.
    ``duplicates`` were there already. ``complete`` says that nothing was left out; ``conflicts`` are
    what was, ``notes`` what was taken but is to be looked at.
    """

    kind: str
    study: str
    coder: str
    round: str
    documents: int
    codebook_version: int
    codings: int | None = 0
    changed: int | None = 0
    retired: int | None = 0
    duplicates: int | None = 0
    proposals: int | None = 0
    finished: int | None = 0
    conflicts: tuple[Conflict, ...] = ()
    notes: tuple[Conflict, ...] = ()
    complete: bool = True
    already_taken: bool = False
    reason: str | None = None


def book_hashes(connection: Connection, study_id: UUID) -> dict[UUID, str]:
    """The hash of every version of every codebook of a study, by its id."""
    books = assignments.codebooks_here(connection, study_id)
    return {book.version_id: sha256_of(assignments.codebook_part(book)) for book in books}


def take_return(connection: Connection, opened: Opened, content: Return, person: str) -> Taken:
    """Lay what came back into its coder's layer; what cannot be laid there is listed."""
    actor, coder = _who_takes(connection, content, person)
    _refuse_misshapen(content)
    again = assignments.was_taken(connection, coder.study_id, opened.sha256)
    taking = _Taking(connection, content, actor=actor, coder=coder, again=again)
    taking.take_all()
    if not again:
        assignments.note_taken(connection, content.package, opened.sha256, coder=coder, actor=actor)
    return taking.told()


def _who_takes(connection: Connection, content: Return, person: str) -> tuple[Member, Member]:
    """The acting member and the coder; raises where the file does not belong here, or to this person."""
    team = studies.members(connection, content.study.id)
    if not team:
        raise PackageRefused(
            f"The codings are of the study '{content.study.name}', which is not in this database. "
            "Take them where that study is."
        )
    actor = next((member for member in team if member.name == person), None)
    coder = next((member for member in team if member.id == content.coder.id), None)
    if actor is None or (not actor.is_lead and actor.id != content.coder.id):
        raise NotAllowed("The lead of the study takes returned packages, or the coder who made the codings.")
    made = assignments.made_package(connection, content.study.id, content.package)
    if coder is None or made is None or made.coder_id != coder.id:
        raise PackageRefused(
            "The codings answer a package that was not made from this study for this coder. "
            "Take them where the package was made."
        )
    if made.sha256 != content.assignment_sha256:
        raise PackageRefused(
            "The package that the coder worked on is not the one that was made here: it was changed on the "
            "way. Make a new package."
        )
    return actor, coder


def _refuse_misshapen(content: Return) -> None:
    """Raise where a coding says what no coding can say."""
    valences = {None, *map(str, Valence)}
    for part in content.codings:
        said = part.detail
        fits = (
            part.valence in valences
            and all(getattr(said, name) in (None, *choices) for name, choices in DETAIL_CHOICES.items())
            and max(len(said.actor), len(said.timepoint)) <= LONGEST_WORDS
        )
        if not fits:
            raise PackageRefused("A coding in the file says what no coding can say. Ask for the file again.")
    if not all(part.key.strip() and part.label for part in content.proposals):
        raise PackageRefused("A proposed code in the file has no name. Ask for the file again.")


class _NotTaken(UnreadableFile):
    """Why one thing is left out: its own reason, and what can be done."""

    def __init__(self, reason: str, remedy: str) -> None:
        super().__init__(reason, remedy)
        self.reason, self.remedy = reason, remedy


def _place(row: Row[Any]) -> tuple[UUID, int, int, UUID]:
    return row.document_version_id, row.start_char, row.end_char, row.code_id


#: The version that a conflict is about (None: no text), its reason and remedy.
_Told = tuple[UUID | None, str, str]


class _Taking:
    """One file on its way into a coder's layer."""

    def __init__(
        self, connection: Connection, content: Return, *, actor: Member, coder: Member, again: bool
    ) -> None:
        study_id = coder.study_id
        self._connection, self._content = connection, content
        self._actor, self._coder, self._again = actor, coder, again
        self._documents = returns.versions_here(connection, study_id)
        self._current = {document.version_id for document in documents(connection, study_id)}
        self._rounds = {found.id: found for found in rounds.rounds(connection, study_id)}
        self._books = {b.version_id: b for b in assignments.codebooks_here(connection, study_id)}
        self._newest = {book.id: book for book in self._books.values()}
        hashes = book_hashes(connection, study_id)
        self._same_books = {b.version for b in content.codebooks if hashes.get(b.version) == b.sha256}
        self._proposed = returns.proposals_known(connection, coder)
        self._known = returns.codings_known(connection, coder)
        self._live = {row.lineage_id: row for row in self._known.values() if row.retired_event is None}
        self._of_others = returns.lineages_of_others(
            connection, coder, {part.lineage for part in content.codings} - set(self._live)
        )
        self._lineages = {row.lineage_id for row in self._known.values()}
        self._places = {_place(row) for row in self._live.values()}
        self._gone = set(content.retired)
        self._texts: dict[UUID, Document] = {}
        self._counts: Counter[str] = Counter()
        self._conflicts: Counter[_Told] = Counter()
        self._notes: Counter[_Told] = Counter()
        self._wrong_texts: dict[UUID, _NotTaken] = {}

    def take_all(self) -> None:
        self._check_texts()
        for proposal in self._content.proposals:
            self._take(None, self._take_proposal, proposal)
        for part in self._content.codings:
            self._take(part.version, self._take_coding, part)
        self._take_back()
        for done in self._content.finished:
            self._take(done.version, self._take_finished, done)

    def told(self) -> Taken:
        """What whoever took the file may know of it."""
        content = self._content
        withheld = self._is_withheld()
        names = ("codings", "changed", "retired", "duplicates", "proposals", "finished")
        numbers = {name: None if withheld else self._counts[name] for name in names}
        of_texts = {(version, *wrong.args) for version, wrong in self._wrong_texts.items()}
        shown = {key: 0 for key in of_texts} if withheld else self._conflicts
        return Taken(
            kind="codings",
            study=content.study.name,
            coder=self._coder.name,
            round=self._round_of_package(),
            documents=len(content.texts),
            codebook_version=content.codebooks[-1].number if content.codebooks else 0,
            conflicts=tuple(self._line(key, n) for key, n in shown.items()),
            notes=() if withheld else tuple(self._line(key, n) for key, n in self._notes.items()),
            complete=not self._conflicts,
            already_taken=self._again,
            reason=WITHHELD if withheld else None,
            **numbers,
        )

    def _is_withheld(self) -> bool:
        """Whether who takes the file codes these documents too, in a blind round that is open."""
        versions = {text.version for text in self._content.texts}
        codes_too = any(
            found.blind
            and not found.revealed
            and self._actor.id in {coder.id for coder in found.coders}
            and versions & set(found.documents)
            for found in self._rounds.values()
        )
        return codes_too and self._actor.id != self._coder.id

    def _round_of_package(self) -> str:
        made = assignments.made_package(self._connection, self._coder.study_id, self._content.package)
        round_id = None if made is None else made.round_id
        return "" if round_id is None else self._rounds[round_id].name

    def _take(self, version_id: UUID | None, act: Callable[[Any], None], part: Any) -> None:
        try:
            act(part)
        except _NotTaken as left:
            is_coding = not isinstance(part, ProposalPart | FinishedPart)
            self._conflicts[version_id, left.reason, left.remedy] += is_coding

    def _check_texts(self) -> None:
        here = assignments.texts_here(self._connection, self._coder.study_id)
        for text in self._content.texts:
            if text.version not in here:
                wrong = _NotTaken("The document is not in this study.", "Import it here, and code it again.")
            elif here[text.version] != text.text_sha256:
                wrong = _NotTaken(
                    "The text is another one here than the coder had.",
                    "Make a new package for its coder, who codes this document again.",
                )
            else:
                continue
            self._wrong_texts[text.version] = wrong
            self._conflicts[text.version, wrong.reason, wrong.remedy] += 0

    # -- codes and codings

    def _take_proposal(self, part: ProposalPart) -> None:
        if part.id in self._proposed:
            return
        codes = returns.codes_here(self._connection, self._coder.study_id)
        is_placed = part.codebook in self._newest and (part.parent is None or part.parent in codes)
        if not is_placed or part.code in codes or not self._is_in_round(part.round, None):
            raise _NotTaken(
                f"The proposed code '{part.key}' has no place in the codebook of this study.",
                "Propose it again in the team's study, and take the file again.",
            )
        taken = set(code_keys(self._connection, self._coder.study_id).values())
        candidates = (part.key if n == 1 else f"{part.key}{n}" for n in range(1, len(taken) + 2))
        part = replace(part, key=next(key for key in candidates if key not in taken))
        returns.take_proposal(self._connection, part, coder=self._coder)
        self._proposed[part.id] = part.code
        self._counts["proposals"] += 1

    def _take_coding(self, part: CodingPart) -> None:
        known, live = self._known.get(part.id), self._live.get(part.lineage)
        if known is not None:
            self._counts["duplicates"] += 1
            if live is not None and live.id == part.id:
                self._take_words(part)
            return
        self._refuse_unplaced(part)
        place = (part.version, part.start_char, part.end_char, part.code)
        if live is None and place in self._places:
            self._counts["duplicates"] += 1
            return
        if live is not None and live.id not in self._gone:
            raise _NotTaken(
                "The coding was changed here and by its coder.",
                "The state here stays. Its coder can change it in the team's study.",
            )
        if live is not None:
            self._refuse_other_words(part)
        returns.take_coding(
            self._connection,
            part,
            self._segment(part),
            coder=self._coder,
            is_new=part.lineage not in self._lineages,
            replaces=None if live is None else live.id,
        )
        self._live.pop(part.lineage, None)
        self._counts["codings" if live is None else "changed"] += 1
        self._note(part)

    def _take_words(self, part: CodingPart) -> None:
        """Memo and attributes as they are now; an old file taken again does not bring old words back."""
        if self._again or not returns.differs(self._connection, part, self._coder):
            return
        self._refuse_frozen(part.version, part.round)
        self._refuse_other_words(part)
        returns.take_words(self._connection, part, coder=self._coder)
        self._counts["changed"] += 1

    def _refuse_other_words(self, part: CodingPart) -> None:
        """Raise where memo or attributes were changed in this study: what is there is not overwritten."""
        differ = returns.differs(self._connection, part, self._coder)
        if differ and returns.words_changed_here(self._connection, part.lineage, self._coder):
            raise _NotTaken(
                "Memo or attributes of a coding were changed here, and say something else in the file.",
                "The state here stays. Its coder can change it in the team's study.",
            )

    def _refuse_unplaced(self, part: CodingPart) -> None:
        """Raise where a coding cannot stand in this study as it stood in the copy."""
        if part.version in self._wrong_texts:
            raise self._wrong_texts[part.version]
        if part.version not in self._documents or part.lineage in self._of_others:
            raise _NotTaken("A coding does not belong to this coder and document.", "Ask for the file again.")
        if not self._is_in_round(part.round, part.version):
            raise _NotTaken(
                "A coding is of a round in which its coder does not code this document here.",
                "Take the file where the round was opened.",
            )
        if part.codebook_version not in self._same_books:
            raise _NotTaken(
                "A coding was made with a version of the codebook that this study does not have.",
                "Its coder chooses a code of the package's codebook for it, or proposes one.",
            )
        codes = {code.id for code in self._books[part.codebook_version].codebook.codes}
        if part.code not in codes | set(self._proposed.values()):
            raise _NotTaken(
                "A coding bears a code that this study does not have.",
                "Its coder chooses a code of the package's codebook for it, or proposes one.",
            )
        self._refuse_frozen(part.version, part.round)

    def _segment(self, part: CodingPart) -> Segment:
        try:
            segment = make_segment(self._text(part.version), part.start_char, part.end_char)
        except SegmentOutOfRange:
            segment = None
        if segment is None or segment.quote != part.quote:
            raise _NotTaken(
                "The coded words do not stand at their place in the text here.",
                "Its coder codes the passage again and returns the codings anew.",
            )
        return segment

    def _text(self, version_id: UUID) -> Document:
        if version_id not in self._texts:
            document_id = self._documents[version_id]
            text = version_text(self._connection, version_id, document_id=document_id) or ""
            self._texts[version_id] = Document(document_id, document_id, "", text, (), "")
        return self._texts[version_id]

    def _is_in_round(self, round_id: UUID | None, version_id: UUID | None) -> bool:
        found = None if round_id is None else self._rounds.get(round_id)
        if found is None:
            return round_id is None
        is_mine = self._coder.id in {coder.id for coder in found.coders}
        return is_mine and (version_id is None or version_id in found.documents)

    def _refuse_frozen(self, version_id: UUID, round_id: UUID | None) -> None:
        for found in self._rounds.values():
            binds = found.id == round_id or (not found.revealed and version_id in found.documents)
            if binds and (self._coder.id, version_id) in found.finished:
                raise _NotTaken(
                    f"The document is finished here in the round '{found.name}': its codings are frozen.",
                    "The lead can reopen it before the reveal; then take the file again.",
                )

    def _note(self, part: CodingPart) -> None:
        """Say of a coding that was taken what changed here since its package was made."""
        book = self._books[part.codebook_version]
        now = self._newest[book.id].codebook
        look = "The coder finds them under Look again on the page Codebook."
        if part.code in self._proposed.values():
            pass
        elif part.code not in {code.id for code in now.codes}:
            key = book.code(part.code).key
            told = f"The code {key} was retired since; codings keep it as in version {book.codebook.version}."
            self._notes[part.version, told, look] += 1
        elif part.round is None and now.version != book.codebook.version:
            told = (
                f"Coded with version {book.codebook.version} of the codebook, which is at {now.version} now."
            )
            self._notes[part.version, told, look] += 1
        if part.version not in self._current:
            told = "The text was replaced since; the codings stand in the text before."
            self._notes[part.version, told, "Make a new package for the present text."] += 1

    # -- what holds no more, and what is finished

    def _take_back(self) -> None:
        kept = {part.lineage for part in self._content.codings}
        gone = [self._known[coding_id] for coding_id in self._content.retired if coding_id in self._known]
        for lineage_id in dict.fromkeys(row.lineage_id for row in gone):
            if lineage_id not in kept and lineage_id in self._live:
                row = self._live[lineage_id]
                self._take(row.document_version_id, self._retire, row)
        own = {p.id: p for p in proposals.proposals(self._connection, self._coder)}
        for proposal in [own[gone] for gone in self._content.withdrawn if gone in own]:
            if proposal.author_id == self._coder.id and proposal.outcome is None:
                proposals.withdraw(self._connection, proposal, actor=self._coder)

    def _retire(self, row: Row[Any]) -> None:
        self._refuse_frozen(row.document_version_id, row.coding_round_id)
        if row.id not in self._gone:
            raise _NotTaken(
                "A coding was changed here, and its coder has retired it.",
                "It stays here as it is. Its coder can retire it in the team's study.",
            )
        returns.take_back(self._connection, row, coder=self._coder)
        self._counts["retired"] += 1

    def _take_finished(self, part: FinishedPart) -> None:
        if part.id in returns.finished_known(self._connection, self._coder):
            return
        found = self._rounds.get(part.round)
        if found is None or not self._is_in_round(part.round, part.version):
            raise _NotTaken(
                "The document was finished in a round in which its coder does not code it here.",
                "Take the file where the round was opened.",
            )
        if (self._coder.id, part.version) in found.finished:
            return
        if any(version == part.version for version, _, _ in self._conflicts):
            raise _NotTaken(
                "The document is not finished here, because not all of its codings could be taken.",
                "Mend what is listed for it, and take the file again.",
            )
        returns.take_finished(self._connection, part, coder=self._coder)
        self._counts["finished"] += 1

    def _line(self, key: _Told, codings: int) -> Conflict:
        version_id, reason, remedy = key
        title = next((t.title for t in self._content.texts if t.version == version_id), "")
        document = next((t.document for t in self._content.texts if t.version == version_id), None)
        return Conflict(document, title, reason, remedy, codings)
