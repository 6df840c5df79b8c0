"""A coder works on another machine: an assignment goes out, codings come back, nothing is overwritten."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from uuid import UUID, uuid4

import pytest
import sqlalchemy as sa
from sqlalchemy import Engine

from corpus.errors import UnreadableFile
from store import tables
from store.assignments import Assignment, Named
from store.engine import open_engine, writing
from store.events import check_chain
from store.returns import Return
from store.studies import Member
from tests.services.readers import WRITTEN_REPORTS, Look, all_told, differing, words_in
from tests.services.team import Team, a_team, drop_guards
from workbench.services import (
    codebook_editing,
    codebook_versions,
    codebooks,
    coding,
    documents,
    keeping,
    memos,
    overview,
    packages,
    proposals,
    recoding,
    rounds,
    studies,
)
from workbench.services.errors import NotAllowed, NotThere
from workbench.services.package_files import Opened, read, sha256_of, spell
from workbench.services.package_returns import PackageRefused, Taken


@dataclass
class Away:
    """A coder's own database, into which a package was taken."""

    engine: Engine
    person: Member
    team: Team

    def code(self, words: str, code: str = "ECO-FUND", *, memo: str = "", valence: str | None = None) -> str:
        return self.desk.code(self.person, words, code, memo=memo, valence=valence)

    @property
    def desk(self) -> Team:
        """The ways to act of a team, in this database."""
        return replace(self.team, engine=self.engine, lead=self.person)

    def finish(self) -> None:
        rounds.finish(self.engine, self.person, None)

    def back(self) -> Return:
        return packages.return_package(self.engine, self.person)


@pytest.fixture
def elsewhere(_migrated_file: Path, tmp_path: Path) -> Iterator[Engine]:
    """The database of a coder on another machine."""
    path = tmp_path / "elsewhere.db"
    shutil.copy(_migrated_file, path)
    engine = open_engine(f"sqlite:///{path}")
    yield engine
    engine.dispose()


def sent(content: Assignment | Return) -> Opened:
    """What arrives of it: all but the encryption."""
    return read(spell(content))


def take(team: Team, content: Return, person: str = "Lena") -> Taken:
    return packages.take_package(team.engine, sent(content), person=person)


def go_away(team: Team, elsewhere: Engine, coder: str = "Anna", round_name: str | None = None) -> Away:
    made = packages.make_package(team.engine, team.lead, coder, round_name=round_name)
    packages.take_package(elsewhere, sent(made), person="login")
    study = studies.find_study(elsewhere)
    return Away(elsewhere, studies.enter_study(elsewhere, study, person=coder), team)


@pytest.fixture
def away(team: Team, elsewhere: Engine) -> Away:
    """Anna on her own machine, in a blind round; the team's side is on both databases in turn."""
    team.open_round()
    return go_away(team, elsewhere)


@pytest.fixture
def quick_away(quick_team: Team, elsewhere: Engine) -> Away:
    quick_team.open_round()
    return go_away(quick_team, elsewhere)


def quotes(team: Team, viewer: Member) -> list[tuple[str, str, str, str | None, str]]:
    return [(c.coder, c.quote, c.code, c.valence, c.memo) for c in team.seen(viewer)]


def problems(engine: Engine, member: Member) -> list[str]:
    with engine.connect() as connection:
        return check_chain(connection, member.study_id)


def numbers(taken: Taken) -> dict[str, int | None]:
    names = ("codings", "changed", "retired", "duplicates", "proposals", "finished")
    return {name: getattr(taken, name) for name in names if getattr(taken, name)}


# --- there --------------------------------------------------------------------------------------------


def test_a_package_opens_as_the_same_study_with_its_coder_alone(away: Away) -> None:
    team = away.team
    assert away.person == replace(team.anna, role="researcher")
    assert studies.team(away.engine, away.person) == [away.person]
    (here,), (there,) = (
        documents.list_documents(team.engine, team.lead),
        documents.list_documents(away.engine, away.person),
    )
    assert here == there
    _, text = documents.open_document(away.engine, away.person, team.document.id)
    assert (text.text, text.sections) == (team.document.text, team.document.sections)
    ours, theirs = (
        codebooks.current_codebook(*who) for who in ((team.engine, team.lead), (away.engine, away.person))
    )
    assert ours == theirs
    found, original = rounds.find_round(away.engine, away.person), rounds.find_round(team.engine, team.lead)
    assert found == replace(original, coders=(away.person,))
    assert problems(away.engine, away.person) == problems(team.engine, team.lead) == []


def test_a_package_holds_nothing_of_others(team: Team) -> None:
    team.code(team.bram, "no time", memo="zebra memo")
    team.code(team.anna, "The GP", memo="okapi memo")
    memos.write_memo(
        team.engine,
        team.bram,
        kind="reflexive",
        about="document",
        about_id=team.document.id,
        text="lynx",
        shared=True,
    )
    team.open_round(
        "Walrus round", coders=("Bram", "Lena"), documents=[team.add_document("No.", title="Other")]
    )
    team.open_round(documents=[team.document])
    spelled = spell(packages.make_package(team.engine, team.lead, "Anna")).decode()
    hidden = ("Bram", "Lena", "zebra", "okapi", "lynx", "Walrus", team.bram.id.hex, team.lead.id.hex)
    assert [word for word in hidden if word in spelled] == []
    assert "Anna" in spelled and team.document.text.splitlines()[0] in spelled


def test_without_a_round_all_documents_go_with_the_newest_codebook(
    quick_team: Team, elsewhere: Engine
) -> None:
    quick_team.add_document("The nurse helps.", title="Second")
    codebook_editing.add_code(quick_team.engine, quick_team.lead, label="Queues", parent="ORG")
    away = go_away(quick_team, elsewhere)
    assert len(documents.list_documents(away.engine, away.person)) == 2
    current = codebooks.current_codebook(away.engine, away.person)
    assert current is not None and current.codebook.version == 2
    assert codebook_versions.codebook_history(away.engine, away.person)[0].number == 2
    away.code("no time")
    assert take(quick_team, away.back()).codings == 1


def test_a_round_travels_with_the_codebook_it_was_opened_with(quick_team: Team, elsewhere: Engine) -> None:
    quick_team.open_round()
    codebook_editing.add_code(quick_team.engine, quick_team.lead, label="Queues", parent="ORG")
    current = codebooks.current_codebook(elsewhere, go_away(quick_team, elsewhere).person)
    assert current is not None and current.codebook.version == 1


def test_who_codes_in_two_open_rounds_is_asked_which(quick_team: Team) -> None:
    other = quick_team.add_document("The nurse helps.", title="Second")
    quick_team.open_round(documents=[quick_team.document])
    quick_team.open_round("Other round", documents=[other])
    with pytest.raises(NotThere, match="'First round', 'Other round'"):
        packages.make_package(quick_team.engine, quick_team.lead, "Anna")
    made = packages.make_package(quick_team.engine, quick_team.lead, "Anna", round_name="Other round")
    assert [document.title for document in made.documents] == ["Second"]
    with pytest.raises(NotThere):
        packages.make_package(quick_team.engine, quick_team.lead, "Lena", round_name="Other round")


def test_packages_are_made_by_the_lead_or_the_coder(quick_away: Away) -> None:
    team = quick_away.team
    with pytest.raises(NotAllowed):
        packages.make_package(team.engine, team.bram, "Anna")
    assert packages.make_package(team.engine, team.bram, "Bram").coder.name == "Bram"
    with pytest.raises(NotAllowed, match="came out of a package"):
        packages.make_package(quick_away.engine, quick_away.person, "Anna")
    with pytest.raises(NotThere, match="not come out of a package"):
        packages.return_package(team.engine, team.anna)


def test_nobody_leads_a_copy_and_its_codebook_stays_the_teams(quick_away: Away) -> None:
    assert not quick_away.person.is_lead
    with pytest.raises(NotAllowed):
        rounds.reveal(quick_away.engine, quick_away.person, None)
    for change in (
        lambda: codebook_editing.add_code(quick_away.engine, quick_away.person, label="Queues", parent="ORG"),
        lambda: codebooks.load_codebook(quick_away.engine, quick_away.person, "ccm"),
        lambda: codebook_versions.restore_version(quick_away.engine, quick_away.person, 1),
    ):
        with pytest.raises(NotAllowed, match="Propose the code"):
            change()


def test_the_next_step_in_a_copy_is_to_return_the_codings(quick_away: Away) -> None:
    assert [step.what for step in overview.next_steps(quick_away.engine, quick_away.person)] == ["finish"]
    quick_away.finish()
    assert [step.what for step in overview.next_steps(quick_away.engine, quick_away.person)] == ["return"]


def test_an_assignment_opened_twice_is_opened_once(quick_away: Away) -> None:
    team = quick_away.team
    quick_away.code("no time")
    made = packages.make_package(team.engine, team.lead, "Anna")
    first = packages.take_package(quick_away.engine, sent(made), person="Anna")
    again = packages.take_package(quick_away.engine, sent(made), person="Anna")
    assert (first.already_taken, again.already_taken) == (False, True)
    assert len(quick_away.desk.seen(quick_away.person)) == 1
    assert problems(quick_away.engine, quick_away.person) == []


def test_a_later_package_adds_its_round_to_the_copy(quick_away: Away) -> None:
    team = quick_away.team
    quick_away.code("no time")
    other = team.add_document("The nurse helps.", title="Second")
    team.open_round("Second round", documents=[other])
    away = go_away(team, quick_away.engine, round_name="Second round")
    assert {view.round.name for view in rounds.rounds_of(away.engine, away.person)} == {
        "First round",
        "Second round",
    }
    away.desk.code(away.person, "nurse", document=other)
    assert numbers(take(team, away.back())) == {"codings": 2}


def test_a_package_is_not_opened_where_its_study_or_another_copy_is(quick_away: Away) -> None:
    team = quick_away.team
    made = packages.make_package(team.engine, team.lead, "Bram")
    with pytest.raises(PackageRefused, match="database of its own"):
        packages.take_package(team.engine, sent(made), person="Bram")
    with pytest.raises(PackageRefused, match="another coder's copy"):
        packages.take_package(quick_away.engine, sent(made), person="Bram")


def test_a_study_of_the_same_name_is_no_hindrance(quick_team: Team, elsewhere: Engine) -> None:
    studies.create_study(elsewhere, "Region", person="Anna")
    made = packages.make_package(quick_team.engine, quick_team.lead, "Anna")
    assert packages.take_package(elsewhere, sent(made), person="Anna").study == "Region (Anna)"


# --- and back -----------------------------------------------------------------------------------------


def test_codings_come_back_with_all_that_hangs_on_them(away: Away) -> None:
    team = away.team
    made = away.code("no time", memo="zebra memo", valence="barrier")
    away.desk.act(away.person, type="detail", coding=made, strength="strong", timepoint="March")
    gone = away.code("Nobody asked the patients", "PAT-ATT")
    away.desk.act(away.person, type="retire", coding=gone)
    changed = away.code("The GP", "ECO-FIN")
    away.desk.act(away.person, type="change", coding=changed, code="PRO-ATT")
    own = proposals.propose_code(away.engine, away.person, label="okapi code", parent="ORG")
    away.code("money is there", own.key)
    away.finish()
    taken = take(team, away.back())
    assert numbers(taken) == {"codings": 3, "proposals": 1, "finished": 1}
    assert taken.complete and taken.round == "First round"
    ours, theirs = team.seen(team.anna), away.desk.seen(away.person)
    assert ours == theirs and len(ours) == 3
    assert {c.detail.strength for c in ours} == {None, "strong"}
    assert rounds.find_round(team.engine, team.lead).finished == {
        (team.anna.id, away.back().texts[0].version)
    }
    assert problems(team.engine, team.lead) == []


def test_agreement_counts_what_came_back(quick_away: Away) -> None:
    team = quick_away.team
    quick_away.code("no time")
    quick_away.finish()
    take(team, quick_away.back())
    team.code(team.bram, "no time")
    team.finish(team.bram)
    team.reveal()
    assert {c.coder for c in team.seen(team.lead)} == {"Anna", "Bram"}
    from workbench.services.agreement import agreement_of_round

    assert len(agreement_of_round(team.engine, team.lead, None).codings) == 2


def test_the_same_file_twice_is_taken_once(away: Away) -> None:
    away.code("no time", memo="zebra memo")
    content = away.back()
    assert numbers(take(away.team, content)) == {"codings": 1}
    again = take(away.team, content, "Anna")
    assert (again.already_taken, numbers(again)) == (True, {"duplicates": 1})
    assert away.team.count(tables.coding) == away.team.count(tables.memo) == 1
    assert problems(away.team.engine, away.team.lead) == []


def test_a_later_file_adds_changes_and_retires(away: Away) -> None:
    stays, moves, goes = (away.code(words) for words in ("no time", "The GP", "money is there"))
    take(away.team, away.back())
    desk, anna = away.desk, away.person
    desk.act(anna, type="memo", coding=stays, text="later thought")
    desk.act(anna, type="change", coding=moves, code="PRO-ATT")
    desk.act(anna, type="retire", coding=goes)
    away.code("Nobody asked", "PAT-ATT")
    assert numbers(take(away.team, away.back())) == {
        "codings": 1,
        "changed": 2,
        "retired": 1,
        "duplicates": 1,
    }
    assert away.team.seen(away.team.anna) == desk.seen(anna)
    desk.act(anna, type="undo")
    desk.act(anna, type="undo")
    take(away.team, away.back())
    assert away.team.seen(away.team.anna) == desk.seen(anna)
    assert problems(away.team.engine, away.team.lead) == []


def test_an_old_file_taken_again_brings_nothing_old_back(quick_away: Away) -> None:
    made = quick_away.code("no time", memo="first thought")
    old = quick_away.back()
    take(quick_away.team, old)
    quick_away.desk.act(quick_away.person, type="memo", coding=made, text="second thought")
    take(quick_away.team, quick_away.back())
    take(quick_away.team, old)
    assert [c.memo for c in quick_away.team.seen(quick_away.team.anna)] == ["second thought"]


def test_what_is_finished_in_the_team_is_frozen_until_the_lead_reopens_it(quick_away: Away) -> None:
    team = quick_away.team
    goes = quick_away.code("no time")
    take(team, quick_away.back())
    team.finish(team.anna)
    quick_away.desk.act(quick_away.person, type="retire", coding=goes)
    quick_away.code("The GP")
    content = quick_away.back()
    taken = take(team, content)
    assert [c.codings for c in taken.conflicts] == [2] and "First round" in taken.conflicts[0].reason
    assert (taken.codings, taken.retired, taken.complete) == (0, 0, False)
    rounds.reopen(team.engine, team.lead, "First round", coder="Anna", document="Report 1", reason="early")
    again = take(team, content)
    assert again.already_taken and numbers(again) == {"codings": 1, "retired": 1}


def test_a_document_that_the_lead_reopens_is_open_in_the_copy_after_the_next_package(
    quick_away: Away,
) -> None:
    team = quick_away.team
    quick_away.finish()
    take(team, quick_away.back())
    rounds.reopen(team.engine, team.lead, "First round", coder="Anna", document="Report 1", reason="early")
    away = go_away(team, quick_away.engine)
    away.code("no time")
    away.finish()
    assert numbers(take(team, away.back())) == {"codings": 1, "finished": 1}


# --- what does not fit is listed, and the rest is taken -------------------------------------------------


def two_documents(team: Team, elsewhere: Engine) -> Away:
    team.add_document("The nurse helps.", title="Second")
    team.open_round()
    return go_away(team, elsewhere)


def test_a_changed_text_is_listed_with_its_document_and_the_rest_is_taken(
    quick_team: Team, elsewhere: Engine
) -> None:
    away = two_documents(quick_team, elsewhere)
    away.code("no time")
    second = next(d for d in documents.list_documents(away.engine, away.person) if d.title == "Second")
    _, document = documents.open_document(away.engine, away.person, second.id)
    away.desk.code(away.person, "nurse", document=document)
    away.finish()
    drop_guards(quick_team.engine)
    with writing(quick_team.engine) as connection:
        version = tables.document_version
        connection.execute(
            version.update().where(version.c.id == second.version_id).values(text="The nurse helped.")
        )
    taken = take(quick_team, away.back())
    assert numbers(taken) == {"codings": 1, "finished": 1}
    assert {conflict.title for conflict in taken.conflicts} == {"Second"}
    assert "text is another one" in taken.conflicts[0].reason and taken.conflicts[0].codings == 1
    assert all(conflict.remedy for conflict in taken.conflicts)


def test_a_text_that_was_changed_in_the_copy_is_found_too(quick_away: Away) -> None:
    quick_away.code("no time")
    drop_guards(quick_away.engine)
    with writing(quick_away.engine) as connection:
        connection.execute(tables.document_version.update().values(text="The nurse has time."))
    taken = take(quick_away.team, quick_away.back())
    assert (taken.codings, taken.complete) == (0, False)
    assert "text is another one" in taken.conflicts[0].reason


def test_a_document_that_the_team_does_not_have_is_listed(quick_away: Away) -> None:
    own = quick_away.desk.add_document("My own notes.", title="Notes")
    quick_away.desk.code(quick_away.person, "notes", document=own)
    quick_away.code("no time")
    taken = take(quick_away.team, quick_away.back())
    assert taken.codings == 1
    assert [(c.title, c.codings) for c in taken.conflicts] == [("Notes", 1)]


def test_an_unknown_version_of_the_codebook_is_listed(quick_away: Away) -> None:
    quick_away.code("no time")
    content = quick_away.back()
    other = replace(content, codebooks=tuple(replace(book, sha256="0" * 64) for book in content.codebooks))
    taken = take(quick_away.team, other)
    assert (taken.codings, [c.title for c in taken.conflicts]) == (0, ["Report 1"])
    assert "version of the codebook" in taken.conflicts[0].reason
    strange = replace(content, codings=(replace(content.codings[0], code=uuid4()),))
    assert "code that this study does not have" in take(quick_away.team, strange).conflicts[0].reason


def test_a_code_that_was_retired_meanwhile_is_taken_with_its_version_and_listed(
    quick_team: Team, elsewhere: Engine
) -> None:
    away = go_away(quick_team, elsewhere)
    away.code("no time", "ECO-FUND")
    codebook_editing.retire_code(quick_team.engine, quick_team.lead, "ECO-FUND", reason="too wide")
    taken = take(quick_team, away.back())
    assert (taken.codings, taken.complete) == (1, True)
    assert [(n.title, n.codings) for n in taken.notes] == [("Report 1", 1)]
    assert "ECO-FUND was retired" in taken.notes[0].reason
    assert len(recoding.to_recode(quick_team.engine, quick_team.anna)) == 1


def test_codings_by_an_older_codebook_are_taken_with_it_and_listed(
    quick_team: Team, elsewhere: Engine
) -> None:
    away = go_away(quick_team, elsewhere)
    away.code("no time")
    codebook_editing.add_code(quick_team.engine, quick_team.lead, label="Queues", parent="ORG")
    taken = take(quick_team, away.back())
    assert taken.codings == 1 and "which is at 2 now" in taken.notes[0].reason


def test_a_coding_that_changed_here_and_there_stays_as_it_is_here(quick_away: Away) -> None:
    team = quick_away.team
    made = quick_away.code("no time")
    take(team, quick_away.back())
    team.act(team.anna, type="change", coding=made, code="PRO-ATT")
    quick_away.desk.act(quick_away.person, type="change", coding=made, code="ECO-FIN")
    taken = take(team, quick_away.back())
    assert "changed here and by its coder" in taken.conflicts[0].reason
    assert [c.code for c in team.seen(team.anna)] == ["PRO-ATT"]


def test_words_that_were_changed_here_stay_and_what_was_changed_here_is_not_retired(quick_away: Away) -> None:
    team, desk, anna = quick_away.team, quick_away.desk, quick_away.person
    made, other = quick_away.code("no time", memo="first"), quick_away.code("The GP")
    take(team, quick_away.back())
    team.act(team.anna, type="memo", coding=made, text="in the team")
    team.act(team.anna, type="change", coding=other, code="PRO-ATT")
    desk.act(anna, type="memo", coding=made, text="in the copy")
    desk.act(anna, type="retire", coding=other)
    taken = take(team, quick_away.back())
    assert [c.codings for c in taken.conflicts] == [1, 1]
    assert {(c.code, c.memo) for c in team.seen(team.anna)} == {("ECO-FUND", "in the team"), ("PRO-ATT", "")}


def test_words_that_stand_elsewhere_are_not_taken(quick_away: Away) -> None:
    quick_away.code("no time")
    content = quick_away.back()
    (part,) = content.codings
    for wrong in (
        replace(part, quote="yes time"),
        replace(part, end_char=10**6),
        replace(part, start_char=-1),
    ):
        taken = take(quick_away.team, replace(content, codings=(wrong,)))
        assert "do not stand at their place" in taken.conflicts[0].reason


# --- whose it is, and whether it belongs here -----------------------------------------------------------


def test_a_return_for_another_study_is_refused(
    quick_away: Away, tmp_path: Path, _migrated_file: Path
) -> None:
    shutil.copy(_migrated_file, tmp_path / "third.db")
    third = open_engine(f"sqlite:///{tmp_path / 'third.db'}")
    other = a_team(third)
    with pytest.raises(PackageRefused, match="'Region', which is not in this database"):
        take(other, quick_away.back())
    assert other.count(tables.coding) == 0
    third.dispose()
    with pytest.raises(PackageRefused, match="not of 'Other'"):
        packages.take_package(quick_away.team.engine, sent(quick_away.back()), person="Lena", study="Other")


def test_a_return_to_a_package_that_was_not_made_here_is_refused(quick_away: Away) -> None:
    quick_away.code("no time")
    content = quick_away.back()
    for wrong, words in (
        (replace(content, package=uuid4()), "not made from this study"),
        (replace(content, coder=Named(quick_away.team.bram.id, "Bram")), "not made from this study"),
        (replace(content, assignment_sha256="0" * 64), "changed on the way"),
    ):
        with pytest.raises(PackageRefused, match=words):
            take(quick_away.team, wrong)
    assert quick_away.team.count(tables.coding) == 0


def test_codings_are_taken_by_the_lead_or_their_coder(quick_away: Away) -> None:
    for person in ("Bram", "Somebody"):
        with pytest.raises(NotAllowed):
            take(quick_away.team, quick_away.back(), person)
    assert packages.may_take(quick_away.team.engine, quick_away.team.anna)
    assert not packages.may_take(quick_away.team.engine, quick_away.team.bram)


def test_a_file_cannot_touch_what_is_anothers(quick_away: Away) -> None:
    team = quick_away.team
    theirs = UUID(team.code(team.bram, "no time", memo="of Bram"))
    quick_away.code("The GP", memo="mine")
    content = quick_away.back()
    (part,) = content.codings
    taken = take(team, replace(content, codings=(replace(part, lineage=theirs),), retired=(theirs,)))
    assert (taken.codings, taken.retired) == (0, 0)
    with pytest.raises(PackageRefused):
        take(team, replace(content, codings=(replace(part, id=theirs),)))
    assert quotes(team, team.bram) == [("Bram", "no time", "ECO-FUND", None, "of Bram")]
    assert team.problems() == []


def test_an_assignment_cannot_touch_another_study_of_the_database(
    quick_team: Team, elsewhere: Engine
) -> None:
    own = a_team(elsewhere, "My own")
    made = packages.make_package(quick_team.engine, quick_team.lead, "Anna")
    (version,) = documents.list_documents(elsewhere, own.lead)
    stolen = replace(made, documents=tuple(replace(d, version=version.version_id) for d in made.documents))
    with pytest.raises(UnreadableFile, match="of another study"):
        packages.take_package(elsewhere, sent(stolen), person="Anna")
    assert [study.name for study in studies.studies_of(elsewhere)] == ["My own"]


def test_an_assignment_whose_parts_do_not_fit_is_refused_as_a_whole(
    quick_team: Team, elsewhere: Engine
) -> None:
    quick_team.open_round()
    made = packages.make_package(quick_team.engine, quick_team.lead, "Anna")
    (document,), (book,) = made.documents, made.codebooks
    assert made.round is not None
    code = book.codes[1]
    for wrong in (
        replace(made, documents=(replace(document, text=document.text + "!"),)),
        replace(made, documents=(replace(document, date="tomorrow"),)),
        replace(made, documents=(replace(document, source=uuid4()),)),
        replace(
            made, documents=(replace(document, sections=(replace(document.sections[0], end_char=10**6),)),)
        ),
        replace(made, codebooks=()),
        replace(made, codebooks=(replace(book, codes=(replace(code, parent=uuid4()),)),)),
        replace(made, codebooks=(replace(book, codes=(book.codes[0], book.codes[0])),)),
        replace(made, codebooks=(replace(book, codes=(replace(code, parent=code.id),)),)),
        replace(made, round=replace(made.round, documents=(uuid4(),))),
        replace(made, round=replace(made.round, codebook_version=uuid4())),
        replace(made, coder=Named(made.coder.id, " ")),
    ):
        with pytest.raises(PackageRefused, match="do not fit together"):
            packages.take_package(elsewhere, sent(wrong), person="Anna")
    assert studies.studies_of(elsewhere) == []


def test_a_coding_that_says_what_none_can_say_is_refused(quick_away: Away) -> None:
    quick_away.code("no time")
    content = quick_away.back()
    (part,) = content.codings
    for wrong in (
        replace(part, valence="splendid"),
        replace(part, detail=replace(part.detail, strength="mighty")),
        replace(part, detail=replace(part.detail, actor="x" * 300)),
    ):
        with pytest.raises(PackageRefused, match="no coding can say"):
            take(quick_away.team, replace(content, codings=(wrong,)))


# --- blindness ------------------------------------------------------------------------------------------


def told(team: Team, viewer: Member, folder: Path) -> dict[str, str]:
    look = Look(
        team.engine,
        viewer,
        studies.find_study(team.engine, "Region"),
        tuple(documents.list_documents(team.engine, team.lead)),
        "First round",
        folder,
    )
    return all_told(look, leave_out=WRITTEN_REPORTS)


@pytest.mark.parametrize("viewer", ["Bram", "Lena"])
def test_taking_a_file_tells_others_nothing_in_a_blind_round(
    quick_team: Team, elsewhere: Engine, tmp_path: Path, viewer: str
) -> None:
    quick_team.open_round(coders=("Anna", "Bram", "Lena"))
    away = go_away(quick_team, elsewhere)
    first = away.code("no time", memo="zebra memo")
    own = proposals.propose_code(away.engine, away.person, label="okapi code", parent="ORG")
    away.code("The GP", own.key)
    changed = away.code("money is there", "ECO-FIN")
    away.desk.act(away.person, type="change", coding=changed, code="ORG-IT")
    person = quick_team.lead if viewer == "Lena" else quick_team.bram
    before = told(quick_team, person, tmp_path)
    take(quick_team, away.back())
    away.desk.act(away.person, type="memo", coding=changed, text="lynx memo")
    away.desk.act(away.person, type="detail", coding=changed, timepoint="walrus")
    away.desk.act(away.person, type="retire", coding=first)
    away.finish()
    take(quick_team, away.back(), "Anna")
    after = told(quick_team, person, tmp_path)
    own_act = {"keeping.log_of", "overview.last_events"}  # that she took a file, she knows
    assert differing(before, after) == (own_act if person.is_lead else set())
    assert [line.action for line in keeping.log_of(quick_team.engine, person)][-1] == (
        "package.take" if person.is_lead else "package.make"
    )
    assert "coding.take" not in str(after) and "document.finish" not in str(after)
    assert words_in(after, ("zebra", "okapi", "lynx", "walrus")) == {}


def test_a_lead_who_codes_is_told_no_numbers_and_the_coder_is(quick_team: Team, elsewhere: Engine) -> None:
    quick_team.open_round(coders=("Anna", "Lena"))
    away = go_away(quick_team, elsewhere)
    away.code("no time")
    content = away.back()
    unknown = replace(
        content, codings=(*content.codings, replace(content.codings[0], id=uuid4(), code=uuid4()))
    )
    taken = take(quick_team, unknown)
    assert numbers(taken) == {} and taken.codings is None and taken.conflicts == taken.notes == ()
    assert taken.reason is not None and not taken.complete
    own = take(quick_team, unknown, "Anna")
    assert own.already_taken and own.duplicates == 1 and [c.codings for c in own.conflicts] == [1]


def test_a_copy_holds_nothing_of_others(quick_team: Team, elsewhere: Engine, tmp_path: Path) -> None:
    quick_team.code(quick_team.bram, "The GP", memo="zebra memo")
    quick_team.open_round()
    quick_team.code(quick_team.bram, "no time", memo="okapi memo")
    away = go_away(quick_team, elsewhere)
    shown = told(replace(quick_team, engine=elsewhere, lead=away.person), away.person, tmp_path)
    assert words_in(shown, ("zebra", "okapi", "Bram", "Lena")) == {}
    with elsewhere.connect() as connection:
        for table in (tables.coding, tables.memo, tables.finding):
            assert connection.execute(sa.select(sa.func.count()).select_from(table)).scalar_one() == 0
        assert connection.execute(sa.select(tables.member.c.name)).scalars().all() == ["Anna"]


def test_the_log_holds_no_words_of_what_came_in(quick_away: Away) -> None:
    quick_away.code("no time", memo="zebra memo")
    take(quick_away.team, quick_away.back())
    with quick_away.team.engine.connect() as connection:
        spelled = str(connection.execute(sa.select(tables.event)).all())
    assert "zebra" not in spelled and "no time" not in spelled and "coding.take" in spelled


def test_a_package_has_the_same_hash_however_often_it_is_spelled(quick_away: Away) -> None:
    content = quick_away.back()
    assert asdict(sent(content).content) == asdict(content)
    assert sent(content).sha256 == sha256_of(quick_away.back())
    assert coding.codings_of(quick_away.engine, quick_away.person) == []
