/** One recorded `.jsonl.gz` file: a JSON object a line, parsed line by line when it is asked for. */
import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import type { LeastRecentlyUsed } from './least-recently-used';
import { RecordingError } from './recording-error';
import { isJsonObject } from './values';
import type { JsonObject } from './workspace-source';

/** Parsed JSON takes about this many times the bytes of its text. */
const PARSED_WEIGHT = 3;

const NEWLINE = 0x0a;

interface Line {
  readonly start: number;
  readonly end: number;
}

/** What a caught value says about itself. */
export function reasonOf(reason: unknown): string {
  return reason instanceof Error ? reason.message : String(reason);
}

/** The JSON object in a text. @throws {RecordingError} naming the file and place. */
export function parseObject(text: string, file: string, place: string): JsonObject {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (reason) {
    throw new RecordingError(file, `${place} is not JSON (${reasonOf(reason)}).`);
  }
  if (!isJsonObject(value)) throw new RecordingError(file, `${place} is not a JSON object.`);
  return value;
}

function linesOf(content: Buffer): readonly Line[] {
  const lines: Line[] = [];
  let start = 0;
  while (start < content.length) {
    const found = content.indexOf(NEWLINE, start);
    const end = found === -1 ? content.length : found;
    if (end > start) lines.push({ start, end });
    start = end + 1;
  }
  return lines;
}

/** The pull request at the head of a line such as `{"pr": 12, "pages": […]}`. */
const HEAD = /^\{\s*"pr"\s*:\s*(\d+)/;

/** A recorded file; its content is held by the shared cache and read again when it has been dropped. */
export class RecordedFile {
  private lines: readonly Line[] | null = null;
  private byPullRequest: ReadonlyMap<number, number> | null = null;

  constructor(
    readonly file: string,
    private readonly cache: LeastRecentlyUsed,
  ) {}

  /** Every line, parsed. */
  all(): readonly JsonObject[] {
    const content = this.content();
    return this.linesOf(content).map((_, index) => this.parse(content, index));
  }

  /**
   * The elements recorded for a pull request, its pages one after the other; none where the file does not have it.
   */
  elements(pullRequest: number): readonly JsonObject[] {
    const content = this.content();
    const index = this.index(content).get(pullRequest);
    if (index === undefined) return [];
    return this.cache.get(`${this.file}#${pullRequest}`, () => {
      const line = this.parse(content, index);
      return { value: this.elementsOf(line, index), bytes: this.lengthOf(content, index) * PARSED_WEIGHT };
    });
  }

  /** What the parsed file takes in memory, about. */
  weight(): number {
    return this.content().length * PARSED_WEIGHT;
  }

  /** The pull requests the file has lines for. */
  pullRequests(): readonly number[] {
    return [...this.index(this.content()).keys()];
  }

  private elementsOf(line: JsonObject, index: number): readonly JsonObject[] {
    const { pages } = line;
    const elements: JsonObject[] = [];
    for (const page of Array.isArray(pages) ? pages : [null]) {
      const values: unknown = isJsonObject(page) ? page.values : undefined;
      if (!Array.isArray(values) || !values.every(isJsonObject)) {
        throw new RecordingError(
          this.file,
          `line ${index + 1} has no "pages" with lists of objects as "values".`,
        );
      }
      for (const value of values) elements.push(value);
    }
    return elements;
  }

  private index(content: Buffer): ReadonlyMap<number, number> {
    if (this.byPullRequest !== null) return this.byPullRequest;
    const found = new Map<number, number>();
    for (const [index, line] of this.linesOf(content).entries()) {
      const head = HEAD.exec(content.toString('latin1', line.start, Math.min(line.end, line.start + 40)));
      if (head === null)
        throw new RecordingError(this.file, `line ${index + 1} does not begin with a "pr" number.`);
      found.set(Number(head[1]), index);
    }
    this.byPullRequest = found;
    return found;
  }

  private parse(content: Buffer, index: number): JsonObject {
    const line = this.linesOf(content)[index];
    const text = line === undefined ? '' : content.toString('utf8', line.start, line.end);
    return parseObject(text, this.file, `line ${index + 1}`);
  }

  private lengthOf(content: Buffer, index: number): number {
    const line = this.linesOf(content)[index];
    return line === undefined ? 0 : line.end - line.start;
  }

  private linesOf(content: Buffer): readonly Line[] {
    this.lines ??= linesOf(content);
    return this.lines;
  }

  private content(): Buffer {
    return this.cache.get(this.file, () => {
      const content = this.read();
      return { value: content, bytes: content.length };
    });
  }

  private read(): Buffer {
    try {
      return gunzipSync(readFileSync(this.file));
    } catch (reason) {
      throw new RecordingError(this.file, `it cannot be read as a gzip file (${reasonOf(reason)}).`);
    }
  }
}
