"""The coding screen in a real Chromium: what is selected is what is stored, and nothing is lost."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.components.screen import PARAGRAPHS, TEXT, Screen, free_port, start_server, stop_server

pytestmark = pytest.mark.browser


def test_coding_by_keyboard_and_the_selection_comes_back(screen: Screen) -> None:
    screen.press("j", "j", "J")
    screen.code("- evaluation")
    screen.until_stored()
    [coding] = screen.stored()
    assert screen.quotes() == ["First sentence here. Second sentence there."]
    assert (coding["code"], coding["valence"]) == ("ECO-FUND", "barrier")
    assert screen.data("selection") == f"{coding['start']}-{coding['end']}"
    screen.press("Shift+ArrowRight", "Shift+ArrowRight")
    screen.code("lead")
    screen.until_stored()
    assert "First sentence here. Second sentence there. T" in screen.quotes()


def test_what_the_mouse_selects_is_what_is_stored(screen: Screen) -> None:
    pieces = {
        2: ["👩🏽‍🌾 visited", "😀😀 the 𝒳", "𝒳-axis after."],
        3: ["e\u0301te\u0301", "n\u0303 stay", "naïve café"],
        4: ["نظيف", "then more"],
        5: ["の管理", "𠮷野家で", "会議をした。"],
        6: ["keeps a carriage return."],
    }
    expected = []
    for paragraph, quotes in pieces.items():
        line = PARAGRAPHS[paragraph]
        for quote in quotes:
            start = len(line[: line.index(quote)].encode("utf-16-le")) // 2
            screen.drag(paragraph, start, start + len(quote.encode("utf-16-le")) // 2)
            screen.code("fund")
            expected.append(quote)
    screen.until_stored()
    assert sorted(screen.quotes()) == sorted(expected)


def test_triple_click_takes_the_paragraph_and_a_button_offers_to_code_it(screen: Screen) -> None:
    screen.page.locator(".tp-words").nth(1).click(click_count=3, position={"x": 20, "y": 10})
    screen.page.get_by_role("button", name="Code", exact=True).click()
    screen.page.locator("[data-trigpoint=palette] [data-code='SOC-LEAD']").first.click()
    screen.until_stored()
    assert screen.quotes() == [PARAGRAPHS[1]]


def test_twenty_five_codings_in_a_burst_are_all_stored(screen: Screen) -> None:
    screen.press("j")
    screen.code("fund")
    screen.until_stored()
    screen.page.evaluate(
        """async () => {
          const scroller = document.querySelector(".tp-scroller");
          const lines = [...document.querySelectorAll(".tp-words")].slice(10, 35);
          for (const line of lines) {
            getSelection().setBaseAndExtent(line.firstChild, 0, line.firstChild, 9);
            const key = { key: "1", code: "Digit1", bubbles: true };
            scroller.dispatchEvent(new KeyboardEvent("keydown", key));
            await new Promise((resolve) => setTimeout(resolve, 100));
          }
        }"""
    )
    screen.until_stored()
    assert len(screen.stored()) == 26
    assert screen.quotes().count("Paragraph") == 25


def test_scrolling_does_not_jump_when_coding(screen: Screen) -> None:
    scrolled = "document.querySelector('.tp-scroller').scrollTop"
    screen.page.evaluate(f"() => {{ {scrolled} = 700 }}")
    screen.press("j", "j")
    before = screen.page.evaluate(scrolled)
    screen.code("fund")
    screen.until_stored()
    assert screen.page.evaluate(scrolled) == before > 600


def test_change_memo_retire_and_undo(screen: Screen) -> None:
    screen.press("j")
    screen.code("fund")
    screen.page.get_by_role("radio", name="mixed").first.click()
    screen.press("m")
    screen.page.keyboard.type("cr: why here")
    screen.press("Escape")
    screen.until_stored()
    [coding] = screen.stored()
    assert (coding["valence"], coding["memo"]) == ("mixed", "cr: why here")
    screen.press("Delete")
    screen.until_stored()
    assert screen.stored() == []
    screen.press("Control+z", "Control+z")
    screen.until_stored()
    assert [coding["memo"] for coding in screen.stored()] == [""]
    assert screen.data("codings") == "1"


def test_a_refused_operation_is_taken_back_with_its_reason(screen: Screen) -> None:
    screen.press("j")
    screen.code("law")
    screen.until("document.querySelector('.tp-status').textContent.includes('Law is locked.')")
    assert (screen.data("codings"), screen.data("pending"), screen.stored()) == ("0", "0", [])


def test_what_was_not_yet_stored_survives_a_reload(closed_screen: Screen) -> None:
    screen = closed_screen
    screen.open("slow=1")
    screen.press("j")
    screen.code("fund")
    screen.press("j")
    screen.code("lead")
    screen.press("j", ".")
    screen.open("slow=0")
    screen.until_stored()
    assert len(screen.stored()) == 3


def test_what_was_done_while_the_server_was_away_is_stored_when_it_returns(
    closed_screen: Screen, folder: Path
) -> None:
    port = free_port()
    screen = Screen(closed_screen.page, folder, f"http://127.0.0.1:{port}")
    server = start_server(folder, port)
    screen.open()
    screen.press("j")
    screen.code("fund")
    screen.until_stored()
    stop_server(server)
    screen.press("j", "1", "j", "1")
    assert screen.data("pending") == "2"
    server = start_server(folder, port)
    try:
        screen.until_stored()
    finally:
        stop_server(server)
    assert len(screen.stored()) == 3


def test_the_screen_returns_with_its_place_after_it_was_unmounted(screen: Screen) -> None:
    screen.page.evaluate("() => { document.querySelector('.tp-scroller').scrollTop = 500 }")
    screen.press("j")
    screen.page.evaluate("() => { document.querySelector('.tp-reader').dataset.same = 'yes' }")
    selection = screen.data("selection")
    line = screen.page.locator(f".tp-row[data-start='{selection.split('-')[0]}']")
    screen.page.wait_for_timeout(300)
    place = line.bounding_box()
    toggle = screen.page.get_by_text("Away")
    toggle.click()
    screen.until("document.querySelector('[data-trigpoint=reader]') === null")
    toggle.click()
    screen.until("document.querySelector('[data-trigpoint=reader]') !== null")
    screen.page.wait_for_timeout(100)
    assert screen.data("same") == "yes"
    assert line.bounding_box() == place


def test_letters_do_not_reach_streamlit_and_an_address_leads_to_its_place(screen: Screen) -> None:
    screen.press("c", "r")
    assert screen.page.get_by_role("dialog").count() == 0
    place = TEXT.index("Paragraph 40")
    screen.page.evaluate("() => sessionStorage.clear()")
    screen.open(f"at={place}")
    line = screen.page.locator(f".tp-row[data-start='{place}']")
    assert line.is_visible()
    assert 0 < line.bounding_box()["y"] < 600  # type: ignore[index]


def test_codes_are_told_to_those_who_do_not_see_stripes(screen: Screen) -> None:
    screen.press("j", "j")
    screen.code("+ fund")
    screen.until_stored()
    assert screen.page.get_by_text("Codes here: Funding, facilitator.").count() == 1
