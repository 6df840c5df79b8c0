// Making elements. All text enters the page as text, never as markup.

export function make<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  className = "",
  text = "",
): HTMLElementTagNameMap[Tag] {
  const element = document.createElement(tag);
  if (className !== "") element.className = className;
  if (text !== "") element.textContent = text;
  return element;
}

export function makeButton(className: string, text: string, action: () => void): HTMLButtonElement {
  const button = make("button", className, text);
  button.type = "button";
  button.addEventListener("click", action);
  return button;
}

/** A button that leaves focus and the selected words where they are. */
export function keepsSelection(element: HTMLElement): void {
  element.addEventListener("pointerdown", (event) => event.preventDefault());
  element.addEventListener("mousedown", (event) => event.preventDefault());
}

/** Call once the next frame has reached the screen. */
export function afterPaint(action: () => void): void {
  // A hidden page draws no frames, so there is nothing to wait for.
  if (document.hidden) {
    setTimeout(action);
    return;
  }
  requestAnimationFrame(() => {
    const channel = new MessageChannel();
    channel.port1.onmessage = () => {
      channel.port1.close();
      action();
    };
    channel.port2.postMessage(null);
  });
}

export function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement;
}
