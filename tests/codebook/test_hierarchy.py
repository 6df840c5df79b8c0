from uuid import uuid4

import pytest

from codebook.errors import CodebookError, UnknownCode
from codebook.exchange import load_scheme
from codebook.hierarchy import (
    add_code,
    ancestors,
    check_hierarchy,
    children,
    descendants,
    level_of,
    next_key,
    rename_code,
    resolve,
)
from codebook.models import Code, Codebook


@pytest.fixture
def codebook():
    return load_scheme("grol-wensing")


def keys(codes):
    return [code.key for code in codes]


def a_code(key, parent=None):
    return Code(uuid4(), key, {"en": key}, parent)


def test_the_tree_is_walked_in_reading_order(codebook):
    assert keys(children(codebook, None)) == ["INN", "PRO", "PAT", "SOC", "ORG", "ECO", "IMP"]
    assert keys(children(codebook, "SOC")) == ["SOC-OPIN", "SOC-CULT", "SOC-COLL", "SOC-LEAD"]
    assert keys(descendants(codebook, "SOC")) == keys(children(codebook, "SOC"))
    assert keys(ancestors(codebook, "SOC-CULT")) == ["SOC"]
    assert level_of(codebook, "SOC-CULT").key == level_of(codebook, "SOC").key == "SOC"


def test_codes_are_found_by_key_and_by_label_in_any_language(codebook):
    for name in ("ECO-FUND", "eco-fund", "Funding and sustainability", "financement et perennite"):
        assert resolve(codebook, name).key == "ECO-FUND"


def test_an_unknown_code_names_the_nearest():
    book = Codebook("b", 1, (Code(uuid4(), "BAR", {"en": "Barrier"}),))
    with pytest.raises(UnknownCode) as refusal:
        resolve(book, "Barier")
    assert str(refusal.value) == (
        "code 'Barier' is not in the codebook; nearest is 'Barrier'. Rename it or add it to the codebook."
    )


def test_a_label_of_several_codes_asks_for_the_key(codebook):
    with pytest.raises(UnknownCode, match=r"PAT-SKILL.*PAT-SKILL2"):
        resolve(add_code(codebook, key="PAT-SKILL2", label={"en": "Skills"}, parent="PAT"), "skills")


def test_a_new_code_stands_last_under_its_parent_in_a_new_version(codebook):
    changed = add_code(codebook, key="SOC-TRUST", label={"en": "Trust"}, parent="SOC", definition="Trust")
    assert changed.version == codebook.version + 1
    assert keys(children(changed, "SOC"))[-1] == "SOC-TRUST"
    assert changed.codes[keys(changed.codes).index("ORG") - 1].key == "SOC-TRUST"
    assert len(codebook.codes) == 43


def test_a_new_level_stands_last(codebook):
    assert add_code(codebook, key="NEW", label={"en": "Outside the framework"}).codes[-1].parent is None


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"key": "eco-fund"}, "already in"),
        ({"key": "two words"}, "without blanks"),
        ({"key": ""}, "without blanks"),
        ({"label": {}}, "has no label"),
        ({"label": {"en": " "}}, "has no label"),
        ({"parent": "SOK"}, "nearest is 'SOC'"),
        ({"parent": "SOC-NEW"}, "not in the codebook"),
    ],
)
def test_a_code_that_does_not_fit_is_refused(codebook, changes, message):
    with pytest.raises(CodebookError, match=message):
        add_code(codebook, **{"key": "SOC-NEW", "label": {"en": "New"}, "parent": "SOC"} | changes)


def test_renaming_keeps_the_identity_and_the_other_languages(codebook):
    changed = rename_code(codebook, "SOC", label={"en": "People around"}, new_key="PEOPLE")
    before, after = resolve(codebook, "SOC"), resolve(changed, "PEOPLE")
    assert after.id == before.id
    assert after.label == {**before.label, "en": "People around"}
    assert keys(children(changed, "PEOPLE")) == keys(children(codebook, "SOC"))
    assert changed.rollups["aalst"]["social"] == ("PEOPLE",)
    assert changed.version == codebook.version + 1


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"new_key": "ECO"}, "already in"),
        ({"label": {"en": ""}}, "has no label"),
        ({"label": {"en": "Social context"}}, "already called so"),
    ],
)
def test_a_renaming_that_does_not_fit_is_refused(codebook, change, message):
    with pytest.raises(CodebookError, match=message):
        rename_code(codebook, "SOC", **change)


@pytest.mark.parametrize(
    ("codes", "message"),
    [
        ([a_code("A"), a_code("A")], "occurs twice"),
        ([a_code("A", "B"), a_code("B", "A")], "stands above itself"),
        ([a_code("A", "A")], "stands above itself"),
        ([a_code("A", "Z")], "parent 'Z' is not in the codebook"),
        ([a_code("B", "A"), a_code("A")], "stands before its parent"),
    ],
)
def test_what_is_no_tree_is_refused(codes, message):
    with pytest.raises(CodebookError, match=message):
        check_hierarchy(Codebook("b", 1, tuple(codes)))


def test_proposed_keys_are_short_and_free(codebook):
    assert next_key(codebook, "ORG", "Rôle du secrétariat") == "ORG-SECRE"
    assert next_key(codebook, None, "Outside") == "OUTSI"
    assert next_key(codebook, "SOC", "lead") == "SOC-LEAD2"
    assert next_key(codebook, "SOC", "信任") == "SOC-CODE"
