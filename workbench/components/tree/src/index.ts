// Streamlit calls this function with every change. It mounts a tree, or finds the one already there.

import type { ComponentArguments } from "./contract";
import { Tree } from "./tree";

const mounted = new WeakMap<HTMLElement, Tree>();

export default function render({ data, parentElement, setStateValue }: ComponentArguments): () => void {
  let tree = mounted.get(parentElement);
  if (tree === undefined) {
    tree = new Tree(parentElement);
    mounted.set(parentElement, tree);
  }
  tree.update(data, {
    select: (key) => setStateValue("selected", key),
    send: (sent) => setStateValue("sent", sent),
  });
  // Streamlit calls only the latest one, and only when it unmounts.
  return () => {
    mounted.get(parentElement)?.destroy();
    mounted.delete(parentElement);
  };
}
