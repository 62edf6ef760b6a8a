/** Runs `npm start` as its user does, in a process of its own. */
import { spawn, type ChildProcess } from 'node:child_process';
import { appDirectory } from './forge-host';

export interface Ended {
  readonly status: number | null;
  readonly output: string;
}

export interface StartedApp {
  /** Address of the page. */
  readonly url: string;
  readonly process: ChildProcess;
  output(): string;
  /** Resolves when the output holds this text; rejects with the output when the process ends first. */
  says(text: string): Promise<void>;
  /** Sends a signal and waits for the end. */
  end(signal?: NodeJS.Signals): Promise<Ended>;
}

/** Variables that the process has beside this one's. */
export type Environment = Readonly<Record<string, string>>;

interface Launched {
  readonly process: ChildProcess;
  readonly output: () => string;
  readonly ended: Promise<Ended>;
}

function launch(
  args: readonly string[],
  environment: Environment,
  directory: string = appDirectory,
): Launched {
  const child = spawn(process.execPath, ['--import', 'tsx', 'local/start.ts', ...args], {
    cwd: directory,
    env: { ...process.env, ...environment },
  });
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const ended = new Promise<Ended>((resolve) => {
    child.on('close', (status) => resolve({ status, output }));
  });
  return { process: child, output: () => output, ended };
}

/** Runs to the end. */
export function runStart(...args: readonly string[]): Promise<Ended> {
  return runStartWith({}, ...args);
}

export function runStartWith(environment: Environment, ...args: readonly string[]): Promise<Ended> {
  return launch(args, environment).ended;
}

/** Starts on a free port and waits for the address. */
export function startApp(...args: readonly string[]): Promise<StartedApp> {
  return startAppWith({}, ...args);
}

export function startAppWith(environment: Environment, ...args: readonly string[]): Promise<StartedApp> {
  return started(launch(['--port', '0', ...args], environment));
}

/** The same of a copy of this repository. */
export function startAppIn(directory: string, ...args: readonly string[]): Promise<StartedApp> {
  return started(launch(['--port', '0', ...args], {}, directory));
}

async function started({ process: child, output, ended }: Launched): Promise<StartedApp> {
  const says = (text: string): Promise<void> =>
    new Promise((resolve, reject) => {
      const timer = setInterval(() => {
        if (output().includes(text)) {
          clearInterval(timer);
          resolve();
        } else if (child.exitCode !== null) {
          clearInterval(timer);
          reject(new Error(`It ended with ${child.exitCode} before it said "${text}":\n${output()}`));
        }
      }, 50);
    });
  await says('Throughline is at ');
  const url = /Throughline is at (\S+)/.exec(output())?.[1] ?? '';
  return {
    url,
    process: child,
    output,
    says,
    end: (signal = 'SIGINT') => {
      child.kill(signal);
      return ended;
    },
  };
}
