/** For tests: the app's own entities on the local Forge store, and arbitrary facts. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import YAML from 'yaml';
import { z } from 'zod';
import { openDatabase } from '../../local/forge/database';
import { ForgeStore, entityDefinition } from '../../local/forge/store';
import { connectForgeStore } from '../../local/forge/store/testing';
import {
  BRANCH_KINDS,
  MERGED_AT_SOURCES,
  PULL_REQUEST_STATES,
  REVIEW_KINDS,
  type PullRequestFacts,
} from '../facts/pull-request-facts';

const manifest = z.object({ app: z.object({ storage: z.object({ entities: z.array(entityDefinition) }) }) });

export interface AppStore {
  readonly store: ForgeStore;
  /** Milliseconds; a test moves it. */
  readonly clock: { time: number; now(): number };
  close(): void;
}

/**
 * An empty store in memory with the manifest's entities, behind the real `@forge/kvs` of this process; with
 * `enforceRates` it refuses what Forge would.
 */
export function openAppStore({ enforceRates = false } = {}): AppStore {
  const text = readFileSync(path.resolve(__dirname, '../../manifest.yml'), 'utf8');
  const { entities } = manifest.parse(YAML.parse(text)).app.storage;
  const clock = { time: Date.UTC(2026, 10, 1), now: (): number => clock.time };
  const database = openDatabase(':memory:');
  const store = new ForgeStore({ database, entities, clock, enforceRates });
  const disconnect = connectForgeStore(store);
  return {
    store,
    clock,
    close: () => {
      disconnect();
      database.close();
    },
  };
}

const instant = fc.integer({ min: 1_300_000_000, max: 1_900_000_000 });
const person = fc.constantFrom('ann', 'ben', 'cid', 'dora');
const amount = fc.option(fc.nat(100_000));
/** Of a branch's word: often one that another pull request has too. */
const digest = fc.oneof(fc.constantFrom(1, 257, 2 ** 31), fc.nat(2 ** 32 - 1));

/** Any facts that the derivation could give, and some that it could not. */
export const arbitraryFacts: fc.Arbitrary<PullRequestFacts> = fc.record({
  id: fc.integer({ min: 1, max: 50 }),
  state: fc.constantFrom(...PULL_REQUEST_STATES),
  draft: fc.boolean(),
  authorId: fc.option(person),
  authorIsBot: fc.boolean(),
  targetBranch: fc.constantFrom('main', 'release/1', ''),
  branchKind: fc.constantFrom(...BRANCH_KINDS),
  branchWords: fc.array(digest, { maxLength: 3 }),
  fromFork: fc.boolean(),
  openedAt: instant,
  mergedAt: fc.option(instant),
  mergedAtSource: fc.option(fc.constantFrom(...MERGED_AT_SOURCES)),
  closedAt: fc.option(instant),
  closedById: fc.option(person),
  mergeCommit: fc.option(fc.constantFrom('0123456789ab', 'ba9876543210')),
  commitAuthoredAt: fc.array(instant, { maxLength: 4 }),
  reviews: fc.array(
    fc.record({
      actorId: fc.option(person),
      kind: fc.constantFrom(...REVIEW_KINDS),
      at: instant,
      inline: fc.boolean(),
    }),
    { maxLength: 4 },
  ),
  requestedReviewerIds: fc.array(person, { maxLength: 3 }),
  withdrawnApprovals: fc.nat(3),
  commentCount: fc.nat(40),
  reviewCommentCount: fc.nat(40),
  sourceUpdatedAt: fc.array(instant, { maxLength: 4 }),
  staleApproval: fc.boolean(),
  selfApproved: fc.boolean(),
  linesAdded: amount,
  linesRemoved: amount,
  filesChanged: amount,
  lastActivityAt: fc.option(instant),
  lastAuthorActivityAt: fc.option(instant),
  coverage: fc.record({ activity: fc.boolean(), commits: fc.boolean(), diffstat: fc.boolean() }),
});
