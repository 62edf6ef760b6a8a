/** What the stored events tell of how they came: when, and with which fields. */
import { z } from 'zod';
import { queryPrefix } from './forge-storage';
import { EVENTS } from './keys';

/** Ten requests; events of ninety days are kept, in the order of their repositories' ids. */
export const MOST_SAMPLED = 1_000;

const storedEvent = z.object({
  type: z.string(),
  /** Absent where the event does not say. */
  at: z.number().int().nullable().default(null),
  receivedAt: z.number().int(),
  /** As `fieldsIn` tells; `null` where a version without it wrote the row. */
  fields: z.number().int().nullable().default(null),
});

/** An event as it came; instants in epoch seconds. */
export type SampledEvent = z.output<typeof storedEvent>;

/** Some of the events of the last 90 days, MOST_SAMPLED at most. Eventually consistent. */
export async function sampleEvents(): Promise<readonly SampledEvent[]> {
  const events: SampledEvent[] = [];
  let seen = 0;
  for await (const { value } of queryPrefix(EVENTS)) {
    const event = storedEvent.safeParse(value);
    if (event.success) events.push(event.data);
    seen += 1;
    if (seen === MOST_SAMPLED) break;
  }
  return events;
}
