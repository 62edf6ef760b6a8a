/** Each call of each function fails in turn, or is the last that its process makes: what is left is the same. */
import { JOB_NAMES } from '../../src/storage/jobs';
import { TASK_NAMES } from '../../src/storage/tasks';
import { liveMessage, workMessage } from '../../src/sync/messages';
import type { TestClock } from './forge-life';
import { rehearse, type Ending, type Rehearsal } from './every-call';
import { SCENARIOS } from './scenarios';

const BEGINS_AT = Date.UTC(2026, 10, 17, 9);

/**
 * All of them take an hour and more: `EVERY_CALL=1`. Otherwise each run takes some, the same ones each time;
 * EVERY_CALL_FROM chooses others.
 */
const IS_WHOLE = process.env.EVERY_CALL === '1';
const FROM = Number(process.env.EVERY_CALL_FROM ?? 1);
const TIMEOUT = IS_WHOLE ? 3_600_000 : 600_000;
const KILLED = IS_WHOLE ? 1 : 6;
const FAILED = IS_WHOLE ? 1 : 18;

/** As many as a call can meet. */
const FAULTS_A_CALL = IS_WHOLE ? 10 : 1;

const clock: TestClock = { now: BEGINS_AT };
beforeAll(() => {
  jest.spyOn(Date, 'now').mockImplementation(() => clock.now);
  for (const kind of ['info', 'warn', 'error'] as const) jest.spyOn(console, kind).mockReturnValue();
});
afterAll(() => jest.restoreAllMocks());

const consumed = new Set<string>();

describe.each(SCENARIOS)('$name', (scenario) => {
  let rehearsal: Rehearsal;
  let fair: Ending;
  beforeAll(async () => {
    rehearsal = await rehearse(scenario, clock, BEGINS_AT);
    fair = await rehearsal.run({ kind: 'none' });
    for (const kind of fair.messages) consumed.add(kind);
  }, TIMEOUT);
  afterAll(() => rehearsal.close());

  it(
    'is the same wherever the process dies',
    async () => {
      // Nothing is known of what was only read, so that dying before the next change is dying after the last.
      const changing = [...fair.calls.keys()].filter((call) => fair.calls[call]).map((call) => call + 1);
      expect(changing).not.toEqual([]);
      for (const call of some(changing, KILLED)) {
        const killed = await rehearsal.run({ kind: 'killed', call });
        expect({ call, left: killed.left }).toEqual({ call, left: fair.left });
      }
    },
    TIMEOUT,
  );

  it(
    'is the same whichever call fails',
    async () => {
      const calls = some([...fair.calls.keys()], FAILED).map((call) => call + 1);
      let met = 0;
      for (const call of calls) {
        for (let turn = call; turn < call + FAULTS_A_CALL; turn += 1) {
          const { faults, left } = await rehearsal.run({ kind: 'fault', call, turn });
          expect({ call, faults, left }).toEqual({ call, faults, left: fair.left });
          met += faults.length;
        }
      }
      expect(met).toBeGreaterThan(calls.length / 2);
    },
    TIMEOUT,
  );
});

/** Each so many of a list. */
function some<T>(list: readonly T[], step: number): readonly T[] {
  return list.filter((_, place) => place % step === FROM % step);
}

it('has a scenario for every message', () => {
  const kinds = [...liveMessage.options, ...workMessage.options].map(({ shape }) => shape.kind.value);
  expect([...consumed].toSorted()).toEqual([...new Set(kinds)].toSorted());
  expect([TASK_NAMES.length, JOB_NAMES.length]).toEqual([6, 3]);
});
