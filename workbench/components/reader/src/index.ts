// The screen as Streamlit knows it is a few lines that call what is built from here (see __init__.py):
// with every change the whole script of a component travels, and this one is long. It mounts a reader, or finds the one that is
// already there: Streamlit may unmount a component in the middle of work and mount it again at
// once, so a reader is parked for a moment before it is given up.

import type { ComponentArguments, ReaderData } from "./contract";
import { Reader } from "./reader";

const PARKED_FOR = 1500; // milliseconds

const mounted = new WeakMap<HTMLElement, { reader: Reader; identity: string }>();

// On window: Streamlit may also load this module anew, and the parked reader must be found then.
declare global {
  interface Window {
    trigpointReader?: typeof render;
    trigpointParked?: Map<string, { reader: Reader; giveUp: ReturnType<typeof setTimeout> }>;
  }
}

const parked = (window.trigpointParked ??= new Map());

function identityOf({ document, person }: ReaderData): string {
  return JSON.stringify([document.id, document.version, person]);
}

function takeParked(identity: string): Reader | null {
  const found = parked.get(identity);
  if (found === undefined) return null;
  clearTimeout(found.giveUp);
  parked.delete(identity);
  return found.reader;
}

function park(identity: string, reader: Reader): void {
  reader.detach();
  takeParked(identity)?.destroy();
  const giveUp = setTimeout(() => takeParked(identity)?.destroy(), PARKED_FOR);
  parked.set(identity, { reader, giveUp });
}

function render({ data, parentElement, setStateValue }: ComponentArguments): () => void {
  const identity = identityOf(data);
  let current = mounted.get(parentElement);
  if (current !== undefined && current.identity !== identity) {
    park(current.identity, current.reader);
    current.reader.root.remove();
    current = undefined;
  }
  if (current === undefined) {
    const reader = takeParked(identity) ?? new Reader(data, setStateValue);
    current = { reader, identity };
    mounted.set(parentElement, current);
    reader.attach(parentElement);
  }
  const { reader } = current;
  reader.update(data, setStateValue);
  // Streamlit calls only the latest one, and only when it unmounts: it must undo everything.
  return () => {
    if (mounted.get(parentElement)?.reader !== reader) return;
    mounted.delete(parentElement);
    park(identity, reader);
  };
}

/** Called when this script arrives, which it does once: from now on the screen can be drawn. */
export default function arrived(): void {
  window.trigpointReader = render;
  window.dispatchEvent(new CustomEvent("trigpoint:program"));
}
