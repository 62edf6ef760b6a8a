/** How often and how long each function of the app ran, and how it ended. */
import { START_MILLISECONDS, type Ending, type Invocation } from './engine';

/** One function's runs; milliseconds of simulated time. */
export interface FunctionBook {
  readonly function: string;
  readonly memoryMegabytes: number;
  invocations: number;
  runMilliseconds: number;
  cpuMilliseconds: number;
  longestMilliseconds: number;
  threw: number;
  timedOut: number;
}

/** The books of every function. */
export class FunctionBooks {
  private readonly books = new Map<string, FunctionBook>();

  /** Notes an invocation that has ended by `now`. */
  note(invocation: Invocation, ending: Ending, now: number): void {
    const { key, memoryMegabytes, timeoutMilliseconds } = invocation.run.function;
    const book = this.books.get(key) ?? opened(key, memoryMegabytes);
    this.books.set(key, book);
    const isTimedOut = ending.outcome === 'timed-out';
    const milliseconds = isTimedOut ? timeoutMilliseconds : now - invocation.startedAt;
    book.invocations += 1;
    book.runMilliseconds += milliseconds;
    book.cpuMilliseconds += invocation.computed;
    book.longestMilliseconds = Math.max(book.longestMilliseconds, milliseconds);
    if (ending.outcome === 'threw') book.threw += 1;
    if (isTimedOut) book.timedOut += 1;
  }

  report(): readonly FunctionBook[] {
    return [...this.books.values()].map((book) => ({ ...book }));
  }
}

function opened(name: string, memoryMegabytes: number): FunctionBook {
  return {
    function: name,
    memoryMegabytes,
    invocations: 0,
    runMilliseconds: 0,
    cpuMilliseconds: 0,
    longestMilliseconds: START_MILLISECONDS,
    threw: 0,
    timedOut: 0,
  };
}
