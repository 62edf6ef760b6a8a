/** What can be done to the workspace, and the sending of an event: for the page's drawer and for `npm run event`. */
import { z } from 'zod';
import type { ForgeHost } from '../host-api';
import type { DrawerAction, ProductEvent, WebOptions } from './web-options';

/** One repository as somebody chooses in it; the open pull requests last changed first. */
export interface EventChoice {
  readonly uuid: string;
  readonly slug: string;
  readonly actions: readonly DrawerAction[];
  readonly openPullRequests: readonly number[];
}

/** What was sent and how many triggers it goes to, or why nothing was sent. */
export type EventAnswer = (ProductEvent & { readonly deliveries: number }) | { readonly error: string };

const action = z.object({ key: z.string(), repository: z.string(), pullRequest: z.number().nullable() });
const event = z.object({ event: z.looseObject({ eventType: z.string() }) });

/** Empty where nothing can be done to the workspace. */
export async function eventChoices({
  repositories,
  pullRequests,
  eventDrawer,
}: WebOptions): Promise<readonly EventChoice[]> {
  if (eventDrawer === undefined) return [];
  return Promise.all(
    (await repositories()).map(async ({ uuid, slug }) => ({
      uuid,
      slug,
      actions: eventDrawer.actions(uuid),
      openPullRequests: ((await pullRequests?.(uuid, null)) ?? [])
        .filter(({ state }) => state === 'OPEN')
        .map(({ id }) => id),
    })),
  );
}

/** Does an action, or sends an event as it was given. */
export function sendEvent({ host, eventDrawer }: WebOptions, body: unknown): EventAnswer {
  const given = event.safeParse(body);
  if (given.success) return send(host, { eventType: given.data.event.eventType, payload: given.data.event });
  if (!eventDrawer) return { error: 'Only the demo workspace can be changed.' };
  const { key, repository, pullRequest } = action.parse(body);
  try {
    return send(host, eventDrawer.run(key, repository, pullRequest));
  } catch (error) {
    return { error: error instanceof Error ? error.message : String(error) };
  }
}

function send(host: ForgeHost, { eventType, payload }: ProductEvent): EventAnswer {
  const subscribed = host.manifest.triggers.filter(({ events }) => events.includes(eventType));
  // Retries may take minutes; what was sent is shown, and the log tells what came of it.
  void host.emit(eventType, payload).catch((error: unknown) => console.error(error));
  return { eventType, payload, deliveries: subscribed.length };
}
