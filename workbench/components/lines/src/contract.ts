// What travels between Python and the browser. workbench/components/lines/__init__.py is the other end.

/** A place in its line. */
export interface Line {
  readonly id: string;
  readonly left: string;
  readonly quote: string;
  readonly right: string;
  readonly speaker: string;
}

/** The lines of one document; `about` tells its source, date and number of places. */
export interface Group {
  readonly title: string;
  readonly about: string;
  readonly lines: readonly Line[];
}

export type Word = "keys" | "chosen";

export interface LinesData {
  readonly name: string;
  /** What was asked: with another one nothing is chosen yet. */
  readonly asked: string;
  readonly groups: readonly Group[];
  readonly words: Readonly<Record<Word, string>>;
}

/** The part of Streamlit's component arguments (version 2) that the lines use. */
export interface ComponentArguments {
  readonly data: LinesData;
  readonly parentElement: HTMLElement;
  readonly setStateValue: (name: string, value: unknown) => void;
}
