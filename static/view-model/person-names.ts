/** Finds people's names in an answer of Bitbucket. */

/** The names of everybody that an answer mentions, under the id that the facts have: the account's, else the uuid. */
export function namesIn(answer: unknown): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  for (const value of list(answer, 'values')) {
    const users = [
      field(value, 'author'),
      ...list(value, 'participants').map((participant) => field(participant, 'user')),
      ...list(value, 'reviewers'),
    ];
    for (const user of users) {
      const name = field(user, 'display_name');
      const uuid = field(user, 'uuid');
      const id = field(user, 'account_id') ?? (typeof uuid === 'string' ? uuid.replace(/[{}]/g, '') : null);
      if (typeof name === 'string' && typeof id === 'string') names.set(id, name);
    }
  }
  return names;
}

function field(value: unknown, name: string): unknown {
  return value !== null && typeof value === 'object' ? (value as Record<string, unknown>)[name] : undefined;
}

function list(value: unknown, name: string): readonly unknown[] {
  const found = field(value, name);
  return Array.isArray(found) ? (found as unknown[]) : [];
}
