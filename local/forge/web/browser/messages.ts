/** How the app's frame and the page around it talk: calls by number, functions by reference, over postMessage. */

/** A function in a payload crosses the frame as a number; calling it sends a message back. */
interface FunctionReference {
  readonly __function: number;
}

export type Message = { readonly forgeBridge: 1 } & (
  | { readonly kind: 'call'; readonly id: number; readonly command: string; readonly payload: unknown }
  | { readonly kind: 'reply'; readonly id: number; readonly ok: boolean; readonly value: unknown }
  | { readonly kind: 'run'; readonly reference: number; readonly args: readonly unknown[] }
  | { readonly kind: 'height'; readonly height: number }
  | { readonly kind: 'theme'; readonly theme: unknown }
);

type Post = (message: Message) => void;
type AnyFunction = (...args: readonly unknown[]) => unknown;

/**
 * Where a side begins to count. A frame is loaded anew with what is under way still on its way to it: no number may mean
 * one thing to the loading before and another to this one.
 */
export function firstNumber(): number {
  return Math.floor(Math.random() * 2 ** 40);
}

/** Keeps the functions of one side and packs values so that the other side can call them. */
export class FunctionTable {
  private readonly functions = new Map<number, AnyFunction>();
  private last = firstNumber();

  constructor(private readonly post: Post) {}

  pack(value: unknown): unknown {
    if (typeof value === 'function') {
      this.last += 1;
      this.functions.set(this.last, value as AnyFunction);
      return { __function: this.last } satisfies FunctionReference;
    }
    if (Array.isArray(value)) return value.map((each) => this.pack(each));
    if (!isPlain(value)) return value;
    return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, this.pack(each)]));
  }

  unpack(value: unknown): unknown {
    if (Array.isArray(value)) return value.map((each) => this.unpack(each));
    if (!isPlain(value)) return value;
    const reference = value.__function;
    if (typeof reference === 'number') {
      return (...args: readonly unknown[]): void => {
        this.post({ forgeBridge: 1, kind: 'run', reference, args: args.map((each) => this.pack(each)) });
      };
    }
    return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, this.unpack(each)]));
  }

  run(reference: number, args: readonly unknown[]): void {
    this.functions.get(reference)?.(...args.map((each) => this.unpack(each)));
  }
}

function isPlain(value: unknown): value is Record<string, unknown> {
  return value !== null && typeof value === 'object' && Object.getPrototypeOf(value) === Object.prototype;
}

/** Whether something that arrived is one of our messages. */
export function isMessage(data: unknown): data is Message {
  return isPlain(data) && data.forgeBridge === 1;
}
