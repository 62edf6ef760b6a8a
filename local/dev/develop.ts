/** Builds the app anew whenever its sources change, and has the open pages show it: `npm run dev`. */
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import type { ForgeHost } from '../forge/host-api';
import type { Web } from '../forge/web/server';
import { buildUi, rebuildApp, UI_SOURCES } from '../start/build';
import { problemsOf } from './build-problems';
import { ChangedFiles } from './changed-files';
import { TypeChecker } from './type-checker';

export interface DevelopOptions {
  readonly appDirectory: string;
  /** Where the host finds the functions. */
  readonly bundleDirectory: string;
  readonly host: Pick<ForgeHost, 'renewFunctions'>;
  readonly web: Pick<Web, 'showRebuilt'>;
  /** Writes a line on the terminal. */
  readonly say: (line: string) => void;
}

/** What is built runs from these; tests among them change nothing of it. */
const FUNCTION_SOURCES = 'src';
const MANIFEST = 'manifest.yml';
const TEST = /\.test\.tsx?$/;

/** An editor or a change of branch writes many files: a look that finds nothing new ends the waiting. */
const LOOK_MILLISECONDS = 250;

/** More of them would push away what was said before. */
const MOST_PROBLEMS = 5;

/** Goes on until it is closed. What cannot be built is said, and what was built before stays. */
export function develop(options: DevelopOptions): { close(): void } {
  const development = new Development(options);
  void development.goOn();
  return development;
}

class Development {
  private readonly closing = new AbortController();
  private readonly files: ChangedFiles;
  private readonly types: TypeChecker;
  /** Whether a check answers in less than a second, as it does after the first. */
  private typesAreKnown = false;
  /** Changed since the last build that succeeded. */
  private readonly stale = new Set<string>();

  constructor(private readonly options: DevelopOptions) {
    const { appDirectory } = options;
    const others = UI_SOURCES.filter((place) => !place.startsWith(FUNCTION_SOURCES));
    const places = [FUNCTION_SOURCES, MANIFEST, ...others];
    this.files = new ChangedFiles(places.map((place) => path.join(appDirectory, place)));
    this.types = new TypeChecker(appDirectory);
    void this.checkFirst();
  }

  close(): void {
    this.closing.abort();
    this.types.close();
  }

  async goOn(): Promise<void> {
    const { signal } = this.closing;
    let isDue = false;
    while (!signal.aborted) {
      // Nothing waits for this timer when the command ends.
      await setTimeout(LOOK_MILLISECONDS, undefined, { signal }).catch(() => undefined);
      const changed = this.changedFiles();
      for (const file of changed) this.stale.add(file);
      if (changed.length > 0) isDue = true;
      else if (isDue) {
        isDue = false;
        await this.buildAgain();
      }
    }
  }

  private changedFiles(): readonly string[] {
    const { appDirectory, say } = this.options;
    const changed = this.files
      .look()
      .map((file) => path.relative(appDirectory, file))
      .filter((file) => !TEST.test(file));
    if (changed.includes(MANIFEST)) say(`${MANIFEST} has changed: start again to see it.`);
    return changed.filter((file) => file !== MANIFEST);
  }

  private async checkFirst(): Promise<void> {
    const began = Date.now();
    try {
      const problems = await this.types.check();
      this.typesAreKnown = true;
      this.options.say(`Types were checked in ${secondsSince(began)}; from now on a wrong one is not built.`);
      this.sayProblems('Wrong types', problems);
    } catch (error) {
      if (!this.closing.signal.aborted) this.sayProblems('Types were not checked', problemsOf(error));
    }
  }

  private async buildAgain(): Promise<void> {
    const { appDirectory, bundleDirectory, host, web, say } = this.options;
    const began = Date.now();
    try {
      const wrongTypes = this.typesAreKnown ? await this.types.check() : [];
      if (wrongTypes.length > 0) {
        this.sayProblems('Not built', wrongTypes);
        return;
      }
      const areFunctionsStale = [...this.stale].some((file) => file.startsWith(FUNCTION_SOURCES + path.sep));
      const putInPlace = areFunctionsStale ? await rebuildApp(appDirectory, bundleDirectory) : null;
      await buildUi(appDirectory);
      putInPlace?.();
      if (putInPlace !== null) host.renewFunctions();
      web.showRebuilt();
      this.stale.clear();
      say(`Built again in ${secondsSince(began)}.`);
    } catch (error) {
      this.sayProblems('Not built', problemsOf(error));
    }
  }

  private sayProblems(what: string, problems: readonly string[]): void {
    for (const problem of problems.slice(0, MOST_PROBLEMS)) this.options.say(`${what}: ${problem}`);
    const more = problems.length - MOST_PROBLEMS;
    if (more > 0) this.options.say(`${what}: ${more} more; npm run types lists all.`);
  }
}

function secondsSince(began: number): string {
  return `${((Date.now() - began) / 1000).toFixed(1)} s`;
}
