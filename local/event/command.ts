/** What `npm run event` does: lists the events that can be sent, or sends one. */
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { UsageError } from '../start/options';
import { HostDoor, type Choice, type Sent } from './host-door';
import { nearestNames } from './nearest-names';
import type { EventOptions } from './options';

/** What goes to the terminal: `said` for whoever reads it, `printed` for a file. */
export interface EventOutput {
  readonly said: string;
  readonly printed: string | null;
}

const event = z.looseObject({ eventType: z.string() });

/** Throws UsageError for what the person who asked can mend. */
export async function runEvent(options: EventOptions): Promise<EventOutput> {
  const door = new HostDoor(options.port);
  const { wish } = options;
  switch (wish.kind) {
    case 'list':
      return { said: listOf(await door.choices()), printed: null };
    case 'file': {
      const answer = await door.send({ event: eventIn(wish.file) });
      if ('error' in answer) throw new UsageError(answer.error);
      return outputOf(answer, '');
    }
    case 'action':
      return act(door, wish.key, options);
  }
}

function listOf(choices: readonly Choice[]): string {
  if (choices.length === 0) {
    return 'Nothing can be done to this workspace. An event of your own can be sent: npm run event -- FILE.json.';
  }
  const width = Math.max(...actionsIn(choices).map(({ key }) => key.length));
  const lines = actionsIn(choices).map(({ key, label, needsPullRequest }) => {
    const what = needsPullRequest ? `${label} (of a pull request)` : label;
    return `  ${key.padEnd(width)}  ${what}`;
  });
  const slugs = choices.map(({ slug }) => slug).join(', ');
  return ['npm run event -- NAME', ...lines, `Repositories: ${slugs}.`].join('\n');
}

/** Of all repositories, each once. */
function actionsIn(choices: readonly Choice[]): Choice['actions'] {
  return [...new Map(choices.flatMap(({ actions }) => actions).map((each) => [each.key, each])).values()];
}

function eventIn(file: string): z.output<typeof event> {
  let content: unknown;
  try {
    content = JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    throw new UsageError(`${file} holds no JSON. It must be an object with an eventType.`);
  }
  const parsed = event.safeParse(content);
  if (parsed.success) return parsed.data;
  throw new UsageError(`${file} has no eventType. Name one, such as avi:bitbucket:updated:pullrequest.`);
}

async function act(door: HostDoor, key: string, options: EventOptions): Promise<EventOutput> {
  const all = await door.choices();
  if (all.length === 0) throw new UsageError(listOf(all));
  const known = actionsIn(all).find((each) => each.key === key);
  if (known === undefined) throw new UsageError(unknownName(key, actionsIn(all)));
  const { uuid, slug, openPullRequests } = chosen(all, key, options.repository);
  const { pullRequest } = options;
  const candidates = !known.needsPullRequest
    ? [null]
    : pullRequest === null
      ? openPullRequests
      : [pullRequest];
  let refusal = `${slug} has no open pull request. Open one first: npm run event -- open.`;
  // What one of them is not ready for changes nothing, and the next may be.
  for (const id of candidates) {
    const answer = await door.send({ key, repository: uuid, pullRequest: id });
    if (!('error' in answer)) return outputOf(answer, id === null ? ` in ${slug}` : ` of #${id} in ${slug}`);
    refusal = answer.error;
  }
  throw new UsageError(refusal);
}

function unknownName(key: string, actions: Choice['actions']): string {
  const names = actions.map((each) => each.key);
  const nearest = nearestNames(key, names);
  const meant = nearest.length === 0 ? 'npm run event lists all' : `did you mean ${nearest.join(', ')}`;
  return `${key}: no event is named so; ${meant}${nearest.length === 0 ? '.' : '?'}`;
}

function chosen(all: readonly Choice[], key: string, slug: string | null): Choice {
  const can = all.filter(({ actions }) => actions.some((action) => action.key === key));
  const found = slug === null ? can[0] : can.find((choice) => choice.slug === slug);
  if (found !== undefined) return found;
  const slugs = can.map((choice) => choice.slug).join(', ');
  throw new UsageError(`--repository ${slug ?? ''}: ${key} can be done in ${slugs}. Name one of them.`);
}

function outputOf({ eventType, payload, deliveries }: Sent, where: string): EventOutput {
  const taken =
    deliveries === 0
      ? 'no trigger of the manifest takes it'
      : `${deliveries} trigger${deliveries === 1 ? ' takes' : 's take'} it`;
  return { said: `Sent ${eventType}${where}: ${taken}.`, printed: JSON.stringify(payload, null, 2) };
}
