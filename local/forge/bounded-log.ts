/** A list that keeps its newest entries only, so that a host may run for weeks. */

/** Read access to the newest entries. */
export interface BoundedLog<Entry> {
  /** The kept entries, oldest first. */
  all(): readonly Entry[];
  /** How many entries there ever were. */
  readonly total: number;
}

/** A bounded log that can be written. */
export class BoundedList<Entry> implements BoundedLog<Entry> {
  private readonly entries: Entry[] = [];
  total = 0;

  constructor(private readonly capacity: number) {}

  add(entry: Entry): void {
    this.total += 1;
    this.entries.push(entry);
    // Cutting in blocks keeps the cost of an entry constant.
    if (this.entries.length >= this.capacity * 2) this.entries.splice(0, this.entries.length - this.capacity);
  }

  all(): readonly Entry[] {
    return this.entries.slice(-this.capacity);
  }
}
