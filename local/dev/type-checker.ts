/** Asks a process of its own for type errors, so that the host goes on while they are looked for. */
import { fork, type ChildProcess } from 'node:child_process';
import os from 'node:os';
import path from 'node:path';
import { z } from 'zod';

const answer = z.object({ checked: z.number(), problems: z.array(z.string()) });

/** The process that checks types ended, by a fault or for want of memory. */
export class TypeCheckEnded extends Error {
  constructor() {
    super('The type check ended. Types are not checked any more until the next start.');
    this.name = 'TypeCheckEnded';
  }
}

interface Waiting {
  readonly resolve: (problems: readonly string[]) => void;
  readonly reject: (error: TypeCheckEnded) => void;
}

/** The types of the app in one folder, which holds `tsconfig.json`. */
export class TypeChecker {
  private readonly child: ChildProcess;
  private readonly waiting = new Map<number, Waiting>();
  private hasEnded = false;
  private last = 0;

  constructor(appDirectory: string) {
    this.child = fork(path.join(__dirname, 'type-check-process.ts'), [appDirectory], {
      execArgv: ['--import', 'tsx'],
      // Where `tsx` is looked for.
      cwd: path.resolve(__dirname, '../..'),
    });
    // The first look keeps a processor busy for a while, in which somebody waits for the page.
    if (this.child.pid !== undefined)
      os.setPriority(this.child.pid, os.constants.priority.PRIORITY_BELOW_NORMAL);
    // In the middle of a look it would not notice that nobody waits any more.
    process.once('exit', () => this.close());
    this.child.on('message', (message) => {
      const { checked, problems } = answer.parse(message);
      this.waiting.get(checked)?.resolve(problems);
      this.waiting.delete(checked);
    });
    this.child.once('exit', () => {
      this.hasEnded = true;
      for (const { reject } of this.waiting.values()) reject(new TypeCheckEnded());
      this.waiting.clear();
    });
  }

  /** A line for each type error there is now. Rejects with TypeCheckEnded. */
  check(): Promise<readonly string[]> {
    if (this.hasEnded) return Promise.reject(new TypeCheckEnded());
    this.last += 1;
    const number = this.last;
    return new Promise((resolve, reject) => {
      this.waiting.set(number, { resolve, reject });
      this.child.send({ check: number });
    });
  }

  close(): void {
    this.child.kill();
  }
}
