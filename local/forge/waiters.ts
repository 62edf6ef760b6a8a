/** Lets callers wait until a condition holds that only its owner can see change. */

/** Those who wait for one condition. */
export class Waiters {
  private waiting: (() => void)[] = [];
  private checkPlanned = false;
  private released = false;

  constructor(private readonly holds: () => boolean) {}

  /** Resolves when the condition holds, or when the owner is gone. */
  wait(): Promise<void> {
    return new Promise((resolve) => {
      this.waiting.push(resolve);
      this.changed();
    });
  }

  /** Tells that the condition may hold now. It is looked at once what runs at the moment has had its turn. */
  changed(): void {
    if (this.checkPlanned) return;
    this.checkPlanned = true;
    setImmediate(() => {
      this.checkPlanned = false;
      if (this.released || this.holds()) this.letGo();
    });
  }

  /** Lets everyone go, now and later. */
  release(): void {
    this.released = true;
    this.letGo();
  }

  private letGo(): void {
    const { waiting } = this;
    this.waiting = [];
    for (const resolve of waiting) resolve();
  }
}
