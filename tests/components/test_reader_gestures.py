"""Each gesture of the coding screen, by keys and by mouse, in a real Chromium."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, WebSocketRoute

from tests.components.screen import PARAGRAPHS, TEXT, Screen

pytestmark = pytest.mark.browser


def code_a_sentence(screen: Screen, typed: str = "fund") -> dict[str, Any]:
    """Code the first sentence of the second paragraph; what is stored of it."""
    screen.press("j", "j")
    screen.code(typed)
    screen.until_stored()
    [coding] = screen.stored()
    return coding


# --- keys --------------------------------------------------------------------------------------------


def test_keys_walk_by_sentence_paragraph_and_turn_and_grow_and_shrink_the_selection(screen: Screen) -> None:
    screen.press("j", "j")
    assert screen.words() == "First sentence here."
    screen.press("d")
    assert screen.words() == PARAGRAPHS[1]
    screen.press("d", "u")
    assert screen.words() == PARAGRAPHS[1]
    screen.press("D")
    assert screen.words() == "\n".join(PARAGRAPHS[1:3])
    screen.press("U")
    assert screen.words() == PARAGRAPHS[1]
    screen.press("l")
    assert screen.words() == PARAGRAPHS[2]
    screen.press("h", "k")
    assert screen.words() == PARAGRAPHS[0]


def test_undo_and_redo_reach_behind_a_reload(screen: Screen) -> None:
    code_a_sentence(screen)
    screen.press("+")
    screen.until_stored()
    screen.open()
    screen.press("Control+z", "Control+z")
    screen.until_stored()
    assert screen.stored() == []
    screen.open()
    screen.press("Control+Shift+Z", "Control+y")
    screen.until_stored()
    assert [coding["valence"] for coding in screen.stored()] == ["facilitator"]
    assert screen.data("codings") == "1"
    screen.press("Control+z", "j", "k")
    assert screen.page.locator("[data-state=refused]").count() == 0


def test_next_coding_next_paragraph_without_one_and_repeat(screen: Screen) -> None:
    code_a_sentence(screen)
    screen.press("g")
    assert screen.words() == PARAGRAPHS[2]
    screen.press(".", "g", "1")
    screen.until_stored()
    assert [quote in PARAGRAPHS[2:4] for quote in screen.quotes()] == [False, True, True]
    screen.press("G")
    assert screen.words() == PARAGRAPHS[0]
    chosen = []
    for key in ("n", "n", "n", "p"):
        screen.press(key)
        chosen.append(screen.data("selected"))
    assert chosen[1] == chosen[3] != chosen[0]


def test_search_marks_counts_and_selects_what_it_finds(screen: Screen) -> None:
    screen.press("/")
    screen.page.keyboard.type("CAFE")
    assert screen.page.locator(".tp-found").inner_text() == "1 of 1"
    screen.page.keyboard.press("Control+a")
    screen.page.keyboard.type("chronic care")
    assert screen.page.locator(".tp-found").inner_text() == "1 of 60"
    screen.press("Enter", "Enter", "Shift+Enter")
    assert screen.page.locator(".tp-found").inner_text() == "2 of 60"
    screen.page.locator(".tp-scroller").focus()
    screen.press("s")
    assert screen.words() == "chronic care"
    first = screen.span()
    screen.press("s", "S")
    assert screen.span() == first
    screen.code("fund")
    screen.until_stored()
    assert screen.quotes() == ["chronic care"]


def test_palette_finds_codes_by_synonym_and_definition(screen: Screen) -> None:
    screen.press("j")
    screen.code("geld-")
    screen.press("j")
    screen.code("means for")
    screen.until_stored()
    assert [(coding["code"], coding["valence"]) for coding in screen.stored()] == [
        ("ECO-FUND", "barrier"),
        ("ECO-FUND", None),
    ]


def test_ends_of_a_coding_fit_the_selected_words_by_key(screen: Screen) -> None:
    before = code_a_sentence(screen)
    screen.press("Escape", "x", "J", "x")
    screen.until_stored()
    [coding] = screen.stored()
    assert coding["start"] == before["start"]
    assert screen.quotes() == ["First sentence here. Second sentence there."]


def test_attributes_are_said_in_the_side_panel(screen: Screen) -> None:
    code_a_sentence(screen)
    screen.press("e")
    screen.page.locator("[data-part=wished]").click()
    screen.page.locator("[data-part=unsure]").click()
    screen.page.locator("[data-part=actor]").fill("a nurse")
    screen.press("Enter")
    screen.until_stored()
    assert [coding["detail"] for coding in screen.stored()] == [[None, "wished", "a nurse", "", "unsure"]]
    screen.press("j")
    assert screen.words() == "First sentence here."
    screen.press("Control+z")
    screen.until_stored()
    assert screen.stored()[0]["detail"][2] == ""


def test_one_key_asks_for_the_next_document_after_everything_is_stored(
    closed_screen: Screen, folder: Path
) -> None:
    screen = closed_screen
    (folder / "turns.txt").unlink(missing_ok=True)
    screen.open("slow=0.5")
    screen.press("j")
    screen.code("fund")
    screen.press("o")
    screen.until_stored()
    screen.page.wait_for_timeout(1500)
    assert (folder / "turns.txt").read_text(encoding="utf-8") == "next\n"
    assert len(screen.stored()) == 1
    screen.press("a")
    assert screen.page.get_by_text("There is no other document that you have not read").count() == 1


def test_sheet_of_keys_opens_and_closes_with_the_question_mark(screen: Screen) -> None:
    screen.press("?")
    sheet = screen.page.get_by_role("dialog", name="Keys")
    assert sheet.is_visible()
    screen.press("?")
    assert not sheet.is_visible()
    screen.press("j")
    assert screen.words() == PARAGRAPHS[0]


# --- mouse -------------------------------------------------------------------------------------------


def test_words_selected_first_take_the_code_that_is_clicked(screen: Screen) -> None:
    screen.drag(1, 0, 14)
    screen.page.get_by_role("treeitem", name="Leadership").click()
    screen.until_stored()
    assert [(c["code"], q) for c, q in zip(screen.stored(), screen.quotes(), strict=True)] == [
        ("SOC-LEAD", "First sentence")
    ]


def test_ends_of_the_selected_coding_are_dragged(screen: Screen) -> None:
    code_a_sentence(screen)
    screen.page.locator(".tp-label").click()
    for side, words in (("end", "First sentence here. Second"), ("start", "sentence here. Second")):
        drag_handle(screen, side, TEXT.index("Second") + 6 if side == "end" else TEXT.index("sentence"))
        screen.until_stored()
        assert screen.quotes() == [words]
    screen.page.locator(".tp-scroller").focus()
    screen.press("Control+z", "Control+z")
    screen.until_stored()
    assert screen.quotes() == ["First sentence here."]


def drag_handle(screen: Screen, side: str, place: int) -> None:
    """Take the knob at an end of the selected coding to a code point of the second paragraph."""
    handle = screen.page.locator(f".tp-handle-{side}").bounding_box()
    assert handle is not None
    to_x, to_y = screen.page.evaluate(
        """(offset) => {
          const node = document.querySelectorAll(".tp-words")[1].firstChild;
          const range = document.createRange();
          range.setStart(node, offset);
          range.setEnd(node, offset);
          const { x, y, height } = range.getBoundingClientRect();
          return [x, y + height / 2];
        }""",
        place - len(PARAGRAPHS[0]) - 1,
    )
    knob = handle["y"] + handle["height"] + 5 if side == "end" else handle["y"] - 5
    screen.page.mouse.move(handle["x"], knob)
    screen.page.mouse.down()
    screen.page.mouse.move(to_x - 3, to_y, steps=4)
    screen.page.mouse.move(to_x, to_y, steps=2)
    screen.page.mouse.up()


def take_end(screen: Screen) -> tuple[float, float]:
    """Press the knob at the end of the selected coding; the place of its line."""
    handle = screen.page.locator(".tp-handle-end").bounding_box()
    assert handle is not None
    screen.page.mouse.move(handle["x"], handle["y"] + handle["height"] + 5)
    screen.page.mouse.down()
    return handle["x"], handle["y"] + handle["height"] / 2


def test_end_that_is_dragged_beside_a_line_reaches_its_end_and_escape_leaves_all_as_it_was(
    screen: Screen,
) -> None:
    code_a_sentence(screen)
    screen.page.locator(".tp-label").click()
    x, y = take_end(screen)
    screen.page.mouse.move(x + 90, y, steps=4)
    screen.press("Escape")
    screen.page.mouse.move(x + 120, y, steps=2)
    screen.page.mouse.up()
    assert screen.quotes() == ["First sentence here."]
    assert screen.page.locator(".tp-handle-end").count() == 1
    take_end(screen)
    words = screen.page.locator(".tp-words").nth(1).bounding_box()
    assert words is not None
    screen.page.mouse.move(words["x"] + words["width"] + 60, words["y"] + words["height"] - 8, steps=6)
    screen.page.mouse.up()
    screen.until_stored()
    assert screen.quotes() == [PARAGRAPHS[1]]


def test_text_moves_on_under_an_end_that_is_dragged_to_the_edge(screen: Screen) -> None:
    code_a_sentence(screen)
    screen.page.locator(".tp-label").click()
    x, _ = take_end(screen)
    text = screen.page.locator(".tp-scroller").bounding_box()
    assert text is not None
    screen.page.mouse.move(x, text["y"] + text["height"] - 4, steps=6)
    screen.until("document.querySelector('.tp-scroller').scrollTop > 400")
    screen.page.mouse.up()
    screen.until_stored()
    [quote] = screen.quotes()
    assert "Paragraph 9 speaks" in quote


def test_side_panel_recodes_sets_valence_copies_and_retires(page: Page, screen: Screen) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    code_a_sentence(screen)
    page.locator(".tp-bar").click()
    page.locator(".tp-inspector").get_by_role("radio", name="barrier").click()
    page.get_by_role("button", name="Change code").click()
    page.locator("[data-code=SOC-LEAD]").last.click()
    page.get_by_role("button", name="Copy quote").click()
    screen.until_stored()
    assert [(c["code"], c["valence"]) for c in screen.stored()] == [("SOC-LEAD", "barrier")]
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == "“First sentence here.” (A text, characters 30–50) [SOC-LEAD −]"
    page.get_by_role("button", name="Retire").click()
    screen.until_stored()
    assert screen.stored() == []


def test_filters_hide_codings_and_are_remembered_with_the_place(screen: Screen) -> None:
    code_a_sentence(screen, "fund -")
    screen.press("j")
    screen.code("lead +")
    screen.until_stored()
    screen.press("i")
    screen.page.get_by_role("dialog", name="Filter").get_by_text("Economy").click()
    screen.press("Escape")
    assert screen.page.locator(".tp-bar").count() == 1
    assert screen.page.get_by_role("button", name="1 of 2 codings · show all").is_visible()
    screen.page.evaluate("() => { document.querySelector('.tp-scroller').scrollTop = 700 }")
    screen.page.wait_for_timeout(300)
    screen.open()
    assert screen.page.evaluate("document.querySelector('.tp-scroller').scrollTop") > 500
    screen.page.get_by_role("button", name="1 of 2 codings · show all").click()
    screen.page.evaluate("() => { document.querySelector('.tp-scroller').scrollTop = 0 }")
    screen.until("document.querySelectorAll('.tp-bar').length === 2")


def test_pointing_at_a_stripe_singles_it_out(screen: Screen) -> None:
    code_a_sentence(screen)
    screen.press("J")
    screen.code("lead")
    screen.until_stored()
    screen.page.locator(".tp-label").first.hover()
    assert screen.page.locator(".tp-body[data-isolating]").count() == 1
    assert screen.page.locator(".tp-label[data-strong]").count() >= 1
    screen.page.locator(".tp-title").hover()
    assert screen.page.locator(".tp-body[data-isolating]").count() == 0


def test_codings_that_found_no_lane_are_counted_in_each_paragraph(
    closed_screen: Screen, folder: Path
) -> None:
    first, last = len(PARAGRAPHS[0]) + 1, TEXT.index(PARAGRAPHS[4])
    blank = {"code": "ECO-FUND", "valence": None, "memo": "", "detail": None}
    codings = {f"coding-{n}": {"start": first + n, "end": last - 1, **blank} for n in range(11)}
    state = {"codings": codings, "operations": [], "before": [], "after": []}
    (folder / f"{closed_screen.store}.json").write_text(json.dumps(state), encoding="utf-8")
    closed_screen.open()
    row = closed_screen.page.locator(".tp-row").nth(2)
    assert row.locator(".tp-bar").count() == 8
    assert row.locator(".tp-more").text_content() == "+3"
    row.locator(".tp-more").click()
    assert closed_screen.data("selected").startswith("coding-")
    assert closed_screen.page.locator(".tp-inspector").get_by_text("Funding").count() == 11


def test_enlarged_to_200_percent_nothing_is_lost(screen: Screen) -> None:
    code_a_sentence(screen, "fund -")
    screen.page.set_viewport_size({"width": 720, "height": 450})
    for part in (".tp-search", ".tp-strip", ".tp-inspector", ".tp-title"):
        assert screen.page.locator(part).is_visible()
    assert screen.page.locator(".tp-label-sign").is_visible()
    codes = screen.page.get_by_role("button", name="Codes")
    screen.until("document.querySelector('.tp-side').offsetWidth === 0")
    codes.click()
    screen.page.get_by_role("treeitem", name="Leadership").click()
    codes.click()
    assert not screen.page.locator(".tp-side").is_visible()
    assert screen.page.evaluate("document.querySelector('.tp-reader').scrollWidth") <= 720
    screen.page.set_viewport_size({"width": 1440, "height": 900})
    screen.until("document.querySelector('.tp-side').offsetWidth > 0")


def test_letters_grow_and_shrink_and_a_click_on_the_strip_leads_there(screen: Screen) -> None:
    size = "getComputedStyle(document.querySelector('.tp-words')).fontSize"
    screen.page.get_by_role("button", name="Larger letters").click()
    assert screen.page.evaluate(size) == "19px"
    screen.open()
    assert screen.page.evaluate(size) == "19px"
    screen.page.get_by_role("button", name="Smaller letters").click()
    assert screen.page.evaluate(size) == "17px"
    strip = screen.page.locator(".tp-strip").bounding_box()
    assert strip is not None
    screen.page.mouse.click(strip["x"] + 7, strip["y"] + strip["height"] * 0.9)
    assert screen.page.evaluate("document.querySelector('.tp-scroller').scrollTop") > 700


# --- nothing is lost, nothing is executed ------------------------------------------------------------


def test_five_hundred_codings_in_a_burst_are_stored_once_each(screen: Screen) -> None:
    screen.press("j")
    screen.code("fund")
    screen.until_stored()
    screen.page.evaluate(
        """async () => {
          const scroller = document.querySelector(".tp-scroller");
          const lines = [...document.querySelectorAll(".tp-words")].slice(8, 58);
          for (let round = 0; round < 10; round += 1) {
            for (const line of lines) {
              getSelection().setBaseAndExtent(line.firstChild, round, line.firstChild, 20 + round);
              const key = { key: "1", code: "Digit1", bubbles: true };
              scroller.dispatchEvent(new KeyboardEvent("keydown", key));
            }
            await new Promise((resolve) => setTimeout(resolve, 30));
          }
        }"""
    )
    screen.until_stored()
    places = [(coding["start"], coding["end"]) for coding in screen.stored()]
    assert len(places) == 501
    assert len(set(places)) == 501


def test_connection_that_is_cut_loses_nothing(closed_screen: Screen) -> None:
    screen = closed_screen
    lines: list[WebSocketRoute] = []

    def pass_through(route: WebSocketRoute) -> None:
        route.connect_to_server()
        lines.append(route)

    screen.page.route_web_socket("**/_stcore/stream", pass_through)
    screen.open()
    screen.press("j")
    screen.code("fund")
    screen.until_stored()
    screen.press("j", "1")
    lines[-1].close()
    screen.press("j", "1", "j", "1")
    screen.until_stored()
    assert len(screen.stored()) == 4
    assert len(lines) > 1


def test_what_was_coded_on_a_text_that_is_replaced_goes_along_to_the_new_one(closed_screen: Screen) -> None:
    screen = closed_screen
    screen.open("slow=2")
    screen.press("j")
    screen.code("fund")
    assert screen.data("pending") == "1"
    screen.open("version=2")
    screen.until_stored()
    assert len(screen.stored()) == 1
    assert screen.page.evaluate("Object.keys(localStorage).filter((n) => n.includes('waiting')).length") == 0


def test_markup_and_turning_signs_in_a_transcript_are_shown_as_text(
    closed_screen: Screen, folder: Path
) -> None:
    screen = closed_screen
    text = (
        "<script>window.hurt = 1</script>\n<img src=x onerror='window.hurt = 1'>\nPay \u202egnihton\u202c now"
    )
    (folder / "markup.txt").write_text(text, encoding="utf-8")
    screen.open("file=markup.txt&version=markup")
    lines = screen.page.locator(".tp-words").all_inner_texts()
    assert lines == [*text.split("\n")[:2], "Pay ⇄gnihton⇄ now"]
    screen.press("j", "j", "j")
    assert screen.data("selection") == f"{text.index('Pay')}-{len(text)}"
    screen.code("fund")
    screen.until_stored()
    assert "\u202e" in screen.page.locator(".tp-quote").inner_text()
    assert screen.page.evaluate("window.hurt") is None


def test_empty_text_is_a_quiet_page(closed_screen: Screen, folder: Path) -> None:
    (folder / "empty.txt").write_text("", encoding="utf-8")
    closed_screen.open("file=empty.txt&version=empty")
    for key in ("j", "d", "l", "g", "n", "s", "Escape", "Enter", "Control+z"):
        closed_screen.press(key)
    assert closed_screen.data("codings") == "0"
