/** Who works in the demo workspace: roles, not names, since nobody here exists. */
import type { JsonObject } from '../bitbucket/workspace-source';
import type { Chance } from './random';

export interface Person {
  readonly role: string;
  /** The account as Bitbucket's answers show it; `null` where the account is gone. */
  readonly account: JsonObject | null;
  /** Hours east of UTC. */
  readonly zone: number;
  /** The share of work compared with the others. */
  readonly weight: number;
}

export interface People {
  readonly developers: readonly Person[];
  /** Worked here until some months ago; the account was deleted since. */
  readonly gone: Person;
  readonly dependencyBot: Person;
  readonly reviewerBot: Person;
}

const DEVELOPERS = 22;
const ZONES = [1, 1, -5, 1, 1, 5.5];

/** Accounts of the early years have no `account_id`; 74 of the 6,996 recorded pull requests were written by such. */
const WITHOUT_ACCOUNT_ID = [9, 21];

/** Developers in three time zones, two bots, and somebody who left. */
export function makePeople(chance: Chance): People {
  const developers = Array.from({ length: DEVELOPERS }, (_, index) =>
    makePerson(chance, {
      role: `Developer ${index + 1}`,
      zone: ZONES[index % ZONES.length] ?? 0,
      type: 'user',
      hasAccountId: !WITHOUT_ACCOUNT_ID.includes(index + 1),
      // A few do much, most do some.
      weight: 0.35 + 1.65 * chance.unit() ** 2,
    }),
  );
  const bot = { zone: 0, type: 'app_user', hasAccountId: true, weight: 1 };
  return {
    developers,
    gone: { role: 'Former developer', account: null, zone: 1, weight: 1 },
    dependencyBot: makePerson(chance, { ...bot, role: 'Dependency bot' }),
    reviewerBot: makePerson(chance, { ...bot, role: 'Reviewer bot' }),
  };
}

interface Account {
  readonly role: string;
  readonly zone: number;
  readonly weight: number;
  readonly type: string;
  readonly hasAccountId: boolean;
}

function makePerson(chance: Chance, { role, zone, weight, type, hasAccountId }: Account): Person {
  const uuid = `{${chance.uuid()}}`;
  const accountId = `712020:${chance.uuid()}`;
  const path = encodeURIComponent(uuid);
  const account = {
    type,
    uuid,
    ...(hasAccountId ? { account_id: accountId } : {}),
    display_name: role,
    ...(type === 'user' ? { nickname: role } : { account_status: 'active', kind: 'app' }),
    links: {
      self: { href: `https://api.bitbucket.org/2.0/users/${path}` },
      html: { href: `https://bitbucket.org/${path}/` },
    },
  };
  return { role, account, zone, weight };
}

/** Somebody of the list, in the proportion of their weights; throws RangeError for an empty list. */
export function pickPerson(chance: Chance, people: readonly Person[]): Person {
  const last = people.at(-1);
  if (last === undefined) throw new RangeError('There is nobody to pick from.');
  let left = chance.unit() * people.reduce((sum, person) => sum + person.weight, 0);
  for (const person of people) {
    left -= person.weight;
    if (left < 0) return person;
  }
  return last;
}
