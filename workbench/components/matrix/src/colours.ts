// Colours by level of the codebook, on paper and on the dark ground; labels always stand beside them.

export type Ground = "light" | "dark";

const LEVELS: Readonly<Record<string, Readonly<Record<Ground, string>>>> = {
  INN: { light: "#2B70C6", dark: "#8091E1" },
  PRO: { light: "#1A7254", dark: "#5FB88C" },
  PAT: { light: "#AA5113", dark: "#AD800A" },
  SOC: { light: "#4D2060", dark: "#E5459F" },
  ORG: { light: "#1C6276", dark: "#BCDDF3" },
  ECO: { light: "#131ACA", dark: "#BDD963" },
  IMP: { light: "#173A34", dark: "#7BECC5" },
};

/** The colour of a level; a codebook with levels of its own gets the same colours in its own order. */
export function levelColour(level: string, levels: readonly string[], ground: Ground): string {
  const spare = Object.keys(LEVELS).filter((key) => !levels.includes(key));
  const unnamed = levels.filter((key) => !(key in LEVELS));
  const key = level in LEVELS ? level : (spare[unnamed.indexOf(level) % Math.max(1, spare.length)] ?? "");
  return LEVELS[key]?.[ground] ?? "currentColor";
}

/** Whether Streamlit's theme has a light or a dark ground, as computed for a probe that wears it. */
export function groundOf(probe: HTMLElement): Ground {
  const channels = getComputedStyle(probe).backgroundColor.match(/[\d.]+/g)?.map(Number) ?? [];
  const [red = 255, green = 255, blue = 255, alpha = 1] = channels;
  if (alpha === 0) return "light";
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue < 128 ? "dark" : "light";
}
