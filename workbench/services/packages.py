"""Coders on other machines: an assignment goes out as one encrypted file, codings come back in another.

A coder opens the file in a database of their own, where the study has the same ids but nothing of
anybody else. What comes back is laid into that coder's own layer: what was there stays, what cannot be
laid there is listed with its remedy, and the same file taken twice is taken once.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy import Connection, Engine

from corpus.models import SectionKind
from store import assignments, returns, rounds, studies
from store.assignments import Assignment, CodebookPart, DocumentPart
from store.codebooks import codebooks_of_round, list_codebooks
from store.documents import documents
from store.engine import reading, writing
from store.returns import Return
from store.rounds import Round
from store.studies import Member
from workbench.services.codebooks import codebook_in_force
from workbench.services.errors import NotAllowed, NotThere
from workbench.services.package_files import Opened, sha256_of
from workbench.services.package_returns import PackageRefused, Taken, book_hashes, take_return
from workbench.services.studies import member_named

OF_ITS_OWN = "Open the package in a database of its own (on the command line: --database FILE)."


# --- out ----------------------------------------------------------------------------------------------


def make_package(engine: Engine, actor: Member, coder: str, *, round_name: str | None = None) -> Assignment:
    """What a coder on another machine needs; `package_files.seal` makes the file of it.

    The documents of the round with its codebooks; without a round, all documents with the codebooks as
    they are. The lead makes it, or the coder themself.

    Parameters
    ----------
    round_name : str, optional
        The round; where none is named, the only open one that the coder codes in, if there is one.

    Raises
    ------
    NotAllowed
        If the actor neither leads the study nor is the coder, or the study is itself a coder's copy.
    NotThere
        If there is no document or codebook, or the coder is not in such a round.
    """
    with writing(engine) as connection:
        content = _to_make(connection, actor, coder, round_name)
        assignments.note_made(connection, content, sha256_of(content), actor=actor)
        return content


def package_to_make(
    engine: Engine, actor: Member, coder: str, *, round_name: str | None = None
) -> Assignment:
    """What `make_package` would give, to look at before it is made."""
    with reading(engine) as connection:
        return _to_make(connection, actor, coder, round_name)


def _to_make(connection: Connection, actor: Member, coder: str, round_name: str | None) -> Assignment:
    if not actor.is_lead and coder != actor.name:
        raise NotAllowed("The lead makes packages for others; you can make one for yourself.")
    if assignments.last_assignment(connection, actor) is not None:
        raise NotAllowed("This study came out of a package. Packages are made where the team's study is.")
    return _assignment(connection, member_named(connection, actor, coder), round_name)


def return_package(engine: Engine, actor: Member) -> Return:
    """A coder's own codings and what hangs on them, out of their copy; `package_files.seal` makes the file.

    Raises
    ------
    NotThere
        If the study did not come out of a package.
    """
    with reading(engine) as connection:
        return _return(connection, actor)


def is_copy(engine: Engine, actor: Member) -> bool:
    """Whether the study came out of a package, so that codings go back by a file."""
    with reading(engine) as connection:
        return assignments.last_assignment(connection, actor) is not None


def may_take(engine: Engine, actor: Member) -> bool:
    """Whether returned codings can come in through this person: the lead, or one who got a package."""
    with reading(engine) as connection:
        return actor.is_lead or assignments.got_package(connection, actor)


def _assignment(connection: Connection, coder: Member, round_name: str | None) -> Assignment:
    in_round = _round_for(connection, coder, round_name)
    listed = [document.version_id for document in documents(connection, coder.study_id)]
    codebook_in_force(connection, coder.study_id)  # says what to do where there is none
    if not listed:
        raise NotThere("The study has no documents yet. Import some first.")
    return assignments.read_assignment(
        connection,
        study_name=_name_of(connection, coder.study_id),
        coder=coder,
        version_ids=listed if in_round is None else in_round.documents,
        codebooks=(
            list_codebooks(connection, coder.study_id)
            if in_round is None
            else codebooks_of_round(connection, in_round.id)
        ),
        in_round=in_round,
    )


def _round_for(connection: Connection, coder: Member, name: str | None) -> Round | None:
    found = rounds.rounds(connection, coder.study_id)
    own = [r for r in found if not r.revealed and coder.id in {c.id for c in r.coders}]
    if name is None and len(own) < 2:
        return own[0] if own else None
    for one in own:
        if name in (one.name, str(one.id)):
            return one
    names = ", ".join(f"'{one.name}'" for one in own) or "none"
    raise NotThere(f"Say which open round with its name. {coder.name} codes in: {names}.")


def _return(connection: Connection, coder: Member) -> Return:
    came_from = assignments.last_assignment(connection, coder)
    if came_from is None:
        raise NotThere(
            "This study did not come out of a package, so there is nothing to send back: "
            "codings made here are in the team's study already."
        )
    package_id, sha256 = came_from
    return returns.read_return(
        connection,
        coder,
        study_name=_name_of(connection, coder.study_id),
        package_id=package_id,
        assignment_sha256=sha256,
        book_hashes=book_hashes(connection, coder.study_id),
    )


def _name_of(connection: Connection, study_id: UUID) -> str:
    return next(study.name for study in studies.studies(connection) if study.id == study_id)


# --- in -----------------------------------------------------------------------------------------------


def take_package(engine: Engine, opened: Opened, *, person: str, study: str | None = None) -> Taken:
    """Open an assignment as a study, or lay returned codings into the study, as `unseal` found it in a file.

    An assignment opens as a study of the same ids in which its coder is the only person. Codings are
    taken by the lead, or by the coder themself; a file taken twice is taken once, and a file that
    could not wholly be taken can be taken again when its conflicts are mended.

    Parameters
    ----------
    person : str
        Who takes codings in; an assignment is opened by whoever has its passphrase.
    study : str, optional
        Name or id of the study that the file has to be of.

    Raises
    ------
    PackageRefused
        If the package does not belong here, or its parts do not fit together; nothing is stored then.
    NotAllowed
        If the person may not take it.
    """
    named = opened.content.study
    if study not in (None, named.name, str(named.id), named.id.hex):
        raise PackageRefused(f"The package is of the study '{named.name}', not of '{study}'.")
    try:
        with writing(engine) as connection:
            if isinstance(opened.content, Assignment):
                return _open_assignment(connection, opened.content, opened.sha256)
            return take_return(connection, opened, opened.content, person)
    except sa.exc.IntegrityError as error:
        raise PackageRefused(
            f"Something in this database has the same name or id as something in the package. {OF_ITS_OWN}"
        ) from error


def _open_assignment(connection: Connection, content: Assignment, sha256: str) -> Taken:
    _refuse_incoherent(content)
    study_id, coder = content.study.id, content.coder
    team = studies.members(connection, study_id)
    known = {study.id: study.name for study in studies.studies(connection)}
    name = known.get(study_id, content.study.name)
    is_new = study_id not in known
    if any(member.is_lead for member in team):
        raise PackageRefused(f"The study '{name}' itself is in this database. {OF_ITS_OWN}")
    if not is_new and coder.id not in {member.id for member in team}:
        raise PackageRefused(f"This database holds another coder's copy of '{name}'. {OF_ITS_OWN}")
    if is_new and name in known.values():
        name = f"{name} ({coder.name})"
    taken = Taken(
        "assignment",
        name,
        coder.name,
        "" if content.round is None else content.round.name,
        len(content.documents),
        content.codebooks[0].number,
    )
    if not is_new and assignments.was_taken(connection, study_id, sha256):
        return replace(taken, already_taken=True)
    if not is_new:
        _refuse_other_content(connection, content)
    member = assignments.add_assignment(connection, content, study_name=name, is_new=is_new)
    assignments.note_taken(connection, content.package, sha256, coder=member, actor=member)
    return taken


def _refuse_incoherent(content: Assignment) -> None:
    """Raise where the parts of an assignment do not fit together: Trigpoint does not write such a file."""
    sources = {source.id for source in content.sources}
    versions = {document.version for document in content.documents}
    fits = (
        bool(content.study.name.strip() and content.coder.name.strip() and content.codebooks)
        and all(document.source in sources and _is_whole(document) for document in content.documents)
        and all(map(_is_tree, content.codebooks))
    )
    if content.round is not None:
        books = {book.version for book in content.codebooks}
        fits = fits and set(content.round.documents) <= versions and content.round.codebook_version in books
    if not fits:
        raise PackageRefused("The parts of the package do not fit together. Ask for the file again.")


def _is_whole(document: DocumentPart) -> bool:
    kinds, length = set(SectionKind), len(document.text)
    return (
        assignments.sha256_of(document.text) == document.text_sha256
        and document.number > 0
        and (document.date is None or _is_date(document.date))
        and all(s.kind in kinds and 0 <= s.start_char < s.end_char <= length for s in document.sections)
    )


def _is_date(text: str) -> bool:
    try:
        dt.date.fromisoformat(text)
    except ValueError:
        return False
    return True


def _is_tree(book: CodebookPart) -> bool:
    """Every code has a label, and a way up to the top; no id or key occurs twice."""
    parents = {code.id: code.parent for code in book.codes}
    return (
        book.number > 0
        and len(parents) == len(book.codes) == len({code.key for code in book.codes})
        and all(code.label for code in book.codes)
        and all(_leads_up(code.id, parents) for code in book.codes)
    )


def _leads_up(code_id: UUID, parents: Mapping[UUID, UUID | None]) -> bool:
    above: UUID | None = code_id
    for _ in range(len(parents) + 1):
        if above is None:
            return True
        if above not in parents:
            return False
        above = parents[above]
    return False


def _refuse_other_content(connection: Connection, content: Assignment) -> None:
    """Raise where a text or codebook that is here already says something else than the package."""
    texts = assignments.texts_here(connection, content.study.id)
    for document in content.documents:
        if texts.get(document.version, document.text_sha256) != document.text_sha256:
            raise PackageRefused(
                f"The text of '{document.title}' is another one here than in the package. {OF_ITS_OWN}"
            )
    hashes = book_hashes(connection, content.study.id)
    here = assignments.codebooks_here(connection, content.study.id)
    for book in content.codebooks:
        newest = max((b.codebook.version for b in here if b.id == book.id), default=0)
        if hashes.get(book.version, sha256_of(book)) != sha256_of(book) or (
            book.version not in hashes and newest >= book.number
        ):
            raise PackageRefused(
                f"The codebook '{book.name}' here has a version that is not older than the package's. "
                f"{OF_ITS_OWN}"
            )
