// The keys, on a sheet that opens with "?".

import type { Book } from "./codebook";
import { make, makeButton } from "./dom";

export class KeyHelp {
  readonly element = make("div", "tp-help");
  private back: HTMLElement | null = null;

  constructor() {
    this.element.hidden = true;
    this.element.tabIndex = -1;
    this.element.setAttribute("role", "dialog");
    this.element.addEventListener("keydown", (event) => {
      event.stopPropagation();
      if (event.key === "Escape" || event.key === "?") this.close();
    });
  }

  setBook({ words }: Book): void {
    const lines: [string, string][] = [
      ["j  k", words.key_sentence],
      ["d  u", words.key_paragraph],
      ["l  h", words.key_turn],
      ["J K D U L H   ⇧←→", words.key_extend],
      ["Enter  c", words.key_palette],
      ["⇧Enter", words.key_apply_more],
      ["Tab   + − ±   Alt 1–4", words.key_valence],
      ["1 – 9", words.key_recent],
      [".", words.key_repeat],
      ["+  −  ±", words.key_set_valence],
      ["n  p", words.key_next],
      ["g  G", words.key_uncoded],
      ["/  f", words.key_find],
      ["s  S", words.key_hit],
      ["m", words.key_memo],
      ["e", words.key_attributes],
      ["x", words.key_fit],
      ["y", words.key_copy],
      ["Delete", words.key_retire],
      ["Ctrl Z", words.key_undo],
      ["Ctrl ⇧Z   Ctrl Y", words.key_redo],
      ["v", words.key_stripes],
      ["i", words.key_filter],
      ["o  O", words.key_document],
      ["a", words.key_unread],
      ["r", words.key_read],
      ["Esc", words.key_escape],
      ["?", words.key_help],
    ];
    const list = make("dl");
    for (const [keys, meaning] of lines) {
      const term = make("dt");
      term.append(make("kbd", "", keys));
      const line = make("div");
      line.append(term, make("dd", "", meaning));
      list.append(line);
    }
    this.element.setAttribute("aria-label", words.keys);
    this.element.replaceChildren(
      make("h3", "", words.keys),
      list,
      makeButton("tp-button", words.close, () => this.close()),
    );
  }

  toggle(back: HTMLElement): void {
    if (!this.element.hidden) {
      this.close();
      return;
    }
    this.back = back;
    this.element.hidden = false;
    this.element.focus({ preventScroll: true });
  }

  close(): void {
    this.element.hidden = true;
    this.back?.focus({ preventScroll: true });
  }
}
