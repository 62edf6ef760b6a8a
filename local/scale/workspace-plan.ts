/**
 * Decides what a simulated workspace is made of: how large each repository is, and which strands are laid in it when.
 * Sizes are skewed as real ones are, and what goes on at the beginning brings the wanted number of events a day.
 */
import { chance, type Chance } from '../demo/random';
import type { ScaleSize } from './scale-source';
import { countUpTo, type Strand } from './workspace-strand';

/** A strand laid in time: `shift` in microseconds, whole weeks. */
export interface Laid {
  readonly strand: Strand;
  readonly shift: number;
}

/** What one repository is made of. */
export interface RepositoryPlan {
  readonly laid: readonly Laid[];
  /** Those whose merges are the main branch's line, in time. */
  readonly mainLine: readonly Laid[];
}

export interface PlanOptions {
  /** Those of which ordinary repositories are made. */
  readonly strands: readonly Strand[];
  /** One large history that is a repository by itself; `null`: none. */
  readonly large: Strand | null;
  readonly size: ScaleSize;
  /** Milliseconds since 1970. */
  readonly beginsAt: number;
  readonly seed: number;
}

const DAY = 86_400_000_000;
const WEEK = 7 * DAY;

/** Events are counted over so many days after the beginning. */
const MEASURED_DAYS = 28;

/** What goes on does so for so long at least, a copy after the other. */
const GOES_ON_DAYS = 400;

/** A strand that is shorter would begin again and again. */
const SHORTEST_LANE_DAYS = 150;

/** The largest of 5,000 repositories has 30,200 of a million pull requests. */
const LARGEST_SHARE = 0.0302;

/** Sigma of the log-normal distribution of sizes: that of the 43 recorded repositories (median 34, mean 163: 1.8). */
const SIZE_SIGMA = 1.8;

/** How many of its pull requests what still goes on in a repository may have brought, before the beginning. */
const MOST_ALIVE = 0.9;
const MOST_ALIVE_OF_LARGEST = 0.35;

/** Its events beside those of others, by their pull requests: about eleven merges a day where it has 30,000 pull requests. */
const RATE_OF_LARGEST = 0.36;

/** What ended did so up to so long before the beginning. */
const ENDED_WITHIN_DAYS = 6 * 365;
const ENDED_SINCE_DAYS = 30;

interface Draft {
  readonly target: number;
  /** Pull requests that are still to be laid. */
  left: number;
  /** Of them, those that may be of what still goes on. */
  alive: number;
  readonly lanes: { readonly rate: number; readonly laid: readonly Laid[] }[];
  readonly ended: Laid[];
}

/** The same options always give the same plan. */
export function planWorkspace(options: PlanOptions): readonly RepositoryPlan[] {
  const { size, seed, strands } = options;
  const luck = chance(seed);
  const begins = options.beginsAt * 1000;
  const large = options.large === null ? null : layLarge(options.large, begins);
  const sizes = repositorySizes(size, large === null ? 0 : large.brought);
  const drafts = luck.some(sizes, sizes.length).map((target) => draftOf(target, sizes[0] ?? 0, luck));
  const ongoing = (large?.rate ?? 0) / MEASURED_DAYS;
  layWhatGoesOn(drafts, strands, begins, size.eventsPerDay - ongoing, luck);
  for (const draft of drafts) layWhatEnded(draft, strands, begins, luck);
  const plans = drafts.map(planOf);
  if (large !== null)
    plans.splice(luck.integer(0, plans.length), 0, { laid: large.laid, mainLine: large.laid });
  return plans;
}

/** Pull requests of each repository but the large one, the largest first; together they are what is wanted. */
export function repositorySizes(size: ScaleSize, ofLarge: number): readonly number[] {
  const count = size.repositories - Number(ofLarge > 0);
  const total = size.pullRequests - ofLarge;
  const most = Math.ceil(size.pullRequests * LARGEST_SHARE);
  const weights = Array.from({ length: count }, (_, rank) =>
    Math.exp(SIZE_SIGMA * normalQuantile((count - rank - 0.5) / count)),
  );
  const isCapped = most * 2 < total / 2 && count > 100;
  const rest = isCapped ? total - most : total;
  const considered = isCapped ? weights.slice(1) : weights;
  const sum = considered.reduce((all, weight) => all + weight, 0);
  let carried = 0;
  const shares = considered.map((weight) => {
    carried += (weight / sum) * rest;
    const whole = Math.max(1, Math.floor(carried + 1e-6));
    carried -= whole;
    return whole;
  });
  return isCapped ? [most, ...shares] : shares;
}

/** Acklam's rational approximation would be finer; this one (Abramowitz and Stegun 26.2.23) is within 0.0005. */
function normalQuantile(probability: number): number {
  if (probability > 0.5) return -normalQuantile(1 - probability);
  const t = Math.sqrt(-2 * Math.log(probability));
  const numerator = 2.515517 + 0.802853 * t + 0.010328 * t * t;
  const denominator = 1 + 1.432788 * t + 0.189269 * t * t + 0.001308 * t * t * t;
  return numerator / denominator - t;
}

/** Larger repositories are more often alive; of the smallest about a quarter is, of the largest most are. */
function draftOf(target: number, largest: number, luck: Chance): Draft {
  const isAlive = luck.happens(Math.min(0.9, 0.2 + 0.15 * Math.log10(target + 1)));
  const share = target === largest ? MOST_ALIVE_OF_LARGEST : MOST_ALIVE;
  const alive = isAlive || target === largest ? Math.floor(target * share) : 0;
  return { target, left: target, alive, lanes: [], ended: [] };
}

/** Lays lanes that go on, at any place of their strand, until they bring the wanted events a day. */
function layWhatGoesOn(
  drafts: readonly Draft[],
  strands: readonly Strand[],
  begins: number,
  eventsPerDay: number,
  luck: Chance,
): void {
  const eligible = strands.filter((strand) => spanOf(strand) >= SHORTEST_LANE_DAYS * DAY);
  if (eligible.length === 0) return;
  const addLane = (draft: Draft): number => {
    const lane = laneWithin(draft.alive, eligible, begins, luck);
    // Where none fits there is room for none.
    draft.alive -= lane?.brought ?? draft.alive;
    if (lane === null) return 0;
    draft.lanes.push(lane);
    draft.left -= lane.brought;
    return lane.rate;
  };
  const [largest] = [...drafts].sort((left, right) => right.target - left.target);
  const all = drafts.reduce((sum, { target }) => sum + target, 0);
  const wantedOfLargest = largest === undefined ? 0 : (eventsPerDay * RATE_OF_LARGEST * largest.target) / all;
  let rate = 0;
  while (largest !== undefined && largest.alive > 0 && rate < wantedOfLargest) rate += addLane(largest);
  if (largest !== undefined) largest.alive = 0;
  // By turns, so that many repositories are alive, and the large ones in more lanes.
  let open = drafts.filter(({ alive }) => alive > 0);
  while (open.length > 0 && rate < eventsPerDay) {
    for (const draft of open) {
      if (rate >= eventsPerDay) return;
      rate += addLane(draft);
    }
    open = open.filter(({ alive }) => alive > 0);
  }
}

interface Lane {
  readonly laid: readonly Laid[];
  /** Pull requests opened before the beginning. */
  readonly brought: number;
  /** Events a day after it. */
  readonly rate: number;
}

const LANE_TRIES = 12;

/** A lane that has brought no more than so many pull requests; `null` where none was found. */
function laneWithin(most: number, strands: readonly Strand[], begins: number, luck: Chance): Lane | null {
  for (let attempt = 0; attempt < LANE_TRIES; attempt += 1) {
    const strand = luck.pick(strands);
    const within = luck.unit() * spanOf(strand);
    const lane = layLane(strand, begins, within);
    if (lane.brought > 0 && lane.brought <= most) return lane;
  }
  return null;
}

/** A strand that is `within` (microseconds) its course at the beginning, and begins anew whenever it ends. */
function layLane(strand: Strand, begins: number, within: number): Lane {
  const laid: Laid[] = [];
  const length = Math.ceil((spanOf(strand) + DAY) / WEEK) * WEEK;
  let shift = wholeWeeks(begins - (strand.openings[0] ?? 0) - within);
  const end = begins + GOES_ON_DAYS * DAY;
  for (; (strand.openings[0] ?? 0) + shift < end; shift += length) laid.push({ strand, shift });
  const first = laid[0];
  return {
    laid,
    brought: first === undefined ? 0 : openedBefore(first, begins),
    rate: laid.reduce((sum, each) => sum + eventsAfter(each, begins), 0) / MEASURED_DAYS,
  };
}

/** The large history ends right before the beginning, and then goes on with its next copy. */
function layLarge(strand: Strand, begins: number): { laid: readonly Laid[]; brought: number; rate: number } {
  const lane = layLane(strand, begins, spanOf(strand) + WEEK);
  return {
    laid: lane.laid,
    brought: openedBefore(lane.laid[0] ?? { strand, shift: 0 }, begins),
    rate: lane.rate,
  };
}

/** Lays whole strands end to end, the last of them ended some time before the beginning. */
function layWhatEnded(draft: Draft, strands: readonly Strand[], begins: number, luck: Chance): void {
  const quietest = luck.integer(ENDED_SINCE_DAYS, ENDED_WITHIN_DAYS) * DAY;
  while (draft.left > 0) {
    const strand = largestOfThree(strands, draft.left, luck);
    if (strand === null) return;
    const isFirst = draft.ended.length === 0 && draft.lanes.length === 0;
    const before = isFirst ? quietest : luck.integer(ENDED_SINCE_DAYS, ENDED_WITHIN_DAYS) * DAY;
    const last = strand.openings.at(-1) ?? 0;
    const shift = wholeWeeks(begins - (draft.lanes.length > 0 ? before : Math.max(before, quietest)) - last);
    draft.ended.push({ strand, shift });
    draft.left -= strand.pullRequests.length;
  }
}

/** Of three strands that fit the largest, so that few small ones make up a large repository. */
function largestOfThree(strands: readonly Strand[], most: number, luck: Chance): Strand | null {
  const fitting = strands.filter(({ pullRequests }) => pullRequests.length <= most);
  if (fitting.length === 0) return null;
  const drawn = [luck.pick(fitting), luck.pick(fitting), luck.pick(fitting)];
  return drawn.reduce((largest, each) =>
    each.pullRequests.length > largest.pullRequests.length ? each : largest,
  );
}

/** The main branch is that of the busiest lane, else of what ended last. */
function planOf({ lanes, ended }: Draft): RepositoryPlan {
  const laid = [...lanes.flatMap((lane) => lane.laid), ...ended];
  const busiest = lanes.reduce<(typeof lanes)[number] | null>(
    (most, lane) => (most === null || lane.rate > most.rate ? lane : most),
    null,
  );
  const latest = ended.reduce<Laid | null>(
    (last, each) => (last === null || endOf(each) > endOf(last) ? each : last),
    null,
  );
  return { laid, mainLine: busiest?.laid ?? (latest === null ? [] : [latest]) };
}

function endOf({ strand, shift }: Laid): number {
  return (strand.openings.at(-1) ?? 0) + shift;
}

function spanOf({ openings }: Strand): number {
  return (openings.at(-1) ?? 0) - (openings[0] ?? 0);
}

/** Down to whole weeks, so that nothing that should be before the beginning comes after it. */
function wholeWeeks(shift: number): number {
  return Math.floor(shift / WEEK) * WEEK;
}

/** Pull requests that a laid strand has before an instant (microseconds). */
export function openedBefore({ strand, shift }: Laid, at: number): number {
  return countUpTo(strand.openings, at - shift);
}

function eventsAfter({ strand, shift }: Laid, begins: number): number {
  const end = countUpTo(strand.eventTimes, begins + MEASURED_DAYS * DAY - shift);
  return end - countUpTo(strand.eventTimes, begins - shift);
}
