/** What the app's report of itself says of each doubt that could not be settled without Atlassian (docs/install.md). */
import { EVENT_NAMES } from '../../src/events/event-map';
import { STORAGE_FEATURES, type FeatureState } from '../../src/storage/feature-check';
import { STORE_VERSION } from '../../src/storage/store-version';
import { DELAY_ENDS, type SelfReport } from '../../src/views/reports/self-report';

/** Seen to hold, seen not to hold, or not seen yet. */
export type Verdict = 'holds' | 'does not hold' | 'not seen yet';

export interface Finding {
  readonly name: string;
  readonly verdict: Verdict;
  /** What was seen, and where need be what to do. */
  readonly text: string;
}

/** Documented: usually within three minutes, in rare cases much later. */
const USUAL_SECONDS = 180;
const USUAL_SHARE = 0.9;

/** One for each doubt, in the order of docs/install.md. */
export function findingsOf(report: SelfReport): readonly Finding[] {
  return [
    ...STORAGE_FEATURES.map((feature) => storageFinding(feature, report.storage[feature])),
    storeVersion(report),
    eventDelay(report),
    eventTimestamps(report),
    eventFields(report),
    eventsDelivered(report),
    eventsUnderstood(report),
    limitHeaders(report),
    retryAfter(report),
    permissions(report),
    installationContext(report),
    viewerContext(report),
  ];
}

function storageFinding(feature: string, found: FeatureState): Finding {
  const name = `storage-${feature}`;
  switch (found.state) {
    case 'works':
      return { name, verdict: 'holds', text: 'tried, and it did what is documented' };
    case 'unseen':
      return {
        name,
        verdict: 'not seen yet',
        text: 'the query did not show the row yet: save another report',
      };
    case 'wrong':
      return {
        name,
        verdict: 'does not hold',
        text: 'Forge answered otherwise than documented: do not go on to production, ask Atlassian',
      };
    case 'refused':
      return {
        name,
        verdict: 'does not hold',
        text: `Forge refused it (${found.code}): save another report in a minute; if it stays, ask Atlassian`,
      };
  }
}

function storeVersion({ storeVersion: version }: SelfReport): Finding {
  const name = 'store-version';
  if (version === STORE_VERSION) return { name, verdict: 'holds', text: `the store has version ${version}` };
  return version < STORE_VERSION
    ? {
        name,
        verdict: 'not seen yet',
        text: `the store has version ${version}, this release ${STORE_VERSION}: wait ten minutes after the deploy`,
      }
    : {
        name,
        verdict: 'does not hold',
        text: `the store has version ${version}, this checkout knows ${STORE_VERSION}: look with the deployed release's`,
      };
}

function eventDelay({ events }: SelfReport): Finding {
  const name = 'event-delay';
  const delays = [...DELAY_ENDS, null].map((_, place) =>
    sum(events.types.map((type) => type.delays[place] ?? 0)),
  );
  const all = sum(delays);
  if (all === 0)
    return { name, verdict: 'not seen yet', text: 'no event with an instant: comment on a pull request' };
  const usual = sum(delays.slice(0, DELAY_ENDS.indexOf(USUAL_SECONDS) + 1));
  const late = delays.at(-1) ?? 0;
  const text = `${usual} of ${all} events came within three minutes, ${late} after more than an hour`;
  return usual / all >= USUAL_SHARE
    ? { name, verdict: 'holds', text }
    : {
        name,
        verdict: 'does not hold',
        text: `${text}: figures are as late, and the daily comparison finds the rest`,
      };
}

function eventTimestamps(report: SelfReport): Finding {
  const name = 'event-timestamps';
  const { present, of } = fieldOver(report, 'timestamp');
  if (of === 0) return { name, verdict: 'not seen yet', text: 'no event: comment on a pull request' };
  const text = `${present} of ${of} events have one`;
  return present === of
    ? { name, verdict: 'holds', text }
    : {
        name,
        verdict: 'does not hold',
        text: `${text}: withdrawn approvals are told from the instants in the reviewers' list`,
      };
}

/** Nothing depends on them; which come is good to know. */
function eventFields(report: SelfReport): Finding {
  const name = 'event-optional-fields';
  const paths = [...new Set(report.events.types.flatMap(({ fields }) => fields.map(({ path }) => path)))];
  const seen = paths.map((path) => ({ path, ...fieldOver(report, path) })).filter(({ of }) => of > 0);
  if (seen.length === 0)
    return { name, verdict: 'not seen yet', text: 'no event: comment on a pull request' };
  const missing = seen.filter(({ present, of }) => present < of);
  if (missing.length === 0)
    return { name, verdict: 'holds', text: `all ${seen.length} were there in every event` };
  const list = missing.map(({ path, present, of }) => `${path} (${of - present} of ${of})`).join(', ');
  return { name, verdict: 'holds', text: `may be missing, as documented: ${list}` };
}

function eventsDelivered({ events }: SelfReport): Finding {
  const name = 'events-delivered';
  const seen = new Set(events.types.map(({ type }) => type));
  const missing = EVENT_NAMES.filter((each) => !seen.has(each)).map((each) =>
    each.replace('avi:bitbucket:', ''),
  );
  const text = `${EVENT_NAMES.length - missing.length} of ${EVENT_NAMES.length} kinds came`;
  return missing.length === 0
    ? { name, verdict: 'holds', text }
    : {
        name,
        verdict: 'not seen yet',
        text: `${text}; make each of these happen once: ${missing.join(', ')}`,
      };
}

function eventsUnderstood({ events: { types, refused } }: SelfReport): Finding {
  const name = 'events-understood';
  if (refused > 0) {
    return {
      name,
      verdict: 'does not hold',
      text: `${refused} events had a form that the app does not know: "event refused" in forge logs names the fields`,
    };
  }
  return types.length === 0
    ? { name, verdict: 'not seen yet', text: 'no event: comment on a pull request' }
    : { name, verdict: 'holds', text: 'none was refused' };
}

function limitHeaders({ headers }: SelfReport): Finding {
  const name = 'rate-limit-headers';
  if (headers === null)
    return { name, verdict: 'not seen yet', text: 'Bitbucket did not answer: save another report' };
  if (headers.includes('x-ratelimit-limit'))
    return { name, verdict: 'holds', text: `seen: ${headers.join(', ')}` };
  return {
    name,
    verdict: 'does not hold',
    text: 'X-RateLimit-Limit did not pass Forge’s proxy: the app keeps to 1,000 requests an hour',
  };
}

function retryAfter({ headers }: SelfReport): Finding {
  const name = 'retry-after-header';
  return headers?.includes('retry-after') === true
    ? { name, verdict: 'holds', text: 'seen' }
    : {
        name,
        verdict: 'not seen yet',
        text: 'comes with a refusal only; without it the app waits a minute and longer',
      };
}

function permissions({ scopes }: SelfReport): Finding {
  const name = 'permissions';
  const of = (state: string): string =>
    scopes
      .filter(({ granted }) => granted === state)
      .map(({ scope }) => scope)
      .join(', ');
  if (of('missing') !== '') {
    return {
      name,
      verdict: 'does not hold',
      text: `missing: ${of('missing')}; where the app was installed minutes ago, save another report`,
    };
  }
  return of('unknown') === ''
    ? { name, verdict: 'holds', text: 'all are granted' }
    : { name, verdict: 'not seen yet', text: `not asked for yet: ${of('unknown')}` };
}

function installationContext({ context: { installation } }: SelfReport): Finding {
  const name = 'installation-context';
  return installation === 'workspace'
    ? { name, verdict: 'holds', text: 'names the workspace as assumed' }
    : {
        name,
        verdict: 'does not hold',
        text:
          installation === 'absent'
            ? 'screens are not told the installation; the place alone decides'
            : 'has another form than ari:cloud:bitbucket::workspace/<uuid>: src/runtime/installation.ts must know it',
      };
}

function viewerContext({ context: { hasAccountType, hasLocale } }: SelfReport): Finding {
  const name = 'viewer-context';
  const missing = [hasAccountType ? [] : ['accountType'], hasLocale ? [] : ['locale']].flat();
  return missing.length === 0
    ? { name, verdict: 'holds', text: 'has accountType and locale' }
    : {
        name,
        verdict: 'not seen yet',
        text: `the resolver is not told ${missing.join(' and ')}; the app does without`,
      };
}

function fieldOver({ events }: SelfReport, path: string): { readonly present: number; readonly of: number } {
  const fields = events.types.flatMap((type) => type.fields.filter((field) => field.path === path));
  return { present: sum(fields.map(({ present }) => present)), of: sum(fields.map(({ of }) => of)) };
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
