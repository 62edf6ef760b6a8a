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

function launch(args: readonly string[]): {
  process: ChildProcess;
  output: () => string;
  ended: Promise<Ended>;
} {
  const child = spawn(process.execPath, ['--import', 'tsx', 'local/start.ts', ...args], {
    cwd: appDirectory,
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
  return launch(args).ended;
}

/** Starts on a free port and waits for the address. */
export async function startApp(...args: readonly string[]): Promise<StartedApp> {
  const { process: child, output, ended } = launch(['--port', '0', ...args]);
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
