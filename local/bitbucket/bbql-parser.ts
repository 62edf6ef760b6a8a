/** Reads the filter language of Bitbucket's `q` parameter into a tree. */

/** What a filter compares a field with. */
export type Literal =
  | { readonly kind: 'text'; readonly value: string }
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'boolean'; readonly value: boolean }
  | { readonly kind: 'instant'; readonly value: string }
  | { readonly kind: 'null' };

export type Operator = '=' | '!=' | '>' | '>=' | '<' | '<=' | '~' | '!~';

/** A filter: comparisons joined by AND, which binds tighter, and OR. */
export type Filter =
  | { readonly kind: 'and' | 'or'; readonly parts: readonly Filter[] }
  | {
      readonly kind: 'comparison';
      readonly field: string;
      readonly operator: Operator;
      readonly literal: Literal;
    }
  | {
      readonly kind: 'membership';
      readonly field: string;
      readonly negated: boolean;
      readonly literals: readonly Literal[];
    };

/** A `q` that cannot be read or is not supported; the message says where and why. */
export class FilterError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'FilterError';
  }
}

type TokenKind = 'text' | 'instant' | 'number' | 'word' | 'symbol';

interface Token {
  readonly kind: TokenKind;
  readonly text: string;
  readonly at: number;
}

const PATTERNS: readonly (readonly [TokenKind, RegExp])[] = [
  ['text', /"(?:[^"\\]|\\.)*"/y],
  ['instant', /\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?)?/y],
  ['number', /-?\d+(?:\.\d+)?/y],
  ['word', /[A-Za-z_][\w.-]*/y],
  ['symbol', />=|<=|!=|!~|[=<>~(),]/y],
];

function nextToken(query: string, at: number): Token {
  for (const [kind, pattern] of PATTERNS) {
    pattern.lastIndex = at;
    const match = pattern.exec(query);
    if (match !== null) return { kind, text: match[0], at };
  }
  throw new FilterError(`Invalid query: unexpected ${JSON.stringify(query.charAt(at))} at position ${at}.`);
}

function tokensOf(query: string): readonly Token[] {
  const tokens: Token[] = [];
  let at = 0;
  while (at < query.length) {
    if (/\s/.test(query.charAt(at))) {
      at += 1;
      continue;
    }
    const token = nextToken(query, at);
    tokens.push(token);
    at += token.text.length;
  }
  return tokens;
}

const OPERATORS: readonly string[] = ['=', '!=', '>', '>=', '<', '<=', '~', '!~'];

function isOperator(text: string): text is Operator {
  return OPERATORS.includes(text);
}

class Reader {
  private position = 0;

  constructor(private readonly tokens: readonly Token[]) {}

  filter(): Filter {
    const filter = this.either();
    const rest = this.tokens[this.position];
    if (rest !== undefined) throw this.unexpected(rest, 'AND, OR or the end');
    return filter;
  }

  private either(): Filter {
    return this.joined('or', () => this.joined('and', () => this.single()));
  }

  private joined(kind: 'and' | 'or', part: () => Filter): Filter {
    const first = part();
    if (!this.isWord(kind)) return first;
    const parts = [first];
    while (this.isWord(kind)) {
      this.position += 1;
      parts.push(part());
    }
    return { kind, parts };
  }

  private single(): Filter {
    if (this.isSymbol('(')) {
      this.position += 1;
      const inner = this.either();
      this.symbol(')');
      return inner;
    }
    const field = this.take('a field name');
    if (field.kind !== 'word') throw this.unexpected(field, 'a field name');
    if (this.isWord('in')) return this.membership(field.text, false);
    if (this.isWord('not')) {
      this.position += 1;
      if (!this.isWord('in')) throw this.unexpected(this.take('IN'), 'IN');
      return this.membership(field.text, true);
    }
    const operator = this.take('an operator');
    if (!isOperator(operator.text)) throw this.unexpected(operator, 'an operator');
    return { kind: 'comparison', field: field.text, operator: operator.text, literal: this.literal() };
  }

  private membership(field: string, negated: boolean): Filter {
    this.position += 1;
    this.symbol('(');
    const literals = [this.literal()];
    while (this.isSymbol(',')) {
      this.position += 1;
      literals.push(this.literal());
    }
    this.symbol(')');
    return { kind: 'membership', field, negated, literals };
  }

  private literal(): Literal {
    const token = this.take('a value');
    if (token.kind === 'text') {
      return { kind: 'text', value: token.text.slice(1, -1).replace(/\\(.)/gs, '$1') };
    }
    if (token.kind === 'instant') return { kind: 'instant', value: token.text };
    if (token.kind === 'number') return { kind: 'number', value: Number(token.text) };
    const word = token.text.toLowerCase();
    if (word === 'null') return { kind: 'null' };
    if (word === 'true' || word === 'false') return { kind: 'boolean', value: word === 'true' };
    throw this.unexpected(token, 'a value (texts stand in double quotes)');
  }

  private isWord(word: string): boolean {
    const token = this.tokens[this.position];
    return token?.kind === 'word' && token.text.toLowerCase() === word;
  }

  private isSymbol(symbol: string): boolean {
    const token = this.tokens[this.position];
    return token?.kind === 'symbol' && token.text === symbol;
  }

  private symbol(symbol: string): void {
    const token = this.take(symbol);
    if (token.kind !== 'symbol' || token.text !== symbol) throw this.unexpected(token, symbol);
  }

  private take(expected: string): Token {
    const token = this.tokens[this.position];
    if (token === undefined) throw new FilterError(`Invalid query: it ends where ${expected} should stand.`);
    this.position += 1;
    return token;
  }

  private unexpected(token: Token, expected: string): FilterError {
    return new FilterError(
      `Invalid query: ${JSON.stringify(token.text)} at position ${token.at}, where ${expected} should stand.`,
    );
  }
}

/**
 * Parses a `q`: `=`, `!=`, `>`, `>=`, `<`, `<=`, `~`, `!~`, `IN`, `NOT IN`, `AND`, `OR`, parentheses; texts in double
 * quotes, numbers, `true`, `false`, `null` and bare ISO 8601 instants.
 *
 * @throws {FilterError} for anything else, naming the place.
 */
export function parseFilter(query: string): Filter {
  return new Reader(tokensOf(query)).filter();
}
