// Streamlit calls this function with every change. It mounts a matrix, or finds the one already there.

import type { ComponentArguments } from "./contract";
import { Matrix } from "./matrix";

const mounted = new WeakMap<HTMLElement, Matrix>();

export default function render({ data, parentElement, setStateValue }: ComponentArguments): () => void {
  let matrix = mounted.get(parentElement);
  if (matrix === undefined) {
    matrix = new Matrix(parentElement);
    mounted.set(parentElement, matrix);
  }
  matrix.update(data, (place) => setStateValue("selected", place));
  // Streamlit calls only the latest one, and only when it unmounts.
  return () => {
    mounted.get(parentElement)?.destroy();
    mounted.delete(parentElement);
  };
}
