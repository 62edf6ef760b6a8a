/** Plants a marker in every text of Bitbucket's answers and events, and finds the markers in whatever the app keeps. */
import { brotliDecompressSync, inflateRawSync } from 'node:zlib';
import { isJsonList, isJsonObject } from '../local/bitbucket/values';
import type { Json } from '../local/bitbucket/workspace-source';

/** The last names of a path, lists left out, and why what stands there may go on. What is not here is planted. */
type Names = readonly (readonly [lastNames: string, why: string])[];

export interface Kept {
  /** Of a form of their own, so that a text in their place is refused: planted where an answer is to be malformed. */
  readonly formed: Names;
  /** Any text that stands there may go on. */
  readonly free: Names;
}

const ID = 'an id';
const INSTANT = 'an instant';
const STATE = 'a state, or a kind of thing, in a word of Bitbucket’s own';
const HASH = 'a hash';
const ADDRESS = 'needed to address the repository, and told to everybody who may see it';
const TARGET_BRANCH = 'the name of a target branch';

export const KEPT_IN_ANSWERS: Kept = {
  formed: [
    ['uuid', ID],
    ['account_id', ID],
    ['hash', HASH],
    ['type', STATE],
    ['state', STATE],
    ['state.name', STATE],
    ['state.status.name', STATE],
    ['state.result.name', STATE],
    ['trigger.name', STATE],
    ['environment_type.name', STATE],
    ['ref_type', STATE],
    ['permission', STATE],
    ['created_on', INSTANT],
    ['updated_on', INSTANT],
    ['participated_on', INSTANT],
    ['started_on', INSTANT],
    ['completed_on', INSTANT],
    ['last_update_time', INSTANT],
    ['date', INSTANT],
  ],
  free: [
    ['next', 'the address of the next page, to be followed as it is'],
    ['slug', ADDRESS],
    ['full_name', ADDRESS],
    ['mainbranch.name', TARGET_BRANCH],
    ['destination.branch.name', TARGET_BRANCH],
  ],
};

export const KEPT_IN_EVENTS: Kept = {
  formed: [
    ['uuid', ID],
    ['accountId', ID],
    ['hash', HASH],
    ['before', HASH],
    ['after', HASH],
    ['type', STATE],
    ['state', STATE],
    ['status', STATE],
    ['timestamp', INSTANT],
    ['createdOn', INSTANT],
    ['updatedOn', INSTANT],
    ['updatedTimestamp', INSTANT],
    ['date', INSTANT],
  ],
  free: [
    ['eventType', 'Forge’s own name of the event'],
    ['destination.branch', TARGET_BRANCH],
  ],
};

/**
 * `added`: the marker follows the text, so that what looks at a beginning, such as a branch's kind, still finds it;
 * `alone`: nothing but the marker is left, so that a text cut short is found too; `malformed`: words with the marker, also
 * where a form is expected (a single word might be an id).
 */
export type Planting = 'added' | 'alone' | 'malformed';

const MARKER = /zqplanted(\d{4})/gi;

export class Planter {
  private readonly numbers = new Map<string, number>();

  /** The paths that a marker was put at. */
  get paths(): readonly string[] {
    return [...this.numbers.keys()];
  }

  /** A copy with a marker of its path in every text that is not kept. */
  plant(value: Json, kept: Kept, planting: Planting, source: string): Json {
    return this.planted(value, [], (path, text) => {
      if (isAmong(kept.free, path) || (planting !== 'malformed' && isAmong(kept.formed, path))) return text;
      const marker = this.markerOf(`${source}: ${path.join('.')}`);
      switch (planting) {
        case 'added':
          return `${text}${marker}`;
        case 'alone':
          return marker;
        case 'malformed':
          return `Words of ${marker}`;
      }
    });
  }

  /** The paths whose markers stand in a text, or in what is packed into it. */
  pathsIn(text: string): readonly string[] {
    const known = [...this.numbers.keys()];
    const found = unpacked(text).flatMap((each) => [...each.matchAll(MARKER)]);
    return [...new Set(found.map(([, number]) => known[Number(number)] ?? `marker ${number ?? ''}`))];
  }

  private planted(
    value: Json,
    path: readonly string[],
    change: (path: readonly string[], text: string) => string,
  ): Json {
    if (typeof value === 'string') return change(path, value);
    if (isJsonList(value)) return value.map((each) => this.planted(each, path, change));
    if (!isJsonObject(value)) return value;
    return Object.fromEntries(
      Object.entries(value).map(([name, each]) => [name, this.planted(each, [...path, name], change)]),
    );
  }

  private markerOf(path: string): string {
    const number = this.numbers.get(path) ?? this.numbers.size;
    this.numbers.set(path, number);
    return `zqplanted${String(number).padStart(4, '0')}`;
  }
}

function isAmong(names: Names, path: readonly string[]): boolean {
  const whole = `.${path.join('.')}`;
  return names.some(([lastNames]) => whole.endsWith(`.${lastNames}`));
}

/** Longer than most ids: what is packed has a version, a checksum and some bytes. */
const SHORTEST_PACKED = 24;

/** How the app packs: brotli after a checksum, brotli alone, deflate. */
const UNPACKINGS: readonly ((bytes: Buffer) => Buffer)[] = [
  (bytes) => brotliDecompressSync(bytes.subarray(4)),
  (bytes) => brotliDecompressSync(bytes),
  (bytes) => inflateRawSync(bytes),
];

const HASH_FORM = /^[0-9a-f]*$/;

/** A JSON text, and what is packed into its texts. */
export function unpacked(text: string): readonly string[] {
  const found = [text];
  for (const [, body = ''] of text.matchAll(/"(?:\d+:)?([A-Za-z0-9+/]+={0,2})"/g)) {
    if (body.length < SHORTEST_PACKED || HASH_FORM.test(body)) continue;
    const bytes = Buffer.from(body, 'base64');
    for (const unpack of UNPACKINGS) {
      try {
        found.push(unpack(bytes).toString('utf8'));
      } catch {
        // Not packed in this way.
      }
    }
  }
  return found;
}
