/** Bitbucket's `fields` parameter: which parts of an answer are sent. */
import { isJsonList, isJsonObject } from './values';
import type { Json } from './workspace-source';

/** What to keep of a value: `rest` for the names that are not in `named`; `null` drops. */
interface Plan {
  rest: Plan | null;
  readonly named: Map<string, Plan | null>;
}

/** Keeps everything; compared by identity, so that whole values are sent without being copied. */
const WHOLE: Plan = { rest: null, named: new Map() };
WHOLE.rest = WHOLE;

function nothing(): Plan {
  return { rest: null, named: new Map() };
}

/** A copy that can be changed without changing the original. */
function copyOf(plan: Plan): Plan {
  if (plan === WHOLE) return { rest: WHOLE, named: new Map() };
  const rest = plan.rest === null || plan.rest === WHOLE ? plan.rest : copyOf(plan.rest);
  const named = [...plan.named].map(([name, child]) => [name, child && copyOf(child)] as const);
  return { rest, named: new Map(named) };
}

/** The plan for one name, made changeable in its place; `null` where the name is dropped. */
function ownChild(plan: Plan, name: string): Plan | null {
  const found = plan.named.get(name);
  if (found === null) return null;
  if (found === undefined && plan.rest === null) return null;
  const child = copyOf(found ?? plan.rest ?? WHOLE);
  plan.named.set(name, child);
  return child;
}

/** A name on the way down: its own children, and those of every name where it is `*`. */
function step(plan: Plan, name: string): readonly Plan[] {
  if (name !== '*') {
    const child = ownChild(plan, name);
    return child === null ? [] : [child];
  }
  const children = [...plan.named.keys()].flatMap((each) => ownChild(plan, each) ?? []);
  if (plan.rest === null) return children;
  plan.rest = copyOf(plan.rest);
  return [...children, plan.rest];
}

function exclude(plan: Plan, path: readonly string[]): void {
  const [name, ...deeper] = path;
  if (name === undefined) return;
  if (deeper.length > 0) {
    for (const child of step(plan, name)) exclude(child, deeper);
    return;
  }
  if (name !== '*') {
    plan.named.set(name, null);
    return;
  }
  plan.rest = null;
  plan.named.clear();
}

/** A whole value beside parts of it that were asked for: the parts only matter where the whole hides them. */
function joined(parts: Plan | null, whole: Plan): Plan {
  if (whole === WHOLE || parts === WHOLE) return WHOLE;
  const plan = copyOf(whole);
  for (const [name, child] of parts?.named ?? []) {
    if (child !== null && plan.named.get(name) === null) plan.named.set(name, child);
  }
  return plan;
}

/** Adds a path; `standard` is what an unnamed part of the answer shows by default at this place. */
function include(plan: Plan, path: readonly string[], standard: Plan | null): void {
  const [name, ...deeper] = path;
  if (name === undefined) return;
  if (name === '*') {
    includeAll(plan, deeper);
    return;
  }
  const usual = standard?.named.get(name) ?? WHOLE;
  if (deeper.length === 0) {
    plan.named.set(name, joined(plan.named.get(name) ?? null, usual));
    return;
  }
  const child = ownChild(plan, name) ?? nothing();
  plan.named.set(name, child);
  include(child, deeper, usual);
}

function includeAll(plan: Plan, deeper: readonly string[]): void {
  if (deeper.length === 0) {
    plan.rest = WHOLE;
    for (const [name, child] of plan.named) if (child === null) plan.named.delete(name);
    return;
  }
  plan.rest = plan.rest === null ? nothing() : copyOf(plan.rest);
  for (const child of [...plan.named.values()]) if (child !== null) include(child, deeper, null);
  include(plan.rest, deeper, null);
}

function keep(value: Json, plan: Plan): Json {
  if (plan === WHOLE) return value;
  if (isJsonList(value)) return value.map((element) => keep(element, plan));
  if (!isJsonObject(value)) return value;
  const kept: Record<string, Json> = {};
  if (plan.rest === null) {
    for (const [name, child] of plan.named) {
      const found = value[name];
      if (child !== null && found !== undefined) kept[name] = keep(found, child);
    }
    return kept;
  }
  for (const [name, found] of Object.entries(value)) {
    const child = plan.named.has(name) ? plan.named.get(name) : plan.rest;
    if (child !== null && child !== undefined) kept[name] = keep(found, child);
  }
  return kept;
}

function planOf(fields: string | null, hidden: readonly string[]): Plan {
  const standard = copyOf(WHOLE);
  for (const path of hidden) exclude(standard, path.split('.'));
  const names = (fields ?? '').split(',').map((name) => name.trim());
  const wanted = names.filter((name) => name !== '');
  if (wanted.length === 0) return hidden.length === 0 ? WHOLE : standard;
  const only = wanted.some((name) => !/^[+-]/.test(name));
  const plan = only ? nothing() : copyOf(standard);
  for (const name of wanted) {
    if (!name.startsWith('-')) include(plan, name.replace(/^\+/, '').split('.'), standard);
  }
  for (const name of wanted) {
    if (name.startsWith('-')) exclude(plan, name.slice(1).split('.'));
  }
  return plan;
}

/** Gives of an answer what its `fields` asked for. */
export type PartialResponse = (answer: Json) => Json;

const known = new Map<string, PartialResponse>();
const MOST_KNOWN = 500;

/**
 * The effect of a `fields` parameter (`null` where absent): names without a sign are sent and nothing else, `+name` is
 * sent besides the standard fields, `-name` is left out; dotted paths go through lists; `*` stands for every name.
 * `hidden` are the paths Bitbucket sends only when they are asked for by name.
 */
export function partialResponse(fields: string | null, hidden: readonly string[]): PartialResponse {
  const key = JSON.stringify([fields, hidden]);
  const found = known.get(key);
  if (found !== undefined) return found;
  const plan = planOf(fields, hidden);
  const made: PartialResponse = (answer) => keep(answer, plan);
  if (known.size >= MOST_KNOWN) known.clear();
  known.set(key, made);
  return made;
}
