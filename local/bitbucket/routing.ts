/** Finds the endpoint that a path belongs to. */
import { ENDPOINTS, type EndpointName } from './endpoints';
import { KNOWN_PATHS } from './known-paths';

/** What a path names: an endpoint the stand-in models, or (`name: null`) one that only Bitbucket has. */
export interface Route {
  readonly name: EndpointName | null;
  readonly template: string;
  readonly parameters: Readonly<Record<string, string>>;
}

interface Template {
  readonly name: EndpointName | null;
  readonly template: string;
  readonly segments: readonly string[];
  readonly literals: number;
}

/** Parameters that may hold slashes, as in branch names; they always stand last. */
const GREEDY: readonly string[] = ['{revision}', '{spec}', '{revspec}', '{path}', '{name}'];

function isParameter(segment: string): boolean {
  return segment.startsWith('{') && segment.endsWith('}');
}

function compile(name: EndpointName | null, template: string): Template {
  const segments = template.split('/').slice(1);
  const literals = segments.filter((segment) => !isParameter(segment)).length;
  return { name, template, segments, literals };
}

/** `pullrequests/activity` before `pullrequests/{id}`: the template with more fixed words is meant. */
function byLiterals(left: Template, right: Template): number {
  return right.literals - left.literals;
}

const MODELLED = Object.entries(ENDPOINTS)
  .map(([name, endpoint]) => compile(isEndpointName(name) ? name : null, endpoint.template))
  .sort(byLiterals);

const KNOWN = KNOWN_PATHS.map((template) => compile(null, template)).sort(byLiterals);

function isEndpointName(name: string): name is EndpointName {
  return Object.hasOwn(ENDPOINTS, name);
}

function match(template: Template, path: readonly string[]): Readonly<Record<string, string>> | null {
  const last = template.segments.at(-1) ?? '';
  const greedy = GREEDY.includes(last);
  const count = template.segments.length;
  if (greedy ? path.length < count : path.length !== count) return null;
  const parameters: Record<string, string> = {};
  for (const [index, segment] of template.segments.entries()) {
    const rest = greedy && index === count - 1;
    const given = rest ? path.slice(index).join('/') : (path[index] ?? '');
    if (isParameter(segment)) parameters[segment.slice(1, -1)] = given;
    else if (segment !== given) return null;
  }
  return parameters;
}

function segmentsOf(path: string): readonly string[] | null {
  try {
    return path.replace(/\/$/, '').split('/').slice(1).map(decodeURIComponent);
  } catch {
    // A path that cannot be decoded names nothing.
    return null;
  }
}

/** The route of an encoded path such as `/2.0/repositories/%7B…%7D`; `null` where Bitbucket has nothing. */
export function routeOf(path: string): Route | null {
  const [version, ...segments] = segmentsOf(path) ?? [];
  if (version !== '2.0' || segments.length === 0 || segments.includes('')) return null;
  for (const template of [...MODELLED, ...KNOWN]) {
    const parameters = match(template, segments);
    if (parameters !== null) return { name: template.name, template: template.template, parameters };
  }
  return null;
}
