import { brotliCompressSync, deflateRawSync } from 'node:zlib';
import { KEPT_IN_ANSWERS, KEPT_IN_EVENTS, Planter } from './planted-texts';

const PULL_REQUEST = {
  id: 7,
  title: 'Pay faster',
  state: 'OPEN',
  source: { branch: { name: 'hotfix/pay' } },
  destination: { branch: { name: 'main' } },
  reviewers: [{ uuid: '{a}', display_name: 'Ann' }],
};

it('plants whatever nobody named, and keeps ids, states and target branches', () => {
  const planter = new Planter();
  expect(planter.plant(PULL_REQUEST, KEPT_IN_ANSWERS, 'added', 'GET')).toEqual({
    id: 7,
    title: 'Pay fasterzqplanted0000',
    state: 'OPEN',
    source: { branch: { name: 'hotfix/payzqplanted0001' } },
    destination: { branch: { name: 'main' } },
    reviewers: [{ uuid: '{a}', display_name: 'Annzqplanted0002' }],
  });
  expect(planter.paths).toEqual(['GET: title', 'GET: source.branch.name', 'GET: reviewers.display_name']);
});

it('leaves nothing but the marker, or plants where a form is expected, where that is asked for', () => {
  const planter = new Planter();
  const push = { eventType: 'push', push: { ref: 'main', after: '0123456789ab' } };
  expect(planter.plant(push, KEPT_IN_EVENTS, 'alone', 'push')).toEqual({
    eventType: 'push',
    push: { ref: 'zqplanted0000', after: '0123456789ab' },
  });
  expect(planter.plant(push, KEPT_IN_EVENTS, 'malformed', 'push')).toEqual({
    eventType: 'push',
    push: { ref: 'Words of zqplanted0000', after: 'Words of zqplanted0001' },
  });
});

it('finds markers in any case, and in what is packed', () => {
  const planter = new Planter();
  planter.plant({ title: '', name: '' }, KEPT_IN_ANSWERS, 'alone', 'GET');
  expect(planter.pathsIn('{"a":"ZQPlanted0001 and more"}')).toEqual(['GET: name']);
  const bytes = Buffer.from('\u0000zqplanted0000\u0001 and other things');
  const packed = brotliCompressSync(bytes);
  const bodies = [packed, Buffer.concat([Buffer.from([1, 2, 3, 4]), packed]), deflateRawSync(bytes)];
  for (const body of bodies) {
    expect(planter.pathsIn(JSON.stringify({ detail: { body: `2:${body.toString('base64')}` } }))).toEqual([
      'GET: title',
    ]);
  }
  expect(planter.pathsIn('{"title":"Pay faster","hash":"0123456789abcdef0123456789abcdef01234567"}')).toEqual(
    [],
  );
});
