/** Looks for what is new, since no events arrive: asks each repository now and then, and sends the app what it found as events. */
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import { z } from 'zod';
import type { ForgeHost } from '../forge/host-api';
import type { RepositoryCard } from '../forge/web/server';
import type { LiveClient } from './live-client';
import { pathOf, repositoryPath, type LivePlace } from './live-place';
import { QUESTIONS, type FoundEvent, type LiveQuestion } from './live-questions';
import { LiveRefusal } from './live-refusal';

/** Nobody waits for less. */
const SHORTEST_SECONDS = 60;

/** Looking takes no more of the hour's requests than this; the app's own work has the rest. */
const SHARE = 0.1;

/** Bitbucket's lists may lag behind, and clocks differ: so far back is looked again. */
const OVERLAP_MILLISECONDS = 300_000;

/** Nobody's list is longer; one that goes round in a circle is. */
const MOST_PAGES = 1_000;

/** Until it is looked whether the hour has room again. */
const ROOM_MILLISECONDS = 5_000;

const sinceByQuestion = z.record(z.string(), z.number());

export interface LivePollingOptions {
  readonly client: LiveClient;
  readonly host: Pick<ForgeHost, 'emit'>;
  readonly place: LivePlace;
  readonly repositories: readonly RepositoryCard[];
  /** Where it keeps how far it looked: uuids and instants. */
  readonly file: string;
  /** Milliseconds: what happened before is the import's. */
  readonly startedAt: number;
  /** Seconds from one look at a repository to the next, as the user wants it; `null` for the shortest sensible one. */
  readonly everySeconds: number | null;
  readonly say: (line: string) => void;
}

/** Seconds from one look at each repository to the next, with so many requests an hour. */
export function pollingInterval(
  repositories: number,
  requestsPerHour: number,
  wanted: number | null = null,
): number {
  return Math.max(wanted ?? SHORTEST_SECONDS, (repositories * 3_600) / (requestsPerHour * SHARE));
}

/** One look at a time, repository after repository, evenly over the interval. */
export class LivePolling {
  /** How far each question was asked of each repository, milliseconds. */
  private readonly since: Record<string, number>;
  /** What each question found within the overlap, so that it is not sent again. */
  private readonly sent = new Map<string, ReadonlySet<string>>();
  /** Questions that a repository does not answer, for want of a permission or of pipelines. */
  private readonly unanswered = new Set<string>();
  private readonly closing = new AbortController();
  private looks = 0;

  constructor(private readonly options: LivePollingOptions) {
    this.since = readSince(options.file);
  }

  /** Seconds between two looks at a repository, as things are. */
  get interval(): number {
    const { repositories, client, everySeconds } = this.options;
    return pollingInterval(repositories.length, client.requestsPerHour, everySeconds);
  }

  /** Goes on until closed. */
  start(): void {
    void this.goOn();
  }

  close(): void {
    this.closing.abort();
  }

  /** Asks everything of every repository once, as after a pause; tells how many events were sent. */
  async lookAtAll(): Promise<number> {
    let events = 0;
    for (const repository of this.options.repositories) {
      for (const question of new Set(QUESTIONS)) events += await this.look(repository, question);
    }
    return events;
  }

  private isClosed(): boolean {
    return this.closing.signal.aborted;
  }

  private async goOn(): Promise<void> {
    const { signal } = this.closing;
    while (!this.isClosed()) {
      const pause = (this.interval * 1000) / Math.max(1, this.options.repositories.length);
      // The end of the run is no failure of the pause.
      await setTimeout(pause, undefined, { signal }).catch(() => undefined);
      if (!this.isClosed()) await this.lookAtNext();
    }
  }

  private async lookAtNext(): Promise<void> {
    const { repositories, client, say } = this.options;
    const repository = repositories[this.looks % repositories.length];
    const turn = Math.floor(this.looks / repositories.length) % QUESTIONS.length;
    this.looks += 1;
    // Where the hour is spent, the app's work goes first; what is new then is found later.
    if (repository === undefined || !client.hasRoomFor(1)) return;
    const [activity] = QUESTIONS;
    const asked = QUESTIONS[turn] ?? activity;
    const question = this.unanswered.has(idOf(repository, asked)) ? activity : asked;
    try {
      const events = await this.look(repository, question);
      if (events > 0) say(`New in ${repository.slug}: ${question.name} (${events}).`);
    } catch (error) {
      // It is asked again at its next turn, from where it was.
      if (!this.isClosed()) say(`${repository.slug} could not be asked for what is new: ${reasonOf(error)}`);
    }
  }

  /** One question to its end; answers how many events were sent. Throws LiveRefusal. */
  private async look(repository: RepositoryCard, question: LiveQuestion): Promise<number> {
    const { client, place, startedAt } = this.options;
    const id = idOf(repository, question);
    const since = (this.since[id] ?? startedAt) - OVERLAP_MILLISECONDS;
    const path = repositoryPath(place.workspace.uuid, repository.uuid);
    const before = this.sent.get(id) ?? new Set();
    const seen = new Set<string>();
    let newest = this.since[id] ?? startedAt;
    let count = 0;
    try {
      let next: string | null = `${path}${question.path}`;
      for (let pages = 0; next !== null && pages < MOST_PAGES; pages += 1) {
        await this.room();
        const answer: unknown = await client.read(
          `${question.name} of ${repository.slug}`,
          next,
          z.unknown(),
        );
        const found = question.read(answer, since);
        for (const event of found.events) {
          const key = JSON.stringify(event);
          if (!before.has(key)) count += Number(await this.send(repository, event));
          seen.add(key);
          newest = Math.max(newest, event.at);
        }
        next = found.next === null ? null : pathOf(found.next);
      }
    } catch (error) {
      const isAbsent = error instanceof LiveRefusal && ['permission', 'unknown'].includes(error.kind);
      if (!isAbsent || question.name === 'activity') throw error;
      this.unanswered.add(id);
      return count;
    }
    // Closed in the middle, some of it was not sent: the next run looks again.
    if (this.isClosed()) return count;
    this.sent.set(id, seen);
    this.keep(id, newest);
    return count;
  }

  /** Waits until the hour has room for a request. */
  private async room(): Promise<void> {
    const { signal } = this.closing;
    while (!this.isClosed() && !this.options.client.hasRoomFor(1)) {
      await setTimeout(ROOM_MILLISECONDS, undefined, { signal }).catch(() => undefined);
    }
  }

  /** Tells whether it was sent: not where the run ends meanwhile. */
  private async send(repository: RepositoryCard, { eventType, payload, at }: FoundEvent): Promise<boolean> {
    const { host, place } = this.options;
    if (this.isClosed()) return false;
    await host.emit(eventType, {
      ...payload,
      timestamp: new Date(at).toISOString(),
      repository: { uuid: repository.uuid },
      workspace: { uuid: place.workspace.uuid },
    });
    return true;
  }

  /** Replaced as a whole, so that a kill leaves the one before. */
  private keep(id: string, newest: number): void {
    if (this.since[id] === newest) return;
    this.since[id] = newest;
    const { file } = this.options;
    writeFileSync(`${file}.new`, JSON.stringify(this.since));
    renameSync(`${file}.new`, file);
  }
}

function idOf({ uuid }: RepositoryCard, { name }: LiveQuestion): string {
  return `${uuid} ${name}`;
}

function reasonOf(error: unknown): string {
  return error instanceof LiveRefusal ? error.message : 'the answer could not be read.';
}

function readSince(file: string): Record<string, number> {
  if (!existsSync(file)) return {};
  try {
    return sinceByQuestion.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    // Damaged by hand: from the first start on everything is looked at again, which changes nothing that is stored.
    return {};
  }
}
