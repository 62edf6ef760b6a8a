/** What queries see: the rows as they are, or as they were some time before, as Forge's eventually consistent queries may. */
import type { RowChange, RowTable } from './rows';

interface Replica {
  readonly rows: RowTable;
  /** What it has not seen yet, in the order of the writes; instants in milliseconds. */
  pending: { readonly at: number; readonly change: RowChange }[];
}

/** The rows for queries. A delayed view follows every write after the same time, in the order of the writes. */
export class QueryView {
  private milliseconds = 0;
  private replica: Replica | null = null;
  private isStrict = false;

  /** @param makeReplica An empty table with the same entities. */
  constructor(
    private readonly strict: RowTable,
    private readonly makeReplica: () => RowTable,
    private readonly clock: { now(): number },
  ) {}

  /** So long a write takes until queries see it; 0: no time. What was written before is seen at once. */
  delay(milliseconds: number): void {
    this.milliseconds = milliseconds;
    this.synchronise();
  }

  /** Runs `work` with queries that see everything, whatever the delay; those after it lag as before. */
  async strictly<Result>(work: () => Promise<Result>): Promise<Result> {
    this.isStrict = true;
    try {
      return await work();
    } finally {
      this.isStrict = false;
    }
  }

  /** Lets queries see everything that is stored now. */
  synchronise(): void {
    if (this.milliseconds === 0) {
      this.replica = null;
      return;
    }
    this.replica ??= { rows: this.makeReplica(), pending: [] };
    this.replica.pending = [];
    this.replica.rows.restore(this.strict.all());
  }

  /** Notes a write, for queries to see later. */
  note(change: RowChange): void {
    this.replica?.pending.push({ at: this.clock.now(), change });
  }

  /** The table that a query reads now. */
  rows(): RowTable {
    const { replica } = this;
    if (replica === null || this.isStrict) return this.strict;
    const until = this.clock.now() - this.milliseconds;
    const late = replica.pending.findIndex(({ at }) => at > until);
    for (const { change } of replica.pending.splice(0, late === -1 ? replica.pending.length : late)) {
      if (change.row === null) replica.rows.delete(change.space, change.key);
      else replica.rows.replace(change.space, change.row);
    }
    return replica.rows;
  }
}
