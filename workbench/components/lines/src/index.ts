// Streamlit calls this function with every change. It mounts the lines, or finds those already there.

import type { ComponentArguments } from "./contract";
import { Lines } from "./lines";

const mounted = new WeakMap<HTMLElement, Lines>();

export default function render({ data, parentElement, setStateValue }: ComponentArguments): () => void {
  let lines = mounted.get(parentElement);
  if (lines === undefined) {
    lines = new Lines(parentElement);
    mounted.set(parentElement, lines);
  }
  lines.update(data, {
    choose: (asked, ids) => setStateValue("chosen", { asked, ids }),
    open: (id) => setStateValue("opened", { id, at: Date.now() }),
  });
  // Streamlit calls only the latest one, and only when it unmounts.
  return () => {
    mounted.get(parentElement)?.destroy();
    mounted.delete(parentElement);
  };
}
