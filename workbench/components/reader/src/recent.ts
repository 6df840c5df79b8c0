// The codes a person used last, for the number keys and the top of the palette.

const REMEMBERED = 9;

export class RecentCodes {
  private readonly name: string;
  keys: readonly string[] = [];

  constructor(
    private readonly storage: Storage | null,
    person: string,
  ) {
    this.name = `trigpoint/recent/${encodeURIComponent(person)}`;
    const stored = storage?.getItem(this.name) ?? "";
    this.keys = stored.split("\n").filter((key) => key !== "");
  }

  use(key: string): void {
    this.keys = [key, ...this.keys.filter((other) => other !== key)].slice(0, REMEMBERED);
    try {
      this.storage?.setItem(this.name, this.keys.join("\n"));
    } catch {
      // Without storage the list lives as long as the page.
    }
  }
}
