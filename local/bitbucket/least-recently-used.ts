/** A cache bounded by the bytes its entries stand for; what was not used for longest goes first. */

interface Entry {
  readonly value: unknown;
  readonly bytes: number;
}

/** Values by key, rebuilt when they have been dropped. */
export class LeastRecentlyUsed {
  private readonly entries = new Map<string, Entry>();
  private used = 0;

  /** @param most bytes that the entries may stand for; the newest entry stays even if it alone is larger. */
  constructor(private readonly most: number) {}

  /** The bytes of all entries. */
  get bytes(): number {
    return this.used;
  }

  /** The value of a key, made if it is not there; a key always stands for values of one type. */
  get<T>(key: string, make: () => { readonly value: T; readonly bytes: number }): T {
    const found = this.entries.get(key);
    if (found !== undefined) {
      this.entries.delete(key);
      this.entries.set(key, found);
      return found.value as T;
    }
    const made = make();
    this.entries.set(key, made);
    this.used += made.bytes;
    this.dropOldest(key);
    return made.value;
  }

  private dropOldest(newest: string): void {
    for (const [key, entry] of this.entries) {
      if (this.used <= this.most || key === newest) return;
      this.entries.delete(key);
      this.used -= entry.bytes;
    }
  }
}
