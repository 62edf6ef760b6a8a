/** For tests: what the locale files hold, and where the screens' sources use it. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { IntlMessageFormat } from 'intl-messageformat';
import ts from 'typescript';

type LocaleFile = Readonly<Record<string, Readonly<Record<string, string>>>>;

/** Every message by its key `area.name`, in the file's order. */
export function messagesIn(file: LocaleFile): ReadonlyMap<string, string> {
  return new Map(
    Object.entries(file).flatMap(([area, messages]) =>
      Object.entries(messages).map(([name, message]) => [`${area}.${name}`, message] as const),
    ),
  );
}

type Element = ReturnType<IntlMessageFormat['getAst']>[number];

/** The parser's numbers of the kinds of element that matter here. */
const LITERAL = 0;
const NUMBER = 2;
const SELECT = 5;

/**
 * What a message wants: each placeholder's name with `number` or `text`, and for a choice between texts the options.
 * Throws where the message is no ICU message.
 */
export function placeholdersOf(message: string): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  const collect = (elements: readonly Element[]): void => {
    for (const element of elements) {
      const kind: number = element.type;
      if ('options' in element) {
        const names = Object.keys(element.options).sort().join(' | ');
        found.set(element.value, kind === SELECT ? names : 'number');
        Object.values(element.options).forEach((option) => collect(option.value));
      } else if ('value' in element && kind !== LITERAL) {
        found.set(element.value, kind === NUMBER ? 'number' : 'text');
      }
    }
  };
  collect(new IntlMessageFormat(message, 'en-US', {}, { ignoreTag: true }).getAst());
  return found;
}

export interface MessageUse {
  /** Path within `static`, with the line. */
  readonly place: string;
  /** The key, or where a part of it is computed what it must match. */
  readonly key: string | RegExp;
  /** Names of the values given; `null` where the source does not tell them at this place. */
  readonly values: readonly string[] | null;
}

const SOURCES = path.resolve(__dirname, '..');

/** Every text in the screens' sources that reads like a key of one of the areas. */
export function messageUses(areas: ReadonlySet<string>): readonly MessageUse[] {
  return inSources((node, place) => {
    const key = keyOf(node, areas);
    return key === null ? [] : [{ place, key, values: valuesFor(node) }];
  });
}

/** Attributes whose text is read by people or read out to them. */
const READ_ATTRIBUTES = new Set(['aria-label', 'aria-valuetext', 'alt', 'placeholder', 'title']);

/** Words that stand in the screens' elements themselves, in whichever language, each with its place. */
export function wordsInElements(): readonly string[] {
  return inSources((node, place) => {
    const isRead = ts.isJsxAttribute(node) && READ_ATTRIBUTES.has(node.name.getText());
    const text = ts.isJsxText(node)
      ? node.text
      : isRead && node.initializer !== undefined && ts.isStringLiteral(node.initializer)
        ? node.initializer.text
        : '';
    return /\p{L}/u.test(text) ? [`${place} ${text.trim()}`] : [];
  });
}

/** What is found at every node of every source, with the path within `static` and the line. */
function inSources<Found>(find: (node: ts.Node, place: string) => readonly Found[]): readonly Found[] {
  const files = readdirSync(SOURCES, { recursive: true, encoding: 'utf8' }).filter(
    (file) => /\.tsx?$/.test(file) && !/^dist\b|\.test\.|testing\.ts$|\.config\.ts$/.test(file),
  );
  return files.flatMap((file) => {
    const text = readFileSync(path.join(SOURCES, file), 'utf8');
    const source = ts.createSourceFile(file, text, ts.ScriptTarget.ESNext, true);
    const found: Found[] = [];
    const visit = (node: ts.Node): void => {
      const { line } = source.getLineAndCharacterOfPosition(node.getStart());
      found.push(...find(node, `${file}:${line + 1}`));
      ts.forEachChild(node, visit);
    };
    visit(source);
    return found;
  });
}

function keyOf(node: ts.Node, areas: ReadonlySet<string>): string | RegExp | null {
  if (ts.isTemplateExpression(node)) {
    if (!areas.has(areaOf(node.head.text))) return null;
    const rest = node.templateSpans.map(({ literal }) => `.+${literal.text}`);
    return new RegExp(`^${node.head.text.replace('.', '\\.')}${rest.join('')}$`);
  }
  return ts.isStringLiteralLike(node) && areas.has(areaOf(node.text)) ? node.text : null;
}

/** What stands before the dot of `area.name`; nothing where the text is of another form. */
function areaOf(text: string): string {
  return /^(\w+)\.(?!.*[./])/.exec(text)?.[1] ?? '';
}

/** The values of `t(key, { … })`, also where the key is one of several; unknown where they are not listed there. */
function valuesFor(key: ts.Node): readonly string[] | null {
  let argument = key;
  while (ts.isConditionalExpression(argument.parent)) argument = argument.parent;
  const call = argument.parent;
  if (!ts.isCallExpression(call) || call.arguments[0] !== argument) return null;
  const [, values] = call.arguments;
  if (values === undefined) return [];
  if (!ts.isObjectLiteralExpression(values)) return null;
  const names = values.properties.map(({ name }) => name?.getText());
  return names.every((name) => name !== undefined) ? names : null;
}
