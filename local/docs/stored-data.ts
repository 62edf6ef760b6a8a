/** What is kept in the store, for how long, and whether it names people by id: complete by the compiler. */
import {
  AUDIT_ENTITY,
  BUDGET_ENTITY,
  ENTITY,
  JOB_ENTITY,
  NOTES_ENTITY,
  SETTINGS_ENTITY,
  type key,
} from '../../src/storage/keys';

export interface Kept {
  /** Whether it holds account ids. */
  readonly people: boolean;
  readonly until: string;
}

const WITH_THE_REPOSITORY = 'the repository is deleted, leaves the workspace or is left out';
const WITH_RETENTION = `${WITH_THE_REPOSITORY}; older than the retention, where one is set`;
const WITH_THE_INSTALLATION = 'everything is erased, or the app uninstalled';

type EntityName =
  | (typeof ENTITY)[keyof typeof ENTITY]
  | typeof AUDIT_ENTITY
  | typeof BUDGET_ENTITY
  | typeof JOB_ENTITY
  | typeof NOTES_ENTITY
  | typeof SETTINGS_ENTITY;

/** Of each entity of the manifest; what it holds is the manifest's own word. */
export const KEPT_ENTITIES: Readonly<Record<EntityName, Kept>> = {
  [ENTITY.pullRequest]: { people: true, until: WITH_RETENTION },
  [ENTITY.ledger]: { people: true, until: WITH_RETENTION },
  [ENTITY.observation]: { people: true, until: WITH_RETENTION },
  [ENTITY.deployment]: { people: false, until: WITH_RETENTION },
  [ENTITY.push]: { people: false, until: WITH_RETENTION },
  [ENTITY.delivery]: { people: false, until: WITH_RETENTION },
  [ENTITY.task]: { people: true, until: WITH_THE_REPOSITORY },
  [JOB_ENTITY]: { people: true, until: WITH_THE_INSTALLATION },
  [BUDGET_ENTITY]: { people: false, until: WITH_THE_INSTALLATION },
  [SETTINGS_ENTITY]: { people: true, until: WITH_THE_INSTALLATION },
  [NOTES_ENTITY]: { people: false, until: `the note is removed, or ${WITH_THE_REPOSITORY}` },
  [AUDIT_ENTITY]: { people: true, until: WITH_THE_INSTALLATION },
};

/** Keys of entities' rows, which the manifest describes. */
type EntityKey =
  | 'task'
  | 'budget'
  | 'settings'
  | 'repositorySettings'
  | 'notes'
  | 'audit'
  | 'pullRequest'
  | 'ledger'
  | 'deployment'
  | 'push'
  | 'delivery'
  | 'job'
  | 'featureCheck'
  | 'connection';

interface KeptKey extends Kept {
  readonly form: string;
  readonly holds: string;
}

/** Of each plain key. */
export const KEPT_KEYS: Readonly<Record<Exclude<keyof typeof key, EntityKey>, KeptKey>> = {
  repository: {
    form: 'repository:<repository>',
    holds: 'uuid, slug and main branch of a repository; of a deleted or left out one only when that was',
    people: false,
    until: `${WITH_THE_REPOSITORY}; the mark of a deleted one 90 days`,
  },
  leftOut: {
    form: 'leftout:<repository>',
    holds: 'that an admin left a repository out, and when',
    people: false,
    until: 'it is taken back in, or deleted',
  },
  administrator: {
    form: 'administrator:<digest>',
    holds: 'that an account, known by a digest only, was shown to be an administrator',
    people: false,
    until: 'ten minutes',
  },
  summary: {
    form: 'summary:<repository>',
    holds: 'a few figures of a repository, for the list of all',
    people: false,
    until: WITH_THE_REPOSITORY,
  },
  lastEvent: {
    form: 'lastevent:<repository>',
    holds: 'when an event of the repository last led to a reading',
    people: false,
    until: WITH_THE_REPOSITORY,
  },
  event: {
    form: 'event:<repository>:<digest>',
    holds:
      'each event once: its name, its instant, the number and state of its pull request, and which optional fields it had',
    people: false,
    until: '90 days',
  },
  refused: {
    form: 'refused:<digest>',
    holds: 'an event that did not fit: its name and which field was wrong, not what stood there',
    people: false,
    until: '90 days',
  },
  deadLetter: {
    form: 'deadletter:<digest>',
    holds: 'work that was given up: its ids, the cause, how often it was tried',
    people: false,
    until: '90 days, or until it is replayed',
  },
  refresh: {
    form: 'refresh:<repository>:<number>',
    holds: 'that a pull request is to be read again',
    people: false,
    until: 'it is read; two days at most, 90 while the licence is inactive',
  },
  pipelinesRefresh: {
    form: 'refresh:<repository>:pipelines',
    holds: 'that the newest pipelines are to be read again',
    people: false,
    until: 'they are read; two days at most',
  },
  importPage: {
    form: 'importpage:<repository>:<number>',
    holds: 'an answer of Bitbucket that the import still needs, reduced to ids, instants and counts',
    people: true,
    until: 'the import has used it',
  },
  featureCheckValue: {
    form: 'featurecheck',
    holds:
      'nothing: features of Forge’s storage are tried on it when an admin asks for the app’s report of itself',
    people: false,
    until: 'the report is made; an hour at most',
  },
  personalDataReport: {
    form: 'personaldata',
    holds: 'when account ids were last reported to Atlassian, how many, and how many were closed',
    people: false,
    until: WITH_THE_INSTALLATION,
  },
  reportedAccounts: {
    form: 'personaldata:<number>',
    holds: 'the account ids of the report that runs',
    people: true,
    until: 'that report ends',
  },
  discovery: {
    form: 'discovery',
    holds: 'when the repositories were last listed, and how many there were',
    people: false,
    until: WITH_THE_INSTALLATION,
  },
  licence: {
    form: 'licence',
    holds: 'whether the app is licensed, and since when that is so',
    people: false,
    until: WITH_THE_INSTALLATION,
  },
  workspaceProgress: {
    form: 'workspaceprogress',
    holds: 'how far the import of the workspace was, as last counted',
    people: false,
    until: 'an hour',
  },
  workspaceConnection: {
    form: 'workspaceconnection',
    holds: 'how the connection was over all repositories, as last counted',
    people: false,
    until: 'an hour',
  },
  permissionCheck: {
    form: 'permissioncheck',
    holds: 'which permissions Bitbucket was found to grant, and when',
    people: false,
    until: WITH_THE_INSTALLATION,
  },
  visibleRepositories: {
    form: 'visible:<digest>:<page>',
    holds: 'which repositories Bitbucket showed to somebody, under a digest of the account',
    people: false,
    until: 'ten minutes',
  },
};
