/** A simulated workspace of thousands of repositories, made of recorded histories, that goes on living. */
import { LeastRecentlyUsed } from '../bitbucket/least-recently-used';
import type { JsonObject } from '../bitbucket/workspace-source';
import type { Happening, ScaleSize, ScaleSource } from './scale-source';
import { readArchive } from './workspace-archive';
import type { Copy } from './workspace-answers';
import { eventPayload } from './workspace-events';
import { hashKey, makeAccounts, mixed, uuidOf } from './workspace-identities';
import { readMerges } from './workspace-merges';
import { openedBefore, planWorkspace, type Laid, type RepositoryPlan } from './workspace-plan';
import { ScaleRepository } from './workspace-repository';
import { countUpTo, type Strand, type StrandEvent, type StrandSize } from './workspace-strand';

export interface ScaleWorkspaceOptions {
  /** The folder of recorded data. */
  readonly data: string;
  readonly size: ScaleSize;
  /** Milliseconds since 1970: the simulation's beginning, of which `size` speaks. */
  readonly beginsAt: number;
  /** Milliseconds since 1970; answers are those of its present. */
  readonly clock: { now(): number };
  readonly seed: number;
  /** Folders of the archive, where not all of it is to be read. */
  readonly recorded?: readonly string[];
}

/** One developer for each repository, as in the workspaces that the figures are about. */
const FEWEST_ACCOUNTS = 50;

/** The large history is a repository by itself where it is at most this share of the workspace. */
const MOST_SHARE_OF_LARGE = 0.1;
const LARGE_PULL_REQUESTS = 24_548;

/** Tables of what came after what. */
const MOST_TABLE_BYTES = 768 * 1024 * 1024;

const DAY_MILLISECONDS = 86_400_000;
const MICROSECONDS = 1000;

/** Ids of comments stay apart from those of other copies. */
const ID_STEP = 1_000_000_000;

const REPOSITORY = 1;
const FORK = 3;
const WORKSPACE = 4;
const PROJECT = 5;

/** The sizes where there is no large history to take them from. */
const FEW_SIZES: readonly StrandSize[] = [
  { files: 1, added: 4, removed: 1 },
  { files: 3, added: 60, removed: 12 },
  { files: 12, added: 410, removed: 150 },
];

interface Resident {
  readonly repository: ScaleRepository;
  readonly copies: readonly Copy[];
}

/** The same options always give the same workspace. Reading the recordings takes seconds. */
export function createScaleWorkspace(options: ScaleWorkspaceOptions): ScaleSource {
  const { data, size, beginsAt, clock, seed, recorded } = options;
  const strands = readArchive(data, recorded);
  const hasLarge = size.pullRequests * MOST_SHARE_OF_LARGE >= LARGE_PULL_REQUESTS;
  const large = hasLarge ? readMerges(data) : null;
  const plans = planWorkspace({ strands, large, size, beginsAt, seed });
  const workspace = { uuid: uuidOf(seed, WORKSPACE, 0), slug: 'scale', name: 'Simulated workspace' };
  const people = Math.max(FEWEST_ACCOUNTS, size.repositories, ...strands.map((strand) => strand.people));
  const settler = new Settler({
    seed,
    accounts: makeAccounts(seed, people),
    strands,
    workspace,
    clock,
    large,
  });
  const residents = plans.map((plan, number) => settler.settle(plan, number));
  const repositories = residents.map(({ repository }) => repository);
  const openedIn = plans.map(({ laid }) =>
    laid.reduce((sum, each) => sum + openedBefore(each, beginsAt * MICROSECONDS), 0),
  );
  const largest = openedIn.indexOf(Math.max(...openedIn));
  const happenings = new Happenings(residents, workspace.uuid, uuidOf(seed, PROJECT, 0));
  return {
    workspace,
    repositories: () => repositories,
    pullRequests: openedIn.reduce((sum, count) => sum + count, 0),
    largest: repositories[largest]?.uuid ?? '',
    happenings: (from, to) => happenings.between(from, to),
  };
}

/** Turns plans into repositories. */
class Settler {
  private readonly cache = new LeastRecentlyUsed(MOST_TABLE_BYTES);
  private readonly firstPerson = new Map<Strand, number>();
  private readonly sizes: readonly StrandSize[];
  private copies = 0;

  constructor(
    private readonly from: {
      readonly seed: number;
      readonly accounts: readonly JsonObject[];
      readonly strands: readonly Strand[];
      readonly large: Strand | null;
      readonly workspace: ScaleSource['workspace'];
      readonly clock: { now(): number };
    },
  ) {
    let first = 0;
    for (const strand of from.strands) {
      this.firstPerson.set(strand, first);
      first += strand.people;
    }
    const known = from.large?.pullRequests.flatMap(({ size }) => size ?? []) ?? [];
    this.sizes = known.length > 0 ? known : FEW_SIZES;
  }

  settle(plan: RepositoryPlan, number: number): Resident {
    const { seed, workspace, clock } = this.from;
    const uuid = uuidOf(seed, REPOSITORY, number);
    const slug = `repository-${number + 1}`;
    const full = `${workspace.slug}/${slug}`;
    const reference = { type: 'repository', uuid, name: slug, full_name: full };
    const fork = {
      type: 'repository',
      uuid: uuidOf(seed, FORK, number),
      name: slug,
      full_name: `forks/${slug}`,
    };
    const byLaid = new Map(plan.laid.map((laid) => [laid, this.copyOf(laid, number, reference, fork)]));
    const copies = [...byLaid.values()];
    const repository = new ScaleRepository({
      uuid,
      slug,
      workspace,
      copies,
      mainLine: plan.mainLine.flatMap((laid) => byLaid.get(laid) ?? []),
      clock,
      cache: this.cache,
      sizes: this.sizes,
    });
    return { repository, copies };
  }

  private copyOf(laid: Laid, repository: number, reference: JsonObject, fork: JsonObject): Copy {
    const { seed, accounts } = this.from;
    this.copies += 1;
    const { strand, shift } = laid;
    // The same strand in the same repository is the same people's work.
    const first = mixed(seed ^ mixed(repository)) + (this.firstPerson.get(strand) ?? 0);
    return {
      strand,
      shift,
      key: hashKey(seed, this.copies),
      accountOf: (person) => accounts[(first + person) % accounts.length] ?? {},
      repository: reference,
      fork,
      idOffset: this.copies * ID_STEP,
    };
  }
}

interface Due {
  readonly at: number;
  readonly event: StrandEvent;
  readonly resident: Resident;
  readonly copy: Copy;
}

/** What happens, gathered a day at a time. */
class Happenings {
  private day = Number.NaN;
  private due: readonly Due[] = [];

  constructor(
    private readonly residents: readonly Resident[],
    private readonly workspaceUuid: string,
    private readonly projectUuid: string,
  ) {}

  between(from: number, to: number): readonly Happening[] {
    const found: Happening[] = [];
    for (let day = Math.floor(from / DAY_MILLISECONDS); day * DAY_MILLISECONDS <= to; day += 1) {
      for (const due of this.of(day)) {
        if (due.at <= from || due.at > to) continue;
        const payload = this.payloadOf(due);
        if (payload !== null) found.push({ at: due.at, payload });
      }
    }
    return found;
  }

  /** The events of a day (since 1970) in order. */
  private of(day: number): readonly Due[] {
    if (day === this.day) return this.due;
    const due: Due[] = [];
    const begin = (day * DAY_MILLISECONDS - 1) * MICROSECONDS;
    const end = ((day + 1) * DAY_MILLISECONDS - 1) * MICROSECONDS;
    for (const resident of this.residents) {
      for (const copy of resident.copies) {
        const { events, eventTimes } = copy.strand;
        const last = countUpTo(eventTimes, end - copy.shift);
        for (let place = countUpTo(eventTimes, begin - copy.shift); place < last; place += 1) {
          const event = events[place];
          // In whole milliseconds, not before it is to be seen in the answers.
          if (event)
            due.push({ at: Math.ceil((event.at + copy.shift) / MICROSECONDS), event, resident, copy });
        }
      }
    }
    due.sort((left, right) => left.at - right.at);
    this.day = day;
    this.due = due;
    return due;
  }

  private payloadOf({ event, resident: { repository }, copy }: Due): JsonObject | null {
    return eventPayload(event, {
      copy,
      id: repository.idOf(copy, event.pullRequest),
      repository,
      workspaceUuid: this.workspaceUuid,
      projectUuid: this.projectUuid,
    });
  }
}
