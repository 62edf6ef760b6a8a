/** One Node process that runs the app's functions, with a memory limit, a time limit each, and its log lines. */
import { fork, type ChildProcess } from 'node:child_process';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { z } from 'zod';
import { LOADER_FILE } from './build-functions';
import { InvocationFailure } from './invocation-failure';

const RUNNER_FILE = path.join(__dirname, 'runtime', 'runner.cjs');

/** Exit code of a process that V8 aborted, which it does when the heap limit is reached. */
const ABORTED_EXIT_CODE = 134;

/** Bytes of standard error that are kept to explain why a process ended. */
const KEPT_ERROR_OUTPUT = 4_000;

const logLine = z.object({
  invocationId: z.string(),
  logLevel: z.number(),
  logArguments: z.array(z.unknown()),
});
const finishedLine = z.object({ finished: z.string() });

const invocationResult = z.discriminatedUnion('success', [
  z.object({ success: z.literal(true), body: z.unknown().optional() }),
  z.object({
    success: z.literal(false),
    error: z.object({
      errorType: z.string(),
      errorMessage: z.string(),
      stack: z.array(z.string()).optional(),
    }),
  }),
]);
const resultMessage = z.object({
  requestId: z.string(),
  // A result of another shape fails its invocation instead of leaving it open.
  result: invocationResult.catch(({ issues }) => ({
    success: false,
    error: { errorType: 'Error', errorMessage: `The loader sent no result: ${issues[0]?.message ?? ''}` },
  })),
});

type InvocationResult = z.infer<typeof invocationResult>;

/** One line of a function's console, or of anything else that wrote to the standard output. */
export interface FunctionLine {
  readonly level: 'debug' | 'info' | 'warn' | 'error';
  readonly invocationId: string | null;
  readonly values: readonly unknown[];
}

/** What the platform hands to the loader. */
export interface FunctionCall {
  readonly requestId: string;
  readonly functionKey: string;
  /** The event of the loader: body, handler and `_meta`. */
  readonly lambdaEvent: unknown;
  /** The invocation is given up, and its process killed, after this many seconds of real time. */
  readonly timeoutSeconds: number;
}

interface Pending {
  readonly call: FunctionCall;
  readonly resolve: (body: unknown) => void;
  readonly reject: (failure: InvocationFailure) => void;
  readonly timer: NodeJS.Timeout;
  result?: InvocationResult;
  linesRead: boolean;
}

/** A function process; it starts at once and is never restarted: its owner makes a new one. */
export class FunctionProcess {
  private readonly child: ChildProcess;
  private readonly pending = new Map<string, Pending>();
  private errorOutput = '';
  private retired = false;
  readonly ended: Promise<void>;

  constructor(
    bundleDirectory: string,
    memoryMegabytes: number,
    private readonly onLine: (line: FunctionLine) => void,
  ) {
    this.child = fork(RUNNER_FILE, [path.join(bundleDirectory, LOADER_FILE)], {
      cwd: bundleDirectory,
      // Node options of the host, such as those of a TypeScript runner, must not reach the functions.
      execArgv: [`--max-old-space-size=${memoryMegabytes}`, '--enable-source-maps'],
      // Functions run in UTC and see nothing of this machine's environment.
      env: { TZ: 'UTC', LAMBDA_TASK_ROOT: bundleDirectory },
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    this.child.on('message', (message) => this.receive(message));
    this.child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      this.errorOutput = (this.errorOutput + text).slice(-KEPT_ERROR_OUTPUT);
      this.onLine({ level: 'error', invocationId: null, values: [text.trimEnd()] });
    });
    if (this.child.stdout !== null) {
      createInterface({ input: this.child.stdout }).on('line', (line) => this.read(line));
    }
    this.child.on('error', (error) => {
      this.onLine({
        level: 'error',
        invocationId: null,
        values: [`The functions' process: ${error.message}`],
      });
      this.kill();
    });
    // `close` comes after the last output, so that its reason is known.
    this.ended = new Promise((resolve) => {
      this.child.once('close', (code, signal) => {
        this.fail(code, signal);
        resolve();
      });
    });
  }

  /** Whether new invocations may be given to it. */
  get usable(): boolean {
    return !this.retired && this.child.connected;
  }

  /** Runs one invocation; rejects with an InvocationFailure. */
  run(call: FunctionCall): Promise<unknown> {
    return new Promise((resolve, reject) => {
      const milliseconds = call.timeoutSeconds * 1_000;
      const timer = setTimeout(() => this.timeOut(call), milliseconds);
      this.pending.set(call.requestId, { call, resolve, reject, timer, linesRead: false });
      this.child.send({
        lambdaEvent: call.lambdaEvent,
        tunnelContext: { requestId: call.requestId, deadline: Date.now() + milliseconds },
      });
    });
  }

  kill(): void {
    this.retired = true;
    this.child.kill('SIGKILL');
  }

  /** Takes no new invocations, and ends with the last of those that run. */
  retire(): void {
    this.retired = true;
    this.endIfDone();
  }

  private receive(message: unknown): void {
    const parsed = resultMessage.safeParse(message);
    if (!parsed.success) {
      this.onLine({ level: 'error', invocationId: null, values: ['The loader sent no result:', message] });
      return;
    }
    const pending = this.pending.get(parsed.data.requestId);
    if (pending === undefined) return;
    pending.result = parsed.data.result;
    this.settle(pending);
  }

  private read(line: string): void {
    if (line === '') return;
    const value = parsedJson(line);
    const finished = finishedLine.safeParse(value);
    if (finished.success) {
      const pending = this.pending.get(finished.data.finished);
      if (pending === undefined) return;
      pending.linesRead = true;
      this.settle(pending);
      return;
    }
    const said = logLine.safeParse(value);
    this.onLine(
      said.success
        ? {
            level: levelOf(said.data.logLevel),
            invocationId: said.data.invocationId,
            values: said.data.logArguments,
          }
        : { level: 'info', invocationId: null, values: [line] },
    );
  }

  /** An invocation has ended when its result and every line that it wrote are here. */
  private settle(pending: Pending): void {
    const { call, result } = pending;
    if (result === undefined || !pending.linesRead) return;
    this.forget(pending);
    if (result.success) {
      pending.resolve(result.body);
      return;
    }
    const { errorMessage, errorType, stack } = result.error;
    pending.reject(new InvocationFailure(call.functionKey, 'threw', errorMessage, errorType, stack));
  }

  /**
   * The process dies with its stuck invocation. Others in it end first: on the platform each has a process of its own,
   * and none would suffer. The stuck one can do nothing meanwhile, since its token is no longer good.
   */
  private timeOut(call: FunctionCall): void {
    const pending = this.pending.get(call.requestId);
    if (pending === undefined) return;
    this.retired = true;
    this.forget(pending);
    pending.reject(
      new InvocationFailure(
        call.functionKey,
        'timed-out',
        `The function ${call.functionKey} was stopped at its limit of ${call.timeoutSeconds} seconds.`,
        'FUNCTION_TIME_OUT',
      ),
    );
  }

  private forget(pending: Pending): void {
    clearTimeout(pending.timer);
    this.pending.delete(pending.call.requestId);
    this.endIfDone();
  }

  private endIfDone(): void {
    if (this.retired && this.pending.size === 0) this.child.kill('SIGKILL');
  }

  private fail(code: number | null, signal: string | null): void {
    this.retired = true;
    const outOfMemory =
      /heap out of memory|heap limit/.test(this.errorOutput) &&
      (code === ABORTED_EXIT_CODE || signal === 'SIGABRT');
    for (const pending of [...this.pending.values()]) {
      this.forget(pending);
      const { functionKey } = pending.call;
      pending.reject(
        outOfMemory
          ? new InvocationFailure(
              functionKey,
              'out-of-memory',
              `The functions' process ran out of memory while ${functionKey} ran.`,
              'FUNCTION_OUT_OF_MEMORY',
            )
          : new InvocationFailure(
              functionKey,
              'process-ended',
              `The functions' process ended (${signal ?? `exit code ${code}`}) while ${functionKey} ran.`,
              'FUNCTION_PLATFORM_UNKNOWN_ERROR',
            ),
      );
    }
  }
}

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    // A function may write what it likes; such a line is shown as it is.
    return undefined;
  }
}

/** Levels of the tunnel of the Forge CLI: 20, 30, 40 and 50. */
function levelOf(logLevel: number): FunctionLine['level'] {
  if (logLevel >= 50) return 'error';
  if (logLevel >= 40) return 'warn';
  return logLevel >= 30 ? 'info' : 'debug';
}
