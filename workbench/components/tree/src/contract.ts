// What travels between Python and the browser. workbench/components/tree/__init__.py is the other end.

/** A code in reading order. Only codes in force can be changed; the others stand in groups of their own below. */
export interface Line {
  readonly key: string;
  readonly label: string;
  readonly parent: string | null;
  readonly depth: number;
  /** Codings of the code and all under it. */
  readonly codings: number;
  readonly colour: { readonly light: string; readonly dark: string };
  readonly state: "in force" | "proposed" | "retired";
  /** What a screen reader says of the line after its label, and a pointer shows. */
  readonly said: string;
}

/** Where a code shall stand: last under its parent where `before` is null; a level where `parent` is null. */
export interface Place {
  readonly parent: string | null;
  readonly before: string | null;
}

/** Something done to the codebook; its id makes sure that it is done once. */
export type Act = { readonly id: string } & (
  | ({ readonly act: "move"; readonly code: string } & Place)
  | { readonly act: "rename"; readonly code: string; readonly label: string }
  | { readonly act: "add"; readonly parent: string | null; readonly label: string }
  | { readonly act: "retire"; readonly code: string }
);

/** What is sent: acts that wait for an answer; a second try differs from the first, or it would not travel. */
export interface Sent {
  readonly attempt: number;
  readonly acts: readonly Act[];
}

export type Word =
  | "proposed"
  | "retired"
  | "new_label"
  | "rename"
  | "saving"
  | "keys";

export interface TreeData {
  readonly name: string;
  readonly book: string;
  readonly lines: readonly Line[];
  readonly selected: string | null;
  readonly editable: boolean;
  /** Ids of acts that Python has dealt with, stored or refused. */
  readonly acked: readonly string[];
  readonly words: Readonly<Record<Word, string>>;
}

/** The part of Streamlit's component arguments (version 2) that the tree uses. */
export interface ComponentArguments {
  readonly data: TreeData;
  readonly parentElement: HTMLElement;
  readonly setStateValue: (name: string, value: unknown) => void;
}
