/** Sequences of actions: the app reads their events, Atlassian documents them so, and the workspace stays whole. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { eventSchemas } from '../../src/events/event-schemas';
import { describeWithSharedData } from '../../test/shared-data';
import { isJsonObject } from '../bitbucket/values';
import type { Json, JsonObject } from '../bitbucket/workspace-source';
import { ActionError } from './actions';
import { at, isOpen, LATER, objectsAt, stage, textAt, wholeOf } from './testing';

const SCHEMAS: Readonly<Record<string, keyof typeof eventSchemas>> = {
  repository: 'repositoryEvent',
  push: 'pushEvent',
  pullrequest: 'pullRequestEvent',
  'pullrequest-comment': 'commentEvent',
  'pullrequest-reviewer-status': 'reviewerStatusEvent',
  deployment: 'deploymentEvent',
};

function schemaOf(eventType: string): keyof typeof eventSchemas {
  const [, , verb = '', subject = ''] = eventType.split(':');
  const name = SCHEMAS[verb === 'push' ? 'push' : subject];
  if (name === undefined) throw new RangeError(`No schema reads ${eventType}.`);
  return name;
}

const KEYS = [
  'open',
  'open-draft',
  'push',
  'ready',
  'comment',
  'delete-comment',
  'approve',
  'request-changes',
  'withdraw-approval',
  'merge',
  'decline',
  'push-to-main',
  'push-tag',
  'deployment-starts',
  'deployment-succeeds',
  'deployment-fails',
  'rename',
];

describe('any sequence of actions', () => {
  const steps = fc.array(
    fc.record({ key: fc.constantFrom(...KEYS), choice: fc.nat(), pause: fc.nat(5_000_000) }),
    {
      maxLength: 25,
    },
  );

  it('lists all the keys there are', () => {
    const { workspace, uuid } = stage();
    expect(
      workspace
        .actionsFor(uuid)
        .map(({ key }) => key)
        .toSorted(),
    ).toEqual(KEYS.toSorted());
  });

  it('sends events that the app reads, and keeps the history whole', () => {
    fc.assert(
      fc.property(steps, fc.constantFrom(0, 1, 4), (sequence, repository) => {
        const { source, run } = stage(repository);
        let instant = LATER;
        for (const { key, choice, pause } of sequence) {
          instant += pause;
          const ids = source.pullRequestIds().slice(-20);
          try {
            const { eventType, payload } = run(key, ids[choice % ids.length] ?? null, instant);
            expect(payload.eventType).toBe(eventType);
            expect(eventSchemas[schemaOf(eventType)].safeParse(payload).error).toBeUndefined();
          } catch (error) {
            if (!(error instanceof ActionError)) throw error;
          }
        }
        for (const id of source.pullRequestIds().slice(-45)) {
          const { activity, openedAt, state, closedAt } = wholeOf(source, id);
          expect(activity.map((entry) => entry.at)).toEqual(
            activity.map((entry) => entry.at).toSorted((a, b) => b - a),
          );
          expect(activity.at(-1)?.at).toBe(openedAt);
          expect(closedAt === null).toBe(state === 'OPEN');
        }
        const seen = new Set<string>();
        for (const commit of source.commitHistory().toReversed()) {
          const parents = objectsAt(commit, 'parents').map((parent) => textAt(parent, 'hash'));
          expect(parents.filter((hash) => !seen.has(hash))).toEqual([]);
          seen.add(textAt(commit, 'hash'));
        }
      }),
      { numRuns: 6 },
    );
  });

  it('makes the same workspace again', () => {
    const outcome = (): string => {
      const { source, run, find } = stage();
      const id = find(isOpen);
      const events = [
        run('push', id),
        run('approve', id),
        run('merge', id),
        run('open'),
        run('push-to-main'),
      ];
      return JSON.stringify([events, source.activity(id), source.commitHistory().slice(0, 20)]);
    };
    expect(outcome()).toBe(outcome());
  });
});

/** A repository's changes are whichever there are, and some accounts have no account id. */
const isOptional = (name: string): boolean => name.startsWith('changes.') || name.endsWith('.accountId');

/** Dotted paths of an example's fields; of a list, those of its first element. */
function pathsOf(value: Json, prefix = ''): readonly string[] {
  if (Array.isArray(value)) return value.length > 0 ? pathsOf(value[0] as Json, `${prefix}.0`) : [];
  if (!isJsonObject(value)) return [prefix];
  return Object.entries(value).flatMap(([key, child]) =>
    pathsOf(child, prefix === '' ? key : `${prefix}.${key}`),
  );
}

describeWithSharedData('by Atlassian’s examples of 2026', (data) => {
  const folder = path.join(data, 'forge-events', 'docs-2026-08');
  const examples = readdirSync(folder).map(
    (file) => JSON.parse(readFileSync(path.join(folder, file), 'utf8')) as JsonObject,
  );

  it.each(KEYS)('the event of "%s" has the fields that the documented one has', (key) => {
    const { run, find } = stage();
    const onDraft = key === 'ready';
    const prepared = onDraft ? Number(at(run('open-draft').payload, 'pullrequest.id')) : find(isOpen);
    if (key === 'withdraw-approval') {
      run('request-changes', prepared);
      const ids = [run('approve', prepared), run('approve', prepared)];
      expect(ids).toHaveLength(2);
    }
    if (key === 'delete-comment') run('comment', prepared);
    const { eventType, payload } = run(key, prepared);
    const documented = examples.filter((each) => each.eventType === eventType);
    expect(documented.length).toBeGreaterThan(0);
    const present = new Set(pathsOf(payload));
    const missing = documented.map((each) =>
      pathsOf(each).filter((name) => !present.has(name) && !isOptional(name)),
    );
    // A push has two documented forms; one of them has to be met.
    expect(missing).toContainEqual([]);
  });
});
