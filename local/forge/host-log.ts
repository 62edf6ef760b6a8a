/** What the host and the functions say: kept for a while, and told to whoever started the host. */
import { BoundedList } from './bounded-log';
import type { HostClock, HostLogLine } from './host-api';

const KEPT_LINES = 2_000;

type Level = HostLogLine['level'];

/** The log of one host. */
export class HostLog {
  readonly lines = new BoundedList<HostLogLine>(KEPT_LINES);

  constructor(
    private readonly clock: HostClock,
    private readonly onLine: ((line: HostLogLine) => void) | undefined,
  ) {}

  /** A line of the host itself. */
  host(level: Level, message: string, invocation?: InvocationName): void {
    this.add({ at: this.clock.now(), level, source: 'host', message, ...named(invocation) });
  }

  /** A line of a function's console. */
  function(level: Level, values: readonly unknown[], invocation?: InvocationName): void {
    const message = values
      .map((value) => (typeof value === 'string' ? value : JSON.stringify(value)))
      .join(' ');
    const at = this.clock.now();
    this.add({ at, level, source: 'function', message, arguments: values, ...named(invocation) });
  }

  private add(line: HostLogLine): void {
    this.lines.add(line);
    this.onLine?.(line);
  }
}

/** Which invocation a line belongs to. */
export interface InvocationName {
  readonly invocationId: string;
  readonly functionKey: string;
}

function named(invocation: InvocationName | undefined): Partial<InvocationName> {
  if (invocation === undefined) return {};
  return { invocationId: invocation.invocationId, functionKey: invocation.functionKey };
}
