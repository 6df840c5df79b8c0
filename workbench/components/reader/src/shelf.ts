// What never changes (a text, a codebook) travels in its own tiny Streamlit component, which
// Streamlit sends once and refers to afterwards. It lands here; the reader takes it from here.

declare global {
  interface Window {
    trigpointShelf?: Map<string, unknown>;
  }
}

export const SHELF_EVENT = "trigpoint:shelf";

export function fromShelf<Content>(name: string): Content | undefined {
  return window.trigpointShelf?.get(name) as Content | undefined;
}
