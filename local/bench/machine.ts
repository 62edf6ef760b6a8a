/** What the figures of a run depend on beside the code. */
import os from 'node:os';

export interface Machine {
  readonly processor: string;
  readonly cores: number;
  readonly memoryGigabytes: number;
  readonly system: string;
  readonly node: string;
  /** Processes that wanted a core in the minute before: above the cores, every time is longer than it need be. */
  readonly load: number;
}

/** This machine, now. */
export function thisMachine(): Machine {
  const processors = os.cpus();
  return {
    processor: processors[0]?.model.trim() ?? 'unknown',
    cores: processors.length,
    memoryGigabytes: Math.round(os.totalmem() / 2 ** 30),
    system: `${os.type()} ${os.release()}`,
    node: process.version,
    load: Math.round((os.loadavg()[0] ?? 0) * 10) / 10,
  };
}

/** One line for the head of the output. */
export function machineLine({ processor, cores, memoryGigabytes, system, node, load }: Machine): string {
  return `${processor}, ${cores} cores, ${memoryGigabytes} GB; ${system}; Node ${node}; load of the last minute ${load}`;
}
