/** Who works in the demo workspace: roles, not names, since nobody here exists. */
import type { JsonObject } from '../bitbucket/workspace-source';
import type { Chance } from './random';

export interface Person {
  readonly role: string;
  /** The account as Bitbucket's answers show it. */
  readonly account: JsonObject;
  /** Hours east of UTC. */
  readonly zone: number;
  readonly isBot: boolean;
}

const DEVELOPERS = 20;

/** Developers in three time zones, two bots, and one developer whose account has no `account_id`, as some real ones. */
export function makePeople(chance: Chance): readonly Person[] {
  const developers = Array.from({ length: DEVELOPERS }, (_, index) => {
    const zone = [1, 1, -5, 5.5][index % 4] ?? 0;
    return makePerson(chance, `Developer ${index + 1}`, zone, 'user', index !== DEVELOPERS - 1);
  });
  return [
    ...developers,
    makePerson(chance, 'Dependency bot', 0, 'app_user', true),
    makePerson(chance, 'Review bot', 0, 'app_user', true),
  ];
}

function makePerson(chance: Chance, role: string, zone: number, type: string, hasAccountId: boolean): Person {
  const uuid = `{${chance.uuid()}}`;
  const accountId = `712020:${chance.uuid()}`;
  const self = `https://api.bitbucket.org/2.0/users/${encodeURIComponent(uuid)}`;
  const account = {
    type,
    uuid,
    ...(hasAccountId ? { account_id: accountId } : {}),
    display_name: role,
    nickname: role,
    links: { self: { href: self }, html: { href: `https://bitbucket.org/${encodeURIComponent(uuid)}/` } },
  };
  return { role, account, zone, isBot: type !== 'user' };
}
