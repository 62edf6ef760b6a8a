/** Makes the report of itself that an admin takes away after the first deploy. */
import { z } from 'zod';
import { allEnded } from '../concurrency/all-ended';
import { probeHeaders } from '../bitbucket/permission-probes';
import { fieldsOf } from '../facts/event-fields';
import type { EpochSeconds } from '../facts/pull-request-facts';
import { checkFeatures } from '../storage/feature-check';
import { readConnection } from '../storage/connection';
import { sampleEvents, type SampledEvent } from '../storage/event-sample';
import { spending } from '../sync/budgeted-caller';
import { connectionOf } from './connection';
import type { WorkspacePlace } from './places';
import { DELAY_ENDS, SELF_REPORT_FORMAT, type EventTypeReport, type SelfReport } from './reports/self-report';

/**
 * Some twenty requests to storage, ten for a thousand events, and one to Bitbucket. For the workspace's administrators,
 * which the resolver proves. `context` is Forge's: only whether it has what is assumed is told.
 */
export async function selfReportOf(
  place: WorkspacePlace,
  now: EpochSeconds,
  context: unknown,
): Promise<SelfReport> {
  const [{ storeVersion }, { scopes, refusedEvents }, events] = await allEnded([
    readConnection(),
    connectionOf(place, now),
    sampleEvents(),
  ]);
  return {
    format: SELF_REPORT_FORMAT,
    version: 1,
    asOf: now,
    storeVersion,
    context: contextReport(context),
    scopes: scopes.map(({ scope, granted }) => ({ scope, granted })),
    events: { types: eventTypes(events), refused: refusedEvents },
    headers: await spending('live', (caller) => probeHeaders(caller, place.workspaceUuid)),
    storage: await checkFeatures(),
  };
}

function eventTypes(events: readonly SampledEvent[]): readonly EventTypeReport[] {
  return [...new Set(events.map(({ type }) => type))].toSorted().map((type) => {
    const ofType = events.filter((event) => event.type === type);
    const looked = ofType.flatMap(({ fields }) => fields ?? []);
    return {
      type,
      count: ofType.length,
      delays: delaysOf(ofType),
      fields: fieldsOf(type).map(({ path, bit }) => ({
        path,
        present: looked.filter((fields) => (fields & bit) !== 0).length,
        of: looked.length,
      })),
    };
  });
}

function delaysOf(events: readonly SampledEvent[]): readonly number[] {
  const delays = events.flatMap(({ at, receivedAt }) => (at === null ? [] : receivedAt - at));
  const placeOf = (delay: number): number => {
    const place = DELAY_ENDS.findIndex((end) => delay <= end);
    return place === -1 ? DELAY_ENDS.length : place;
  };
  const places = delays.map(placeOf);
  return [...DELAY_ENDS, null].map((_, place) => places.filter((each) => each === place).length);
}

const INSTALLATION_FORM = /^ari:cloud:bitbucket::workspace\/\{?[0-9a-f-]{36}\}?$/i;

const told = z.object({
  installContext: z.string().nullish(),
  accountType: z.unknown(),
  license: z.unknown(),
  locale: z.unknown(),
});

function contextReport(context: unknown): SelfReport['context'] {
  const { data } = told.safeParse(context);
  const installation = data?.installContext ?? null;
  const isThere = (value: unknown): boolean => value !== undefined && value !== null;
  return {
    installation:
      installation === null ? 'absent' : INSTALLATION_FORM.test(installation) ? 'workspace' : 'other',
    hasAccountType: isThere(data?.accountType),
    hasLicence: isThere(data?.license),
    hasLocale: isThere(data?.locale),
  };
}
