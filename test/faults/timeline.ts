/** Things that come at their time, in its order: events, ticks and messages as a platform brings them. */

export interface Due {
  /** Milliseconds. */
  readonly at: number;
  readonly run: () => Promise<unknown>;
}

export class Timeline {
  private readonly waiting: Due[] = [];

  add(at: number, run: () => Promise<unknown>): void {
    this.waiting.push({ at, run });
  }

  /** The earliest that is due before an instant, taken out. Those of one instant come in the order of their adding. */
  takeBefore(end: number): Due | undefined {
    let earliest = -1;
    for (const [place, { at }] of this.waiting.entries()) {
      if (at < end && at < (this.waiting[earliest]?.at ?? Number.POSITIVE_INFINITY)) earliest = place;
    }
    return earliest === -1 ? undefined : this.waiting.splice(earliest, 1)[0];
  }

  get isEmpty(): boolean {
    return this.waiting.length === 0;
  }
}
