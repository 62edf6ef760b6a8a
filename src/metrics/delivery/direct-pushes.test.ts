import { HOUR } from '../../facts/testing';
import type { DefaultBranchPush } from './delivery-facts';
import { DEFAULT_DELIVERY_SETTINGS } from './delivery-settings';
import { directPushes, hotfixPushes } from './direct-pushes';
import { aDirectPush, aMerge, at, delivered } from './testing';

const WINDOW = { from: at(0), to: at(100) };

function ofOrigin(origin: DefaultBranchPush['origin'], hours: number): DefaultBranchPush {
  return { ...aDirectPush(hours), origin };
}

it('direct pushes are those of no pull request; what is not yet compared is left out and counted', () => {
  const pushes = [aDirectPush(5, 'abc'), ofOrigin('merge', 6), ofOrigin('unknown', 7), aDirectPush(8)];
  expect(directPushes(pushes, WINDOW)).toEqual({
    figure: { unit: 'count', n: 2, value: 2 },
    evidence: [
      { kind: 'push', id: 'abc', value: 1, instants: [{ name: 'pushedAt', at: at(5), source: 'push' }] },
      {
        kind: 'push',
        id: String(at(8)),
        value: 1,
        instants: [{ name: 'pushedAt', at: at(8), source: 'push' }],
      },
    ],
    leftOut: 1,
  });
});

it('the beginning of the window is in it, the end is not', () => {
  expect(directPushes([aDirectPush(0), aDirectPush(100)], WINDOW).figure.value).toBe(1);
});

describe('hotfix pushes', () => {
  const { deployments } = delivered({ pullRequests: [aMerge(1, -10), aMerge(2, 20)] });
  const hotfixes = (pushes: readonly DefaultBranchPush[], failureWindowSeconds = 24 * HOUR) =>
    hotfixPushes(pushes, deployments, { ...DEFAULT_DELIVERY_SETTINGS, failureWindowSeconds }, WINDOW);

  it('are the direct pushes up to 24 hours after a deployment, one of before the window too', () => {
    const pushes = [14, 14.01, 20, 20.01, 44, 44.01].map((hours) => aDirectPush(hours));
    const { figure, evidence } = hotfixes(pushes);
    expect(evidence.map(({ id }) => (Number(id) - at(0)) / HOUR)).toEqual([14, 20.01, 44]);
    expect(figure).toEqual({ unit: 'count', n: 3, value: 3 });
    expect(evidence[2]?.instants.map((each) => [each.name, each.at])).toEqual([
      ['deployedAt', at(20)],
      ['pushedAt', at(44)],
    ]);
  });

  it('follow the setting', () => {
    expect(hotfixes([aDirectPush(21), aDirectPush(22)], HOUR).figure.value).toBe(1);
  });

  it('leave out what is not yet compared, and count it', () => {
    const pushes = [ofOrigin('unknown', 21), ofOrigin('unknown', 60), ofOrigin('merge', 21)];
    expect(hotfixes(pushes)).toMatchObject({ figure: { value: 0 }, leftOut: 1 });
  });
});
