import fc from 'fast-check';
import { PhaseHistory } from './phase-history';
import type { PhaseStay } from './phase-stays';

const AT = 1_000;

/** Stays in one phase, a few of the same length, of pull requests merged while in it, later, or not at all. */
const severalStays: fc.Arbitrary<readonly PhaseStay[]> = fc
  .array(fc.record({ waited: fc.nat(40), stayed: fc.option(fc.nat(40)), mergedAfter: fc.option(fc.nat(20)) }))
  .map((all) =>
    all.map(({ waited, stayed, mergedAfter }, id) => {
      const from = AT - waited;
      const to = stayed === null || from + stayed > AT ? null : from + stayed;
      const mergedAt = to === null || mergedAfter === null || to + mergedAfter > AT ? null : to + mergedAfter;
      return { id, phase: 'open', from, to, mergedAt };
    }),
  );

/** By a look at every stay for every wait. */
function plainly(stays: readonly PhaseStay[], waits: readonly number[], exceptId: number, until: number) {
  const moments = stays
    .filter(({ id }) => id !== exceptId)
    .flatMap(({ id, from, to, mergedAt }) =>
      waits
        .filter((wait) => from + wait < (to ?? AT))
        .map((wait) => ({ id, seconds: (mergedAt ?? AT) - from - wait, ended: mergedAt !== null })),
    );
  const listed = (wanted: boolean): readonly number[] =>
    moments
      .filter(({ seconds, ended }) => ended === wanted && seconds <= until)
      .map(({ seconds }) => seconds)
      .sort((a, b) => a - b);
  return {
    endings: listed(true),
    censored: listed(false),
    members: moments.length,
    longest: Math.max(0, ...moments.map(({ seconds }) => seconds)),
    compared: new Set(moments.map(({ id }) => id)).size,
  };
}

it('finds after several waits what a look at every stay would find', () => {
  const severalWaits = fc.uniqueArray(fc.nat(30), { minLength: 1, maxLength: 5 });
  fc.assert(
    fc.property(severalStays, severalWaits, fc.nat(11), fc.nat(40), (stays, waits, exceptId, until) => {
      const { endings, censored, ...amounts } = new PhaseHistory(stays, AT).after(waits, exceptId, until);
      expect({ endings: [...endings], censored: [...censored], ...amounts }).toEqual(
        plainly(stays, waits, exceptId, until),
      );
    }),
    { numRuns: 500 },
  );
});
