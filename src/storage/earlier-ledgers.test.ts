import { wordsOf } from '../facts/branch-words';
import { OPENED_AT, aPullRequest } from '../facts/testing';
import { EARLIER_FACTS, EARLIER_LEDGERS } from './earlier-ledgers.fixture';
import { storedFacts } from './facts-schema';
import { setEntity } from './forge-storage';
import { ENTITY, key } from './keys';
import { decodeLedger } from './ledger-codec';
import { readLedgers } from './ledgers';
import { savePullRequests } from './pull-requests';
import { openAppStore, type AppStore } from './testing';

const REPOSITORY = '15a31549-1cff-45dc-9d0d-310114c5038b';
const MONTH = '2026-06';

it.each(EARLIER_LEDGERS)('reads a ledger of the %s schema', (_, text) => {
  expect(decodeLedger(text)).toEqual(EARLIER_FACTS);
});

it('reads the row of a pull request from before branches’ words were kept', () => {
  const { branchWords, ...older } = aPullRequest();
  expect(branchWords).toEqual([]);
  expect(storedFacts.parse(older)).toEqual(aPullRequest());
});

describe.each(EARLIER_LEDGERS)('a store of the %s schema', (_, text) => {
  let app: AppStore;
  beforeEach(() => {
    app = openAppStore();
  });
  afterEach(() => app.close());

  /** The stored texts of the month. */
  const bodies = (): readonly unknown[] =>
    app.store.dump().flatMap(({ entityName, value }) => (entityName === ENTITY.ledger ? [value] : []));

  it('is read, and written in the present schema when something is added', async () => {
    await setEntity(ENTITY.ledger, key.ledger(REPOSITORY, MONTH, 0), {
      repository: REPOSITORY,
      bucket: MONTH,
      version: 3,
      detail: { parts: 1, body: text },
    });
    const before = (await readLedgers(REPOSITORY, [MONTH])).get(MONTH);
    expect([...(before?.facts.values() ?? [])]).toEqual(EARLIER_FACTS);

    const added = aPullRequest({ id: 8, branchWords: wordsOf('hotfix/login') });
    await savePullRequests(REPOSITORY, [{ facts: added, readAt: OPENED_AT }]);
    expect(bodies()).toEqual([
      expect.objectContaining({
        version: 4,
        detail: { parts: 1, body: expect.stringMatching(/^3:/) as string },
      }),
    ]);
    const after = (await readLedgers(REPOSITORY, [MONTH])).get(MONTH);
    expect([...(after?.facts.values() ?? [])]).toEqual([EARLIER_FACTS[0], added, EARLIER_FACTS[1]]);
  });
});
