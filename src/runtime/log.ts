/** Writes log lines of a fixed message and plain data: ids, instants, counts, states, and never a person's words. */

export type LogData = Readonly<Record<string, string | number | boolean | null>>;

/** One JSON object a line, so that a search in Forge's log finds fields. */
export const log = {
  info: (message: string, data: LogData = {}): void => console.info(JSON.stringify({ message, ...data })),
  warn: (message: string, data: LogData = {}): void => console.warn(JSON.stringify({ message, ...data })),
  error: (message: string, data: LogData = {}): void => console.error(JSON.stringify({ message, ...data })),
};

/** The cause's class and a sentence without the reader's data, for logs and dead letters. */
export function describeError(error: unknown): { readonly cause: string; readonly reason: string } {
  return error instanceof Error
    ? { cause: error.name, reason: error.message }
    : { cause: 'Unknown', reason: 'something that is not an Error was thrown' };
}
