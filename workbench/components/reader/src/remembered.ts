// What a person set up for reading: the place and the filters of each document, and for all
// documents how large the letters are and whether passages are coloured.

import type { Valence } from "./contract";

export interface Filters {
  readonly levels: readonly string[];
  readonly codes: readonly string[];
  readonly coders: readonly string[];
  readonly valences: readonly (Valence | "none")[];
}

export const NO_FILTERS: Filters = { levels: [], codes: [], coders: [], valences: [] };

interface OfDocument {
  readonly place: number;
  readonly filters: Filters;
}

interface OfPerson {
  readonly size: number;
  readonly stripesOnly: boolean;
}

export const SIZES = [14, 15, 17, 19, 21, 24] as const;

export class Remembered {
  private readonly name: string;
  private readonly ofPerson: string;

  constructor(
    private readonly storage: Storage | null,
    person: string,
    document: string,
    version: string,
  ) {
    this.ofPerson = `trigpoint/reading/${encodeURIComponent(person)}`;
    this.name = `${this.ofPerson}/${encodeURIComponent(document)}/${encodeURIComponent(version)}`;
  }

  get document(): OfDocument {
    return { place: 0, filters: NO_FILTERS, ...this.read<OfDocument>(this.name) };
  }

  get person(): OfPerson {
    return { size: 17, stripesOnly: false, ...this.read<OfPerson>(this.ofPerson) };
  }

  keepForDocument(values: Partial<OfDocument>): void {
    this.write(this.name, { ...this.document, ...values });
  }

  keepForPerson(values: Partial<OfPerson>): void {
    this.write(this.ofPerson, { ...this.person, ...values });
  }

  private read<Values>(name: string): Partial<Values> {
    try {
      return JSON.parse(this.storage?.getItem(name) ?? "{}") as Partial<Values>;
    } catch {
      return {};
    }
  }

  private write(name: string, values: OfDocument | OfPerson): void {
    try {
      this.storage?.setItem(name, JSON.stringify(values));
    } catch {
      // Without storage it lives as long as the page.
    }
  }
}
