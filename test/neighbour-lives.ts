/** Whole lives of neighbouring workspaces in one warm process, and what is found of one at another. */
import { textOf } from '../local/bitbucket/values';
import type { StoredRow } from '../local/forge/store';
import { beforeUninstallation } from '../src/sync/functions';
import { ACCESS } from '../src/views/access';
import type { ResolverFunction } from '../src/views/contract';
import { resolve } from '../src/views/resolver';
import { VIEWER_ACCOUNT } from './in-process-app';
import { eventsAt, neighbour, type Neighbour, type NeighbourName } from './neighbour';
import { unpacked } from './planted-texts';
import { REQUESTS } from './resolver-requests';
import { REPOSITORY_UUID } from './small-workspace';
import { startWarmProcess, type Said, type Tenant } from './warm-process';

const MINUTE = 60_000;
const TICK = 5 * MINUTE;
const DAY = 24 * 60 * MINUTE;

const NOW = Date.UTC(2026, 9, 12);

export const NAMES = [
  { word: 'amber', digits: '0a3be7c1' },
  { word: 'basil', digits: '0ba51192' },
  { word: 'coral', digits: '0c07a163' },
] as const;

/** What of their lives is their own: the others have nothing of it. */
const FATES = ['erased', 'in-trouble', 'left-out'] as const;
type Fate = (typeof FATES)[number];

export const FUNCTIONS = Object.keys(ACCESS) as ResolverFunction[];
const READING = FUNCTIONS.filter((name) => ACCESS[name].changes !== true);

/** A repository is left out, and a workspace erased, where that is the fate. */
const CHANGING = FUNCTIONS.filter((name) => ACCESS[name].changes === true && name !== 'eraseAll');
const ASKED: Readonly<Record<ResolverFunction, object>> = {
  ...REQUESTS,
  openWorkAt: { query: { window: 30 }, day: Date.UTC(2026, 9, 10) / 1_000 },
  changeRepositorySettings: { change: { kind: 'figures', values: { staleDays: 8 } } },
};

/** The SDK's own clock. */
const SENT_AT = /,"time":"[^"]*"/;

/** What a workspace has at its end, and what was told on the way. */
export interface Outcome {
  readonly rows: readonly StoredRow[];
  readonly answers: readonly (readonly [what: string, answer: unknown])[];
  /** These and the others are sorted: one invocation may make some at once. */
  readonly asked: readonly string[];
  readonly sent: readonly string[];
  readonly logged: readonly string[];
}

class Life {
  private readonly answers: (readonly [string, unknown])[] = [];
  private meets = false;

  constructor(
    private readonly tenant: Tenant,
    private readonly home: Neighbour,
  ) {}

  /** They meet at every step of what all of them do, so that the same functions run at once; their fates come in between. */
  async live(fate: Fate): Promise<void> {
    const { forge, time, invoke } = this.tenant;
    const [own] = this.home.repositoryUuids;
    this.meets = true;
    this.note('installed', await invoke(() => forge.install()));
    await this.pass(30 * MINUTE);
    await this.read();
    await this.happen();
    await this.pass(30 * MINUTE);
    for (const name of CHANGING) await this.ask(name, own);
    await this.pass(30 * MINUTE);
    this.meets = false;
    await this.meetFate(fate);
    this.meets = true;
    await this.read();
    time.leap(DAY);
    forge.accounts.close(this.home.told('account-ben'));
    await this.pass(30 * MINUTE);
    await this.happen();
    await this.pass(30 * MINUTE);
    await this.read();
  }

  outcome(): Outcome {
    const { forge, said } = this.tenant;
    const to = (receiver: Said['to']): readonly string[] =>
      said.flatMap((each) => (each.to === receiver ? each.text.replace(SENT_AT, '') : [])).sort();
    return {
      rows: forge.app.store.dump(),
      answers: this.answers,
      asked: to('bitbucket'),
      sent: [...to('queue'), ...to('accounts')],
      logged: to('log'),
    };
  }

  private async meetFate(fate: Fate): Promise<void> {
    switch (fate) {
      case 'in-trouble':
        return this.getIntoTrouble();
      case 'erased':
        return this.beErased();
      case 'left-out': {
        const [, shared] = this.home.repositoryUuids;
        await this.ask('changeRepositorySettings', shared, REQUESTS.changeRepositorySettings);
        return this.comeBack();
      }
    }
  }

  private async meet(): Promise<void> {
    if (this.meets) await this.tenant.meet();
  }

  private async pass(duration: number): Promise<void> {
    for (let passed = 0; passed < duration; passed += TICK) {
      await this.meet();
      await this.tenant.time.pass(TICK);
    }
  }

  /** Bitbucket limits and refuses, the licence ends, and both come back. */
  private async getIntoTrouble(): Promise<void> {
    const { forge } = this.tenant;
    for (const status of [429, 500, 403]) {
      forge.bitbucket.faults = () => ({ status });
      await this.happen();
      await this.pass(20 * MINUTE);
    }
    await this.read();
    forge.bitbucket.faults = null;
    forge.setLicence('inactive');
    await this.happen();
    await this.pass(20 * MINUTE);
    await this.read();
    forge.setLicence('active');
    await this.pass(60 * MINUTE);
  }

  /** Everything is erased while events come, and collected again. */
  private async beErased(): Promise<void> {
    const [own] = this.home.repositoryUuids;
    await this.ask('eraseAll', own);
    await this.happen();
    await this.pass(40 * MINUTE);
    await this.happen();
    await this.read();
    await this.ask('connectAgain', own);
    await this.pass(30 * MINUTE);
  }

  /** A new version comes, the app is uninstalled, and installed again before Forge removed what it had. */
  private async comeBack(): Promise<void> {
    const { forge, invoke } = this.tenant;
    this.note('upgraded', await invoke(() => forge.upgrade()));
    await this.pass(10 * MINUTE);
    await this.read();
    await invoke(() => beforeUninstallation());
    this.note('installed again', await invoke(() => forge.install()));
    await this.pass(30 * MINUTE);
  }

  /** Every screen on both repositories; one after another, as they tell how many requests were made before them. */
  private async read(): Promise<void> {
    for (const uuid of this.home.repositoryUuids) {
      for (const name of READING) await this.ask(name, uuid);
    }
  }

  private async ask(name: ResolverFunction, uuid: string, payload = ASKED[name]): Promise<void> {
    const { tenant, home } = this;
    const context = {
      extension: { repository: { uuid }, pullRequest: { id: 1 }, workspace: { uuid: home.workspaceUuid } },
    };
    await this.meet();
    const answer = await tenant.invoke(() =>
      resolve(
        { call: { functionKey: name, payload: inRepository(home.told(payload), uuid) }, context },
        {
          principal: { accountId: VIEWER_ACCOUNT },
          installContext: `ari:cloud:bitbucket::workspace/${home.workspaceUuid}`,
        },
      ),
    );
    this.note(`${name} of ${uuid} at ${tenant.time.now}`, answer);
  }

  private async happen(): Promise<void> {
    const { forge, time, invoke } = this.tenant;
    for (const uuid of this.home.repositoryUuids) {
      for (const event of eventsAt(time.now)) {
        await this.meet();
        const told = inRepository(this.home.told(event), uuid);
        this.note(
          `${textOf(event, 'eventType') ?? ''} of ${uuid} at ${time.now}`,
          await invoke(() => forge.emit(told)),
        );
      }
    }
  }

  private note(what: string, answer: unknown): void {
    this.answers.push([what, answer]);
  }
}

function inRepository<T>(said: T, uuid: string): T {
  return JSON.parse(JSON.stringify(said).replaceAll(REPOSITORY_UUID, uuid)) as T;
}

/** What a text, and what is packed in it, has of these names. */
function namesIn(text: string, names: readonly NeighbourName[]): readonly string[] {
  const said = unpacked(text).map((each) => each.toLowerCase());
  return names
    .flatMap(({ word, digits }) => [word, digits])
    .filter((name) => said.some((each) => each.includes(name)));
}

export interface Company {
  readonly outcomes: readonly Outcome[];
  readonly strays: readonly string[];
  readonly switches: number;
  /** Whatever was said, answered or stored in one workspace and is of another. */
  readonly leaks: readonly string[];
  /** Where each found itself. */
  readonly own: readonly ReadonlySet<string>[];
}

/** Lets workspaces live in one process, each with its own fate, as a seed has them take turns. */
export async function liveTogether(seed: number, places: readonly number[]): Promise<Company> {
  const homes = places.map((place) => homeAt(place));
  const warm = await startWarmProcess(
    seed,
    homes.map(({ home, begins }) => ({ source: home.source, begins })),
  );
  try {
    const lives = warm.tenants.map((tenant, index) => new Life(tenant, homeIn(homes, index).home));
    await warm.run(async (_, index) => lives[index]?.live(homeIn(homes, index).fate));
    const outcomes = lives.map((life) => life.outcome());
    const searched = warm.tenants.map(({ said }, index) =>
      searchOf(homeIn(homes, index).home.name, said, outcomes[index]),
    );
    return {
      outcomes,
      strays: warm.strays,
      switches: warm.switches,
      leaks: searched.flatMap(({ leaks }) => leaks),
      own: searched.map(({ own }) => own),
    };
  } finally {
    await warm.close();
  }
}

export interface Home {
  readonly home: Neighbour;
  readonly begins: number;
  readonly fate: Fate;
}

/** Each lives at a time of its own. */
export function homeAt(place: number): Home {
  const begins = NOW + place * 3 * DAY;
  const name = NAMES[place];
  const fate = FATES[place];
  if (name === undefined || fate === undefined) throw new Error(`There is no workspace ${place}.`);
  return { home: neighbour(name, place + 1, begins), begins, fate };
}

function homeIn(homes: readonly Home[], index: number): Home {
  const home = homes[index];
  if (home === undefined) throw new Error('More workspaces live than were begun.');
  return home;
}

/** Looks in all that a workspace said, told and kept for the others, and for itself. */
function searchOf(
  name: NeighbourName,
  said: readonly Said[],
  outcome: Outcome | undefined,
): { readonly leaks: readonly string[]; readonly own: ReadonlySet<string> } {
  const texts = new Map<string, string>();
  for (const { to, text } of said) texts.set(text, to);
  for (const [what, answer] of outcome?.answers ?? []) {
    texts.set(JSON.stringify(answer ?? null), `the answer of ${what}`);
  }
  for (const row of outcome?.rows ?? []) texts.set(JSON.stringify(row), 'the store at the end');
  const others = NAMES.filter((each) => each.word !== name.word);
  const leaks: string[] = [];
  const own = new Set<string>();
  for (const [text, where] of texts) {
    for (const stranger of namesIn(text, others)) leaks.push(`${name.word}: ${where} has ${stranger}`);
    if (namesIn(text, [name]).length > 0) own.add(where);
  }
  return { leaks, own };
}
