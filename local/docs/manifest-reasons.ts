/** Reads the manifest together with its comments: the comment above an event, a scope or an entity is its reason. */
import YAML, { isMap, isScalar, isSeq, type Document, type YAMLSeq } from 'yaml';

/** Something that the manifest lists, and the comment above it. */
export interface Reasoned {
  readonly name: string;
  readonly reason: string;
}

export interface ManifestReasons {
  readonly events: readonly Reasoned[];
  readonly scopes: readonly Reasoned[];
  readonly entities: readonly Reasoned[];
}

/** Throws an Error that names what has no comment. */
export function manifestReasons(text: string): ManifestReasons {
  const document = YAML.parseDocument(text);
  const triggers = seqAt(document, ['modules', 'trigger']);
  return {
    events: triggers.items.flatMap((trigger) => {
      const events = isMap(trigger) ? trigger.get('events', true) : null;
      return isSeq(events) ? reasonsOf(events) : [];
    }),
    scopes: reasonsOf(seqAt(document, ['permissions', 'scopes'])),
    entities: reasonsOf(seqAt(document, ['app', 'storage', 'entities'])),
  };
}

function seqAt(document: Document, path: readonly string[]): YAMLSeq {
  const node = document.getIn([...path], true);
  if (!isSeq(node)) throw new Error(`manifest.yml has no list at ${path.join('.')}.`);
  return node;
}

function reasonsOf(list: YAMLSeq): readonly Reasoned[] {
  return list.items.map((item, place) => {
    const name = nameOf(item);
    const own = isScalar(item) || isMap(item) ? item.commentBefore : null;
    // The parser gives the comment above the first item to the list.
    const comment = place === 0 ? [list.commentBefore, own].filter(Boolean).join('\n') : own;
    if (!comment) throw new Error(`${name} has no reason: write a comment above it in manifest.yml.`);
    return { name, reason: comment.replace(/\s+/g, ' ').trim() };
  });
}

function nameOf(item: unknown): string {
  if (isScalar(item)) return String(item.value);
  if (isMap(item)) return String(item.get('name'));
  throw new Error('manifest.yml lists something without a name.');
}
