/** The running function processes: one for each memory limit that the manifest asks for. */
import { FunctionProcess, type FunctionCall, type FunctionLine } from './function-process';

/** Starts processes when they are needed and replaces those that ended. */
export class FunctionPool {
  private readonly current = new Map<number, FunctionProcess>();
  private readonly alive = new Set<FunctionProcess>();
  private closed = false;

  constructor(
    private readonly bundleDirectory: string,
    private readonly onLine: (line: FunctionLine) => void,
  ) {}

  /** Runs one invocation in a process of `memoryMegabytes`; rejects with an InvocationFailure. */
  run(memoryMegabytes: number, call: FunctionCall): Promise<unknown> {
    if (this.closed) throw new Error('The host is closed; nothing can be invoked any more.');
    return this.process(memoryMegabytes).run(call);
  }

  /** Later invocations run in new processes, which load what the folder holds then; those that run end in their own. */
  renew(): void {
    for (const process of this.current.values()) process.retire();
  }

  killAll(): void {
    for (const process of this.alive) process.kill();
  }

  /** Kills every process and waits until the last has ended. */
  async close(): Promise<void> {
    this.closed = true;
    this.killAll();
    await Promise.all([...this.alive].map((process) => process.ended));
  }

  private process(memoryMegabytes: number): FunctionProcess {
    const known = this.current.get(memoryMegabytes);
    if (known?.usable === true) return known;
    const started = new FunctionProcess(this.bundleDirectory, memoryMegabytes, this.onLine);
    this.current.set(memoryMegabytes, started);
    this.alive.add(started);
    void started.ended.then(() => this.alive.delete(started));
    return started;
  }
}
