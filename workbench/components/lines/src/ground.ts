// Light or dark: what Streamlit's theme paints behind the tree.

export type Ground = "light" | "dark";

/** Whether Streamlit's theme has a light or a dark ground, as computed for a probe that wears it. */
export function groundOf(probe: HTMLElement): Ground {
  const channels = getComputedStyle(probe).backgroundColor.match(/[\d.]+/g)?.map(Number) ?? [];
  const [red = 255, green = 255, blue = 255, alpha = 1] = channels;
  if (alpha === 0) return "light";
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue < 128 ? "dark" : "light";
}
