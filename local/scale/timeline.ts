/** Simulated time: what is planned happens in the order of its instants, and no time passes between. */

interface Planned {
  readonly at: number;
  /** Of those of one instant, what was planned first comes first. */
  readonly order: number;
  readonly run: () => void | Promise<void>;
}

/** A clock that jumps from one planned thing to the next; milliseconds since the epoch, fractions included. */
export class Timeline {
  private heap: Planned[] = [];
  private planned = 0;
  private present: number;

  constructor(startsAt: number) {
    this.present = startsAt;
  }

  /** The present instant. */
  now(): number {
    return this.present;
  }

  /** Plans something for an instant; for the past, it happens now. */
  plan(at: number, run: () => void | Promise<void>): void {
    this.planned += 1;
    this.push({ at: Math.max(at, this.present), order: this.planned, run });
  }

  /** Lets the time pass up to an instant, with everything that is planned on the way. */
  async passUntil(end: number): Promise<void> {
    for (let [first] = this.heap; first !== undefined && first.at <= end; [first] = this.heap) {
      this.removeFirst();
      this.present = first.at;
      const running = first.run();
      if (running !== undefined) await running;
    }
    this.present = Math.max(this.present, end);
  }

  // A binary heap: the children of the element at n are at 2n + 1 and 2n + 2, and none is earlier than its parent.
  private push(added: Planned): void {
    const { heap } = this;
    let place = heap.length;
    heap.push(added);
    while (place > 0) {
      const above = (place - 1) >> 1;
      const parent = heap[above];
      if (parent === undefined || !isBefore(added, parent)) break;
      heap[place] = parent;
      place = above;
    }
    heap[place] = added;
  }

  private removeFirst(): void {
    const { heap } = this;
    const last = heap.pop();
    if (last === undefined || heap.length === 0) return;
    let place = 0;
    for (;;) {
      const left = 2 * place + 1;
      const [one, other] = [heap[left], heap[left + 1]];
      if (one === undefined) break;
      const isOther = other !== undefined && isBefore(other, one);
      const child = isOther ? other : one;
      if (!isBefore(child, last)) break;
      heap[place] = child;
      place = isOther ? left + 1 : left;
    }
    heap[place] = last;
  }
}

function isBefore(one: Planned, other: Planned): boolean {
  return one.at < other.at || (one.at === other.at && one.order < other.order);
}
