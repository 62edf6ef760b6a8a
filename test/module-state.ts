/** Finds what modules keep between the invocations of one process, by their syntax and by what TypeScript knows of names. */
import path from 'node:path';
import ts from 'typescript';

/** Methods that change a collection, a list or a date. */
const CHANGING_METHODS = new Set([
  ...[
    'set',
    'add',
    'delete',
    'clear',
    'push',
    'pop',
    'shift',
    'unshift',
    'splice',
    'sort',
    'reverse',
    'fill',
  ],
  ...['copyWithin', 'setTime', 'setFullYear', 'define'],
]);

/** `Object.assign(x, …)` and their like change their first argument. */
const CHANGING_FUNCTIONS = new Set(['assign', 'defineProperty', 'defineProperties', 'setPrototypeOf']);

const COUNTING = new Set([ts.SyntaxKind.PlusPlusToken, ts.SyntaxKind.MinusMinusToken]);

/** Collections that nothing but a later change could make use of. */
const COLLECTIONS = new Set(['Map', 'Set', 'WeakMap', 'WeakSet', 'WeakRef']);

/** Calls that make a plain value of what stands in the code. */
const PLAIN_CALLS = ['Date.UTC', 'Array.from', 'Object.entries', 'Object.fromEntries'];

/** Makes the schemas, which keep nothing of what they read. */
const SCHEMAS = 'z';

/** Things of the whole process. */
const PROCESS_WIDE = new Set(['globalThis', 'global', 'process']);

/**
 * Sentences `file: name …`, sorted, of all that could keep something: module-level variables that are no constants, begin
 * as empty collections, are instances or closures that something else made, or are changed somewhere; static fields; and
 * changes of what the whole process has. What is made with its content and never changed is no state.
 */
export function moduleState(files: readonly string[], root: string): readonly string[] {
  const program = ts.createProgram([...files], {
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.CommonJS,
    moduleResolution: ts.ModuleResolutionKind.Node10,
    ignoreDeprecations: '5.0',
    // Names are enough: the types of the language would take most of the time.
    types: [],
    noLib: true,
  });
  const checker = program.getTypeChecker();
  const wanted = new Set(files);
  const isWanted = (node: ts.Node): boolean => wanted.has(node.getSourceFile().fileName);
  const found = new Set<string>();
  const report = (node: ts.Node, what: string): void => {
    found.add(`${path.relative(root, node.getSourceFile().fileName)}: ${what}`);
  };

  /** What a name was declared as, wherever it was imported from. */
  function declarationOf(name: ts.Identifier): ts.Declaration | undefined {
    const symbol = checker.getSymbolAtLocation(name);
    if (symbol === undefined) return undefined;
    const own = (symbol.flags & ts.SymbolFlags.Alias) === 0 ? symbol : checker.getAliasedSymbol(symbol);
    return own.declarations?.[0];
  }

  /** Tells of a change of `target`, where it belongs to a module or to the process. */
  function changed(target: ts.Expression): void {
    const first = rootOf(target);
    if (first === null) return;
    if (PROCESS_WIDE.has(first.text)) report(first, `${first.text} is changed`);
    const declaration = declarationOf(first);
    if (declaration === undefined || !isWanted(declaration) || !isOfModule(declaration)) return;
    const { name } = declaration as ts.NamedDeclaration;
    report(declaration, `${name?.getText() ?? first.text} is changed`);
  }

  /** What a statement or an expression changes. */
  function changedBy(node: ts.Node): ts.Expression | null {
    if (ts.isBinaryExpression(node) && isAssignment(node.operatorToken.kind)) return node.left;
    if (ts.isPrefixUnaryExpression(node) || ts.isPostfixUnaryExpression(node)) {
      return COUNTING.has(node.operator) ? node.operand : null;
    }
    if (ts.isDeleteExpression(node)) return node.expression;
    if (!ts.isCallExpression(node) || !ts.isPropertyAccessExpression(node.expression)) return null;
    const { expression, name } = node.expression;
    if (ts.isIdentifier(expression) && ['Object', 'Reflect'].includes(expression.text)) {
      return CHANGING_FUNCTIONS.has(name.text) ? (node.arguments[0] ?? null) : null;
    }
    // A method of the app's own with such a name is looked at where it is written.
    const method = ts.isIdentifier(name) ? declarationOf(name) : undefined;
    const isOwn = method !== undefined && isWanted(method);
    return CHANGING_METHODS.has(name.text) && !isOwn ? expression : null;
  }

  /** Why what a module-level variable is made of could keep something; `null` where it could not. */
  function keptIn(made: ts.Expression): string | null {
    if (ts.isAsExpression(made) || ts.isSatisfiesExpression(made) || ts.isParenthesizedExpression(made)) {
      return keptIn(made.expression);
    }
    if (ts.isArrayLiteralExpression(made)) {
      return made.elements.length === 0 ? 'begins empty' : keptInParts(made.elements);
    }
    if (ts.isObjectLiteralExpression(made)) {
      if (made.properties.length === 0) return 'begins empty';
      return keptInParts(
        made.properties.flatMap((each) => (ts.isPropertyAssignment(each) ? each.initializer : [])),
      );
    }
    if (ts.isNewExpression(made)) {
      if (!ts.isIdentifier(made.expression) || !COLLECTIONS.has(made.expression.text)) {
        return `is a ${made.expression.getText()}`;
      }
      return (made.arguments ?? []).length === 0 ? 'begins empty' : null;
    }
    if (ts.isCallExpression(made)) return keptInMade(made);
    const flags = ts.isRegularExpressionLiteral(made) ? made.text.slice(made.text.lastIndexOf('/') + 1) : '';
    return /[gy]/.test(flags) ? 'remembers where it stopped' : null;
  }

  /** A part of a constant may be empty for good, but no instance is there for nothing. */
  function keptInParts(parts: readonly ts.Expression[]): string | null {
    const kept = parts.filter((each) => ts.isNewExpression(each)).map(keptIn);
    return kept.find((each) => each !== null) ?? null;
  }

  /** A function that another made may close over anything, unless it is known what makes it. */
  function keptInMade(made: ts.CallExpression): string | null {
    const beginning = beginningOf(made);
    if (isFunction(beginning)) return 'is made by a function';
    if (!ts.isIdentifier(beginning)) return keptIn(beginning);
    if (beginning.text === SCHEMAS || PLAIN_CALLS.includes(made.expression.getText())) return null;
    const declaration = declarationOf(beginning);
    if (declaration !== undefined && ts.isVariableDeclaration(declaration) && declaration.initializer) {
      return isFunction(declaration.initializer)
        ? `is made by ${beginning.text}`
        : keptIn(declaration.initializer);
    }
    return `is made by ${beginning.text}`;
  }

  function look(node: ts.Node): void {
    const target = changedBy(node);
    if (target !== null) changed(target);
    if (ts.isVariableDeclaration(node) && isOfModule(node)) {
      const { initializer } = node;
      const what = isVariable(node) || !initializer ? 'is no constant' : keptIn(initializer);
      if (what !== null) report(node, `${node.name.getText()} ${what}`);
    }
    if (ts.isPropertyDeclaration(node) && isStaticState(node))
      report(node, `${node.name.getText()} is static`);
    ts.forEachChild(node, look);
  }

  for (const source of program.getSourceFiles()) if (isWanted(source)) look(source);
  return [...found].sort();
}

function isAssignment(kind: ts.SyntaxKind): boolean {
  return kind >= ts.SyntaxKind.FirstAssignment && kind <= ts.SyntaxKind.LastAssignment;
}

/** The name that a chain such as `a.b[c]` begins with. */
function rootOf(expression: ts.Expression): ts.Identifier | null {
  if (ts.isIdentifier(expression)) return expression;
  if (
    ts.isPropertyAccessExpression(expression) ||
    ts.isElementAccessExpression(expression) ||
    ts.isNonNullExpression(expression) ||
    ts.isParenthesizedExpression(expression) ||
    ts.isAsExpression(expression)
  ) {
    return rootOf(expression.expression);
  }
  return null;
}

/** Whether a declaration lives as long as its module: it is in no function and in no instance. */
function isOfModule(declaration: ts.Node): boolean {
  if (ts.isParameter(declaration) || ts.isTypeElement(declaration)) return false;
  for (let node = declaration.parent; !ts.isSourceFile(node); node = node.parent) {
    if (ts.isFunctionLike(node) || ts.isForOfStatement(node) || ts.isForStatement(node)) return false;
  }
  return true;
}

/** Whether a variable may be given another value. */
function isVariable(declaration: ts.VariableDeclaration): boolean {
  return (ts.getCombinedNodeFlags(declaration) & ts.NodeFlags.Const) === 0;
}

/** What a chain of calls and properties begins with. */
function beginningOf(expression: ts.Expression): ts.Expression {
  return ts.isCallExpression(expression) ||
    ts.isPropertyAccessExpression(expression) ||
    ts.isParenthesizedExpression(expression)
    ? beginningOf(expression.expression)
    : expression;
}

function isFunction(made: ts.Expression): boolean {
  return ts.isArrowFunction(made) || ts.isFunctionExpression(made);
}

function isStaticState(node: ts.PropertyDeclaration): boolean {
  const kinds = (ts.getModifiers(node) ?? []).map(({ kind }) => kind);
  return kinds.includes(ts.SyntaxKind.StaticKeyword) && !kinds.includes(ts.SyntaxKind.ReadonlyKeyword);
}
