"""Changes of a codebook: each gives a next version that is a tree, keeps the codes, and can be told."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from codebook.errors import CodebookError, UnknownCode
from codebook.exchange import load_scheme
from codebook.hierarchy import (
    add_code,
    check_hierarchy,
    children,
    descendants,
    edit_code,
    merge_codes,
    move_code,
    rename_code,
    resolve_key,
    restore_version,
    retire_code,
    rolled_up,
    split_code,
)
from codebook.models import Code, Codebook
from codebook.revisions import Kind, asks_to_recode, what_changed

SCHEME = load_scheme("grol-wensing")


def keys(codes: tuple[Code, ...]) -> list[str]:
    return [code.key for code in codes]


def below(codebook: Codebook, key: str | None) -> list[str]:
    return keys(children(codebook, key))


def told(earlier: Codebook, later: Codebook, **known: object) -> list[str]:
    return [change.sentence for change in what_changed(earlier, later, **known)]  # type: ignore[arg-type]


# --- moving -----------------------------------------------------------------------------------------


def test_moved_code_takes_along_what_stands_under_it() -> None:
    moved = move_code(SCHEME, "SOC", parent="ECO")
    assert below(moved, "ECO")[-1] == "SOC"
    assert below(moved, "SOC") == below(SCHEME, "SOC")
    assert resolve_key(moved, "SOC-CULT").id == resolve_key(SCHEME, "SOC-CULT").id
    assert keys(moved.codes).index("SOC-LEAD") == keys(moved.codes).index("IMP") - 1


def test_code_moves_before_a_neighbour() -> None:
    moved = move_code(SCHEME, "SOC-LEAD", parent="SOC", before="SOC-OPIN")
    assert below(moved, "SOC") == ["SOC-LEAD", "SOC-OPIN", "SOC-CULT", "SOC-COLL"]
    assert below(move_code(SCHEME, "IMP", parent=None, before="INN"), None)[:2] == ["IMP", "INN"]


@pytest.mark.parametrize(
    ("key", "where", "message"),
    [
        ("SOC", {"parent": "SOC"}, "cannot stand under"),
        ("SOC", {"parent": "SOC-CULT"}, "cannot stand under"),
        ("SOC-CULT", {"parent": "ECO", "before": "SOC-OPIN"}, "does not stand under"),
        ("SOC-LEAD", {"parent": "SOC"}, "stands there already"),
        ("SOC-LEAD", {"parent": "NO"}, "not in the codebook"),
    ],
)
def test_move_that_makes_no_sense_is_refused(key: str, where: dict[str, str], message: str) -> None:
    with pytest.raises(CodebookError, match=message):
        move_code(SCHEME, key, **where)  # type: ignore[arg-type]


# --- describing, merging, splitting, retiring ---------------------------------------------------------


def test_edited_code_keeps_what_was_not_given() -> None:
    before = resolve_key(SCHEME, "ECO-FUND")
    edited = edit_code(
        SCHEME,
        "ECO-FUND",
        label={"fr": "", "de": "Finanzierung"},
        terms={"en": ["grant", " pilot ", "grant"]},
        colour="#0B625E",
        include="grants",
    )
    after = resolve_key(edited, "ECO-FUND")
    assert (after.id, after.definition, after.include) == (before.id, before.definition, "grants")
    assert set(after.label) == {"en", "nl", "de"}
    assert after.terms == {"en": ("grant", "pilot")}


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"colour": "red"}, "no colour"),
        ({"label": {"en": "", "nl": " ", "fr": ""}}, "no label"),
        ({"include": ""}, "described so already"),
    ],
)
def test_description_that_does_not_fit_is_refused(change: dict[str, object], message: str) -> None:
    with pytest.raises(CodebookError, match=message):
        edit_code(SCHEME, "SOC", **change)  # type: ignore[arg-type]


def test_merged_code_hands_on_what_stood_under_it_its_terms_and_its_group() -> None:
    book = edit_code(SCHEME, "ORG", terms={"en": ["team"]})
    merged = merge_codes(book, "ORG", into="ECO")
    assert "ORG" not in keys(merged.codes)
    assert below(merged, "ECO") == below(SCHEME, "ECO") + below(SCHEME, "ORG")
    assert resolve_key(merged, "ECO").terms == {"en": ("team",)}
    assert merged.rollups["aalst"]["econ_admin_org"] == ("ECO",)


def test_merging_across_groups_keeps_the_group_of_the_code_that_stays() -> None:
    merged = merge_codes(SCHEME, "PAT", into="PRO")
    assert merged.rollups["aalst"]["professionals"] == ("PRO",)
    assert merged.rollups["aalst"]["patients"] == ()


@pytest.mark.parametrize("into", ["SOC", "SOC-CULT"])
def test_code_does_not_go_into_itself_or_below(into: str) -> None:
    with pytest.raises(CodebookError, match="cannot go into"):
        merge_codes(SCHEME, "SOC", into=into)


def test_code_that_was_split_off_stands_next_to_the_old_one() -> None:
    split = split_code(SCHEME, "ECO-FIN", new_key="ECO-FEE", label={"en": "Fees"}, definition="Per act")
    assert below(split, "ECO")[:2] == ["ECO-FIN", "ECO-FEE"]
    assert split.version == SCHEME.version + 1
    level = split_code(SCHEME, "SOC", new_key="TEAM", label={"en": "Team"})
    assert below(level, None)[3:5] == ["SOC", "TEAM"]
    assert level.rollups["aalst"]["social"] == ("SOC", "TEAM")


def test_code_with_others_under_it_and_the_last_one_are_not_retired() -> None:
    with pytest.raises(CodebookError, match="4 codes under it"):
        retire_code(SCHEME, "SOC")
    with pytest.raises(CodebookError, match="only one"):
        retire_code(Codebook("b", 1, SCHEME.codes[:1]), "INN")
    assert "SOC-CULT" not in keys(retire_code(SCHEME, "SOC-CULT").codes)


def test_roll_ups_forget_a_retired_code() -> None:
    book = replace(SCHEME, rollups={"two": {"a": ("SOC-CULT", "PRO"), "b": ("PAT",)}})
    assert retire_code(book, "SOC-CULT").rollups == {"two": {"a": ("PRO",), "b": ("PAT",)}}


def test_earlier_version_comes_back_as_the_next_one() -> None:
    changed = retire_code(merge_codes(SCHEME, "ORG", into="ECO"), "INN-ACC")
    restored = restore_version(changed, SCHEME)
    assert restored == replace(SCHEME, version=changed.version + 1)
    with pytest.raises(CodebookError, match="says now what it said in version 1"):
        restore_version(restored, SCHEME)


# --- any sequence of changes --------------------------------------------------------------------------

some_key = st.integers(0, 60)


def pick(codebook: Codebook, number: int) -> str:
    return codebook.codes[number % len(codebook.codes)].key


def _move(book: Codebook, one: int, other: int) -> Codebook:
    return move_code(book, pick(book, one), parent=None if other % 5 == 0 else pick(book, other))


def _reorder(book: Codebook, one: int, other: int) -> Codebook:
    code = resolve_key(book, pick(book, one))
    neighbours = children(book, code.parent)
    before = neighbours[other % len(neighbours)].key
    return move_code(book, code.key, parent=code.parent, before=None if before == code.key else before)


CHANGES: tuple[Callable[[Codebook, int, int], Codebook], ...] = (
    _move,
    _reorder,
    lambda book, one, other: merge_codes(book, pick(book, one), into=pick(book, other)),
    lambda book, one, other: split_code(
        book, pick(book, one), new_key=f"N{book.version}", label={"en": f"New {other}"}
    ),
    lambda book, one, _: retire_code(book, pick(book, one)),
    lambda book, one, other: edit_code(book, pick(book, one), definition=f"Definition {other}"),
    lambda book, one, other: rename_code(book, pick(book, one), new_key=f"K{book.version}-{other}"),
    lambda book, one, _: add_code(
        book, key=f"A{book.version}", label={"en": "Added"}, parent=pick(book, one)
    ),
)


@given(st.lists(st.tuples(st.sampled_from(CHANGES), some_key, some_key), max_size=12))
def test_any_changes_leave_a_tree_and_lose_nothing_but_what_was_retired_or_merged(
    steps: list[tuple[Callable[[Codebook, int, int], Codebook], int, int]],
) -> None:
    book = SCHEME
    for change, one, other in steps:
        try:
            after = change(book, one, other)
        except CodebookError:
            continue
        check_hierarchy(after)
        assert after.version == book.version + 1
        gone = {code.id for code in book.codes} - {code.id for code in after.codes}
        assert len(gone) <= 1
        changes = what_changed(book, after)
        assert changes, "a next version says what is new in it"
        assert {c.code.id for c in changes if c.kind is Kind.RETIRED and c.code} == gone
        named = {k for groups in after.rollups.values() for group in groups.values() for k in group}
        assert named <= set(keys(after.codes))
        # Depth first: what stands under a code follows it at once.
        for code in after.codes:
            place = keys(after.codes).index(code.key)
            family = descendants(after, code.key)
            assert keys(family) == keys(after.codes[place + 1 : place + 1 + len(family)])
        book = after
    counts = {code.key: n for n, code in enumerate(book.codes)}
    assert sum(rolled_up(book, counts, "aalst").values()) == sum(counts.values())


# --- telling what changed -----------------------------------------------------------------------------


def test_equal_versions_differ_in_nothing() -> None:
    assert what_changed(SCHEME, replace(SCHEME, version=5)) == ()


def test_changes_are_told_in_sentences() -> None:
    assert told(SCHEME, move_code(SCHEME, "INN-ACC", parent="ORG")) == [
        "INN-ACC Accessibility moved from INN to ORG."
    ]
    assert told(SCHEME, rename_code(SCHEME, "SOC", label={"en": "People around"})) == [
        "SOC is now called 'People around' (en), before 'Social context'."
    ]
    assert told(SCHEME, edit_code(SCHEME, "SOC", label={"de": "Umfeld"}, definition="x")) == [
        "SOC is called 'Umfeld' in de.",
        "SOC Social context: the definition was written.",
    ]
    assert told(SCHEME, retire_code(SCHEME, "SOC-CULT")) == [
        f"SOC-CULT {resolve_key(SCHEME, 'SOC-CULT').name()} was retired."
    ]


def test_only_the_code_that_passed_its_neighbours_is_named() -> None:
    moved = move_code(SCHEME, "INN", parent=None, before="IMP")
    assert told(SCHEME, moved) == ["INN Innovation / programme stands at another place among its neighbours."]


def test_code_under_a_renamed_one_did_not_move() -> None:
    changes = what_changed(SCHEME, rename_code(SCHEME, "SOC", new_key="PEOPLE"))
    assert [change.kind for change in changes] == [Kind.RENAMED, Kind.ROLLUPS]


def test_merging_and_splitting_are_told_as_such_by_who_knows() -> None:
    old, into = (resolve_key(SCHEME, key) for key in ("ECO-FIN", "ECO-FUND"))
    merged = merge_codes(SCHEME, "ECO-FIN", into="ECO-FUND")
    (change,) = what_changed(SCHEME, merged, merged={old.id: into.id})
    assert re.search("ECO-FIN .* was merged into ECO-FUND", change.sentence)
    split = split_code(SCHEME, "ECO-FIN", new_key="ECO-FEE", label={"en": "Fees"})
    new = resolve_key(split, "ECO-FEE")
    changes = what_changed(SCHEME, split, split={new.id: old.id})
    assert changes[0].sentence == f"ECO-FEE Fees was split off ECO-FIN {old.name()}."
    assert set(asks_to_recode(changes, split={new.id: old.id})) == {old.id}


def test_another_definition_asks_for_a_second_look_and_another_name_does_not() -> None:
    asked = asks_to_recode(what_changed(SCHEME, edit_code(SCHEME, "SOC-CULT", exclude="nothing")))
    assert set(asked) == {resolve_key(SCHEME, "SOC-CULT").id}
    assert asks_to_recode(what_changed(SCHEME, rename_code(SCHEME, "SOC", label={"en": "S"}))) == {}


def test_translation_asks_nobody_and_another_translation_does() -> None:
    key = "SOC-CULT"
    told = edit_code(SCHEME, key, definition={"nl": "Gedeelde normen"})
    (change,) = what_changed(SCHEME, told)
    assert (change.kind, change.sentence) == (
        "translation",
        "SOC-CULT Culture of the network: the definition (nl) was written.",
    )
    assert asks_to_recode((change,)) == {}
    assert set(asks_to_recode(what_changed(told, edit_code(told, key, definition={"nl": "Normen"})))) == {
        resolve_key(SCHEME, key).id
    }


def test_texts_stay_in_their_language_when_the_first_language_is_another_one() -> None:
    dutch = replace(SCHEME, codes=(replace(SCHEME.codes[0], label={"nl": "Geld"}, definition="Wat"),))
    both = edit_code(dutch, "INN", label={"en": "Money"}, definition={"en": "What"})
    (code,) = both.codes
    assert (code.definition, code.in_languages("definition")) == ("What", {"en": "What", "nl": "Wat"})
    (named,) = rename_code(dutch, "INN", label={"en": "Money"}).codes
    assert (named.definition, named.said("definition", "en")) == ("", "Wat")


# --- roll-ups -----------------------------------------------------------------------------------------


def test_roll_up_counts_each_coding_once_with_exceptions_for_single_themes() -> None:
    counts = {"INN": 1, "INN-ADV": 2, "IMP-FACIL": 4, "ORG-IT": 8, "ECO-FIN": 16, "GONE": 32}
    usual = rolled_up(SCHEME, counts, "aalst")
    assert list(usual) == [*SCHEME.rollups["aalst"], None]
    assert (usual["programme"], usual["method"], usual["econ_admin_org"], usual[None]) == (3, 4, 24, 32)
    otherwise = rolled_up(SCHEME, counts, "aalst", exceptions={"IMP-FACIL": "programme"})
    assert (otherwise["programme"], otherwise["method"]) == (7, 0)


def test_unknown_roll_up_group_or_code_is_told() -> None:
    with pytest.raises(CodebookError, match="Available: aalst"):
        rolled_up(SCHEME, {}, "ghent")
    with pytest.raises(CodebookError, match="no group 'money'"):
        rolled_up(SCHEME, {}, "aalst", exceptions={"INN": "money"})
    with pytest.raises(UnknownCode):
        rolled_up(SCHEME, {}, "aalst", exceptions={"NO": "social"})


def test_of_two_neighbours_that_changed_places_the_moved_one_is_named() -> None:
    for key, before in (("PRO", "INN"), ("INN", "PAT")):
        moved = move_code(SCHEME, key, parent=None, before=before)
        (change,) = what_changed(SCHEME, moved, moved={resolve_key(SCHEME, key).id})
        assert change.code is not None
        assert change.code.key == key


def test_code_that_was_there_before_is_told_as_back() -> None:
    without = retire_code(SCHEME, "ECO-FIN")
    again = restore_version(without, SCHEME)
    known = [code.id for code in SCHEME.codes]
    (change,) = what_changed(without, again, known=known)
    assert re.fullmatch("ECO-FIN .* is back under ECO.", change.sentence)
