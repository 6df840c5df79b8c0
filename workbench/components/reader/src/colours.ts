// Colours by level of the codebook, on paper and on the dark ground. Chosen for contrast with the
// ground and so that the seven levels differ for colour-blind eyes; labels always stand beside them.

import type { Code } from "./contract";

export type Ground = "light" | "dark";

/** How passages are coloured: as always, faint while one coding is singled out, or not at all. */
export type Marking = "full" | "faint" | "none";

const LEVELS: Readonly<Record<string, Readonly<Record<Ground, string>>>> = {
  INN: { light: "#2B70C6", dark: "#8091E1" },
  PRO: { light: "#1A7254", dark: "#5FB88C" },
  PAT: { light: "#AA5113", dark: "#AD800A" },
  SOC: { light: "#4D2060", dark: "#E5459F" },
  ORG: { light: "#1C6276", dark: "#BCDDF3" },
  ECO: { light: "#131ACA", dark: "#BDD963" },
  IMP: { light: "#173A34", dark: "#7BECC5" },
};

const ACCENT: Readonly<Record<Ground, string>> = { light: "#0B625E", dark: "#6CCDC2" };
const REFUSAL: Readonly<Record<Ground, string>> = { light: "#B3261E", dark: "#FF8A7A" };
const FOUND: Readonly<Record<Ground, string>> = { light: "#f2d98c", dark: "#6b5514" };
const NO_LEVEL: Readonly<Record<Ground, string>> = { light: "#5A6068", dark: "#A3A9B0" };

/** The level of every code as a number: highlights and variables are named after it. */
export class LevelColours {
  private readonly slots = new Map<string, number>();
  private readonly pairs: Readonly<Record<Ground, string>>[] = [];

  constructor(codes: readonly Code[]) {
    const levels = [...new Set(codes.map((code) => code.level))];
    // A codebook with levels of its own gets the same colours in its own order.
    const spare = Object.keys(LEVELS).filter((key) => !levels.includes(key));
    let taken = 0;
    for (const level of levels) {
      const named = LEVELS[level] ?? LEVELS[spare[taken++ % Math.max(1, spare.length)] ?? ""];
      this.slots.set(level, this.pairs.push(named ?? NO_LEVEL) - 1);
    }
    for (const colour of new Set(codes.map((code) => code.colour ?? ""))) {
      if (colour !== "") this.slots.set(colour, this.pairs.push({ light: colour, dark: colour }) - 1);
    }
    this.pairs.push(NO_LEVEL);
  }

  get count(): number {
    return this.pairs.length;
  }

  /** The number of a level, or of a code's own colour; codes that the codebook no longer has share the last one. */
  slot(level: string | undefined): number {
    return this.slots.get(level ?? "") ?? this.pairs.length - 1;
  }

  /** A level's colour as it is, for what cannot see the page's variables. */
  colour(slot: number, ground: Ground): string {
    return this.pairs[slot]![ground];
  }

  setVariables(root: HTMLElement, ground: Ground): void {
    this.pairs.forEach((pair, slot) => root.style.setProperty(`--level-${slot}`, pair[ground]));
  }

  /** Rules for the highlights; colours are spelt out since ::highlight() may not see the root's variables. */
  highlightRules(space: string, ground: Ground, marking: Marking): string {
    const rules = this.pairs.map((pair, slot) => {
      const colour = pair[ground];
      const line = `text-decoration:underline 2px ${colour};text-underline-offset:3px`;
      const marks = { full: `background-color:${colour}29;${line}`, faint: `background-color:${colour}0d`, none: "" };
      const strong = marking === "full" ? `background-color:${colour}30` : `background-color:${colour}42;${line}`;
      return `::highlight(${space}-${slot}){${marks[marking]}}\n::highlight(${space}-${slot}-strong){${strong}}`;
    });
    const accent = ACCENT[ground];
    rules.push(`::highlight(${space}-furniture){color:${NO_LEVEL[ground]}}`);
    rules.push(`::highlight(${space}-turning){color:${REFUSAL[ground]};background-color:${REFUSAL[ground]}29}`);
    rules.push(`::highlight(${space}-found){background-color:${FOUND[ground]}}`);
    rules.push(`::highlight(${space}-current){background-color:${FOUND[ground]};text-decoration:underline 3px ${accent}}`);
    rules.push(`::highlight(${space}-held){background-color:${accent}3d}`);
    rules.push(`::highlight(${space}-flash){background-color:${accent}3d;text-decoration:underline 2px ${accent}}`);
    return rules.join("\n");
  }
}

/** Whether Streamlit's theme has a light or a dark ground, as computed for a probe that wears it. */
export function groundOf(probe: HTMLElement): Ground {
  const channels = getComputedStyle(probe).backgroundColor.match(/[\d.]+/g)?.map(Number) ?? [];
  const [red = 255, green = 255, blue = 255, alpha = 1] = channels;
  if (alpha === 0) return "light";
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue < 128 ? "dark" : "light";
}

/** A hidden element in the theme's background colour that reports when the theme changes. */
export function watchGround(changed: (ground: Ground) => void): HTMLElement {
  const probe = document.createElement("i");
  probe.className = "tp-probe";
  probe.setAttribute("aria-hidden", "true");
  // A transition, however short, is the only event that follows a change of a CSS variable.
  probe.addEventListener("transitionend", () => changed(groundOf(probe)));
  return probe;
}
