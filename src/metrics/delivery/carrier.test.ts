import fc from 'fast-check';
import { carrierAmong, type Landing } from './carrier';
import { shortHash } from './delivery-facts';
import type { Deployment } from './deployments';
import { anyDeliveryFacts, anySettings, at, aDeployment, delivered, OPTIONS } from './testing';
import { deploymentsOf } from './deployments';

const [A, B, C] = ['a', 'b', 'c'].map((letter) => letter.repeat(12)) as [string, string, string];

/** By looking at one deployment after the other, as the definition says it. */
function lookedFor({ commit, at: landedAt }: Landing, deployments: readonly Deployment[]): Deployment | null {
  for (const [place, each] of deployments.entries()) {
    const isOwn = each.commit !== null && commit !== null && each.commit === shortHash(commit);
    if (isOwn) return each;
    if (each.heldUpTo >= landedAt) return place === 0 ? null : each;
  }
  return null;
}

describe('what came to the default branch was carried', () => {
  const { deployments } = delivered({
    deployments: [aDeployment(A, 1), aDeployment(B, 5), aDeployment(C, 9)],
  }).deployments;
  const carrierOf = carrierAmong(deployments);

  it.each([
    ['by the deployment of its own commit, given whole', { commit: `${B}99`, at: at(20) }, 'd5'],
    ['by the first that began after it', { commit: null, at: at(3) }, 'd5'],
    ['by the one that began in its second', { commit: null, at: at(4.75) }, 'd5'],
    ['by the one after, where the next had begun', { commit: null, at: at(4.8) }, 'd9'],
    ['by the first of all, where that is its own commit', { commit: A, at: at(0) }, 'd1'],
  ])('%s', (_, landing, id) => {
    expect(carrierOf(landing)?.id).toBe(id);
  });

  it('by none that is known, where it was there before the first, or none has begun since', () => {
    expect(carrierOf({ commit: null, at: at(0) })).toBeNull();
    expect(carrierOf({ commit: null, at: at(10) })).toBeNull();
  });
});

it('is the deployment that a look at each would find', () => {
  fc.assert(
    fc.property(anyDeliveryFacts, anySettings, (facts, settings) => {
      const { deployments } = deploymentsOf(facts, settings, OPTIONS);
      const carrierOf = carrierAmong(deployments);
      const landings = [
        ...facts.pushes,
        ...facts.pullRequests.map(({ mergeCommit, openedAt }) => ({ commit: mergeCommit, at: openedAt })),
      ];
      for (const landing of landings) expect(carrierOf(landing)).toBe(lookedFor(landing, deployments));
    }),
    { numRuns: 200 },
  );
});
