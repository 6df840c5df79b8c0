"""What a change of the codebook asks of codings: splitting, and looking at them again."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID, uuid4

from sqlalchemy import Connection, Engine

from codebook import hierarchy
from codebook.models import Code, Coding
from codebook.revisions import asks_to_recode, what_changed
from corpus.errors import UserFacingError
from store import codebooks as kept
from store import proposals as proposed
from store import recoding, rounds
from store.codebooks import StoredCodebook
from store.codings import change_coding, read_codings
from store.documents import documents
from store.engine import reading, writing
from store.studies import Member
from store.visibility import visible_codings, with_details
from workbench.services.codebook_editing import book_of, free_key, store_change
from workbench.services.codebook_versions import refuse_stale
from workbench.services.codebooks import codebook_in_force, codes_ever, codes_in_force
from workbench.services.errors import NotAllowed, NotThere


@dataclass(frozen=True)
class Quote:
    """A coding with the title of its document. Who made it may give it another code in no open round."""

    coding: Coding
    title: str
    mine: bool
    in_open_round: bool


@dataclass(frozen=True)
class ToRecode:
    """A coding that a change of the codebook asks its coder to look at again, and the change in words."""

    coding: Coding
    title: str
    mine: bool
    why: tuple[str, ...]
    is_retired: bool


def quotes_of(engine: Engine, actor: Member, code: str, *, with_below: bool = False) -> list[Quote]:
    """The codings of a code, or also of those under it, that a person may see."""
    with reading(engine) as connection:
        known = codes_ever(connection, actor)
        keys = {hierarchy.resolve(known, code).key}
        if with_below:
            # A retired code is counted apart, and not where it stood.
            now = codes_in_force(connection, actor.study_id).codebook
            if keys <= {other.key for other in now.codes}:
                keys |= {other.key for other in hierarchy.descendants(now, *keys)}
        return [quote for quote in _quotes(connection, actor) if quote.coding.code in keys]


def quotes_in_group(
    engine: Engine, actor: Member, rollup: str, group: str | None, *, codebook_id: UUID | None = None
) -> list[Quote]:
    """The codings that count in a group of a reporting roll-up; None: those of the codebook in no group."""
    with reading(engine) as connection:
        stored = codebook_in_force(connection, actor.study_id, codebook_id)
        gone = kept.retired_codes(connection, stored.id)
        keys = {
            code.key
            for code in (*stored.codebook.codes, *gone)
            if hierarchy.group_of(stored.codebook, code.key, rollup) == group
        }
        return [quote for quote in _quotes(connection, actor) if quote.coding.code in keys]


def split_code(
    engine: Engine,
    actor: Member,
    code: str,
    *,
    label: str,
    key: str | None = None,
    definition: str = "",
    language: str = "en",
    codings: Sequence[UUID] = (),
    reason: str = "",
    based_on: int | None = None,
) -> StoredCodebook:
    """Make a second code beside one, and give it to those of one's own codings that belong there.

    What others coded is listed for them to look at again (`to_recode`).
    """
    with writing(engine) as connection:
        stored = book_of(connection, actor, [code])
        refuse_stale(connection, stored, based_on)
        old = hierarchy.resolve(stored.codebook, code)
        if not label.strip():
            raise UserFacingError("The new code needs a label: the name under which coders look for it.")
        taken = kept.code_keys(connection, actor.study_id).values()
        new_key = key or free_key(stored.codebook, old.parent, label, taken)
        changed = hierarchy.split_code(
            stored.codebook, old.key, new_key=new_key, label={language: label.strip()}, definition=definition
        )
        new = hierarchy.resolve_key(changed, new_key)
        after = store_change(
            connection, actor, stored, changed, reason=reason, detail={"split": {new.id.hex: old.id.hex}}
        )
        chosen = _own_quotes(connection, actor, codings)
        if any(quote.coding.code != old.key for quote in chosen):
            raise UserFacingError(f"Only codings of '{old.key}' can go to the new code.")
        # Those of one's own that were not chosen were looked at and stay: the list need not ask again.
        looked_at = [
            quote
            for quote in _quotes(connection, actor)
            if quote.coding.code == old.key and quote.mine and not quote.in_open_round
        ]
        moved = {quote.coding.id for quote in chosen}
        for quote in looked_at:
            _give(connection, actor, quote, new if quote.coding.id in moved else old, after.version_id)
        return after


def to_recode(engine: Engine, actor: Member) -> list[ToRecode]:
    """The codings that the person may see and that a change of the codebook asks to look at again.

    A coding is asked for when it was made before the definition, the inclusion or the exclusion of
    its code changed, before the code was split, or when its code is retired or declined. Whoever
    confirms it (`keep_as_coded`) or gives another code (`recode`) takes it off the list. Documents
    of open rounds are coded by their own version of the codebook, and left out.
    """
    with reading(engine) as connection:
        asked = _asked(connection, actor)
        numbers = _version_numbers(connection, actor)
        found = []
        for quote, version_id, code_id in _quotes_with_versions(connection, actor):
            if quote.in_open_round:
                continue
            made = numbers.get(version_id, 0)
            why = [
                (sentence, retired)
                for number, sentence, retired in asked.get(code_id, ())
                if number > made or retired
            ]
            if why:
                sentences = tuple(dict.fromkeys(sentence for sentence, _ in why))
                gone = any(retired for _, retired in why)
                found.append(ToRecode(quote.coding, quote.title, quote.mine, sentences, gone))
        return found


def recode(engine: Engine, actor: Member, codings: Sequence[UUID], *, into: str) -> int:
    """Give codings of one's own another code; returns how many. The reader's undo takes each back."""
    with writing(engine) as connection:
        stored = codes_in_force(connection, actor.study_id)
        code = hierarchy.resolve(stored.codebook, into)
        quotes = _own_quotes(connection, actor, codings)
        for quote in quotes:
            _give(connection, actor, quote, code, stored.version_of(code.id))
        return len(quotes)


def keep_as_coded(engine: Engine, actor: Member, codings: Sequence[UUID]) -> int:
    """Say that codings of one's own hold under the codebook as it is now; returns how many."""
    with writing(engine) as connection:
        stored = codes_in_force(connection, actor.study_id)
        known = {code.key: code for code in stored.codebook.codes}
        quotes = _own_quotes(connection, actor, codings)
        for quote in quotes:
            code = known.get(quote.coding.code)
            if code is None:
                raise UserFacingError(
                    f"'{quote.coding.code}' is not in the codebook any more. Give the passage another code."
                )
            _give(connection, actor, quote, code, stored.version_of(code.id))
        return len(quotes)


def _give(connection: Connection, actor: Member, quote: Quote, code: Code, version_id: UUID) -> None:
    row = recoding.coding_rows(connection, [quote.coding.id])[quote.coding.id]
    change_coding(
        connection,
        row,
        {"code_id": code.id, "codebook_version_id": version_id},
        actor=actor,
        operation_id=uuid4(),
    )


def _own_quotes(connection: Connection, actor: Member, ids: Iterable[UUID]) -> list[Quote]:
    wanted = list(dict.fromkeys(ids))
    found = {quote.coding.id: quote for quote in _quotes(connection, actor)}
    missing = [coding_id for coding_id in wanted if coding_id not in found]
    if missing:
        raise NotThere("One of the codings was changed or taken back meanwhile. Load the list anew.")
    quotes = [found[coding_id] for coding_id in wanted]
    for quote in quotes:
        if not quote.mine:
            raise NotAllowed("A coding can be given another code only by whoever made it.")
        if quote.in_open_round:
            raise NotAllowed(
                f"'{quote.title}' is in a round that is not revealed: its codings stay with the codebook of "
                "the round until then."
            )
    return quotes


def _asked(connection: Connection, actor: Member) -> Mapping[UUID, list[tuple[int, str, bool]]]:
    """By code: the version that asks for a second look, in which words, and whether the code is gone."""
    asked: dict[UUID, list[tuple[int, str, bool]]] = defaultdict(list)
    for stored in kept.list_codebooks(connection, actor.study_id):
        versions = kept.codebook_versions(connection, stored.id)
        books = [kept.codebook_version(connection, version.id).codebook for version in versions]
        now = {code.id for code in stored.codebook.codes}
        for number in range(1, len(books)):
            told = [
                {UUID(one): UUID(other) for one, other in versions[number].detail.get(name, {}).items()}
                for name in ("merged", "split")
            ]
            changes = what_changed(books[number - 1], books[number], merged=told[0], split=told[1])
            for code_id, of_code in asks_to_recode(changes, split=told[1]).items():
                asked[code_id] += [
                    (versions[number].number, change.sentence, code_id not in now)
                    for change in of_code
                    if change.kind != "retired" or code_id not in now
                ]
    for proposal in proposed.proposals(connection, actor):
        if proposal.outcome == "declined":
            sentence = f"{proposal.code.key} {proposal.code.name()} was proposed and declined."
            asked[proposal.code.id].append((0, sentence, True))
    return asked


def _version_numbers(connection: Connection, actor: Member) -> dict[UUID, int]:
    return {
        version.id: version.number
        for stored in kept.list_codebooks(connection, actor.study_id)
        for version in kept.codebook_versions(connection, stored.id)
    }


def codings_seen(connection: Connection, actor: Member) -> list[Coding]:
    """The codings that a person may see, with their attributes and memos."""
    keys = kept.code_keys(connection, actor.study_id)
    return read_codings(connection, with_details(visible_codings(actor)), keys)


def _quotes(connection: Connection, actor: Member) -> list[Quote]:
    return [quote for quote, _, _ in _quotes_with_versions(connection, actor)]


def _quotes_with_versions(connection: Connection, actor: Member) -> list[tuple[Quote, UUID, UUID]]:
    """What a person may see of codings, with the codebook version and the id of the code of each."""
    listed = documents(connection, actor.study_id)
    titles = {document.id: document.title for document in listed}
    busy = {
        version
        for found in rounds.rounds(connection, actor.study_id)
        if not found.revealed
        for version in found.documents
    }
    query = visible_codings(actor)
    rows = {
        row.id: (
            row.codebook_version_id,
            row.code_id,
            row.document_version_id in busy,
            row.coder_id == actor.id,
        )
        for row in connection.execute(query)
    }
    found = []
    for coding in codings_seen(connection, actor):
        version_id, code_id, in_open_round, mine = rows[coding.id]
        found.append((Quote(coding, titles[coding.document_id], mine, in_open_round), version_id, code_id))
    return found
