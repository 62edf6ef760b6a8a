/** Tests which pushed tags are deployments, and what they brought. */
import fc from 'fast-check';
import { deliveryFiguresBy } from './delivery-figures';
import { DEFAULT_DELIVERY_SETTINGS } from './delivery-settings';
import { firstTagAt, taggedDeployments } from './tagged-deployments';
import {
  aDeployment,
  aDirectPush,
  aMerge,
  anyDeliveryFacts,
  anySettings,
  at,
  aTag,
  delivered,
  OPTIONS,
} from './testing';

const [A, B, C] = ['a', 'b', 'c'].map((letter) => letter.repeat(12)) as [string, string, string];
const OF_TAGS = { deploymentSource: 'tag' } as const;

const idsOf = (pattern: string | null, ...tags: ReturnType<typeof aTag>[]): readonly string[] =>
  taggedDeployments(tags, pattern).deployments.map(({ id }) => id);

it('every tag is a deployment where no pattern says which', () => {
  expect(idsOf(null, aTag(B, 2, '2026.11'), aTag(A, 1), aTag(null, 3))).toEqual([
    `${A}@${at(1)}`,
    `${B}@${at(2)}`,
    `@${at(3)}`,
  ]);
});

it('a pattern is compared with the words of the name, those of one letter too', () => {
  const tags = [aTag(A, 1, 'v1.2'), aTag(B, 2, 'release-7'), aTag(C, 3, 'service/v8')];
  expect(idsOf('v', ...tags)).toEqual([`${A}@${at(1)}`, `${C}@${at(3)}`]);
  expect(idsOf('Release', ...tags)).toEqual([`${B}@${at(2)}`]);
  expect(idsOf('service v', ...tags)).toEqual([`${C}@${at(3)}`]);
  expect(idsOf('1.2', ...tags)).toEqual([]);
});

it('tags of one commit that are pushed together are one deployment', () => {
  expect(idsOf(null, aTag(A, 1, 'v2'), aTag(A, 1, 'v2.1'), aTag(B, 1, 'v3'))).toHaveLength(2);
});

it('are known from the first tag on, whatever its name', () => {
  const tags = [aTag(B, 9), aTag(A, 4, 'nightly')];
  expect(taggedDeployments(tags, 'v').since).toBe(at(4));
  expect(firstTagAt([])).toBeNull();
  expect(delivered({ tags }, OF_TAGS).deployments).toMatchObject({ areKnown: true, knownSince: at(4) });
  expect(delivered({}, OF_TAGS).deployments).toMatchObject({ areKnown: false, deployments: [] });
});

it('bring what was merged since the tag before, up to their own commit', () => {
  const pullRequests = [
    aMerge(1, 1, { mergeCommit: A }),
    aMerge(2, 5, { mergeCommit: B }),
    aMerge(3, 6, { mergeCommit: C }),
    aMerge(4, 30),
  ];
  // The second tag is of what was merged before the third pull request, although it was pushed after.
  const tags = [aTag(A, 2), aTag(B, 8), aTag('d'.repeat(12), 20)];
  const { deployments } = delivered({ pullRequests, tags }, OF_TAGS).deployments;
  expect(deployments.map((each) => each.pullRequests.map(({ id }) => id))).toEqual([[1], [2], [3]]);
  expect(deployments).toMatchObject([
    { kind: 'tag', atSource: 'push', at: at(2), environmentId: null },
    {},
    {},
  ]);
});

it('a later tag of a known commit is a redeployment, and of an earlier one a rollback, which is a repair', () => {
  const tags = [aTag(A, 1), aTag(B, 5), aTag(B, 7), aTag(A, 9)];
  const { deployments, failures } = delivered({ tags }, OF_TAGS);
  expect(deployments.deployments.map(({ effect }) => effect)).toEqual([
    'change',
    'change',
    'redeployment',
    'rollback',
  ]);
  expect(failures.map(({ deployment }) => deployment.at)).toEqual([at(5), at(7)]);
});

it('a direct push is repaired by the tag that carries it, and what Bitbucket deployed tells nothing', () => {
  const { remediations, failures } = delivered(
    {
      tags: [aTag(A, 1), aTag(B, 6)],
      pushes: [aDirectPush(5, B)],
      deployments: [aDeployment(C, 3, { status: 'FAILED' })],
    },
    OF_TAGS,
  );
  expect(remediations).toMatchObject([{ kind: 'direct-push', deploymentId: `${B}@${at(6)}` }]);
  expect(failures).toMatchObject([{ deployment: { at: at(1) }, restored: { at: at(6) } }]);
});

it('the pattern changes nothing where another source counts', () => {
  fc.assert(
    fc.property(
      anyDeliveryFacts,
      anySettings,
      fc.constantFrom('v', 'release'),
      (facts, settings, pattern) => {
        fc.pre(settings.deploymentSource !== 'tag');
        const window = { from: at(-60 * 24), to: at(150 * 24) };
        const figuresBy = (tagPattern: string | null): unknown =>
          deliveryFiguresBy(facts, window.to, { ...settings, tagPattern }, OPTIONS)(window);
        expect(figuresBy(pattern)).toEqual(figuresBy(null));
      },
    ),
  );
  expect(DEFAULT_DELIVERY_SETTINGS.tagPattern).toBeNull();
});
