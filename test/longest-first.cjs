/** The order of jest's suites: the longest at first, also where jest has not measured them yet, so that none ends alone. */
const { existsSync } = require('node:fs');
const path = require('node:path');
const { default: Sequencer } = require('@jest/test-sequencer');

/** Those that take more than a quarter of a minute, the longest first. */
const LONGEST = [
  'test/faults/every-call.test.ts',
  'test/screens.test.ts',
  'test/recordings/archive.test.ts',
  'test/browser.test.ts',
  'test/sync/week-of-events.test.ts',
  'test/recordings/request-counts.test.ts',
  'test/start.test.ts',
  'test/live.test.ts',
  'test/recordings/killed-import.test.ts',
  'test/place-states.test.ts',
  'test/isolation.test.ts',
  'test/privacy.test.ts',
  'test/events-end-to-end.test.ts',
  'test/settings-pages.test.ts',
  'test/bad-input/resolver.test.ts',
  'test/panel-reads.test.ts',
  'test/bad-input/answers.test.ts',
  'local/forge/queue.test.ts',
  'test/faults/storm.test.ts',
  'test/faults/versions.test.ts',
  'test/faults/bitbucket-data.test.ts',
  'test/recordings/forecast.test.ts',
  'src/sync/leaving-out.test.ts',
  'src/sync/import/import.test.ts',
].map((file) => path.resolve(__dirname, '..', file));

const missing = LONGEST.filter((file) => !existsSync(file));
if (missing.length > 0) throw new Error(`test/longest-first.cjs names suites that are not there: ${missing}`);

const places = new Map(LONGEST.map((file, place) => [file, place]));
const placeOf = (test) => places.get(test.path) ?? LONGEST.length;

module.exports = class LongestFirst extends Sequencer {
  /** The others keep jest's own order: what failed, then what took long, then what is large. */
  async sort(tests) {
    const usual = await super.sort(tests);
    return [...usual].sort((a, b) => placeOf(a) - placeOf(b));
  }
};
