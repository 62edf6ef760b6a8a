/** The demo's five repositories: each with its size, its pace, and a story for the figures to tell. */
import type { Subject } from './wording';

export interface Profile {
  readonly slug: string;
  readonly language: string;
  readonly description: string;
  readonly pullRequests: number;
  /** How long it has existed. */
  readonly days: number;
  /** Pull requests that are open at the present. */
  readonly open: number;
  readonly team: number;
  /** Multiplies the waits of the last `RECENT_DAYS`, and of all before. */
  readonly recentPace: number;
  readonly earlierPace: number;
  readonly squashes: number;
  /** Cuts a release branch every four weeks. */
  readonly hasReleases: boolean;
  /** How what landed on main reaches production: at once, once a day, or not through Bitbucket. */
  readonly delivery: 'at once' | 'daily' | 'none';
  readonly subject: Subject;
}

/** Where the stories of the first two repositories begin. */
export const RECENT_DAYS = 95;

/** 1,200 pull requests, to which the releases' own come. */
export const PROFILES: readonly Profile[] = [
  {
    slug: 'payments-api',
    language: 'typescript',
    description: 'Made-up payments service of the local demo. Its pull requests merge faster lately.',
    pullRequests: 420,
    days: 760,
    open: 11,
    team: 11,
    recentPace: 0.18,
    earlierPace: 1.7,
    squashes: 0.15,
    hasReleases: false,
    delivery: 'at once',
    subject: {
      key: 'PAY',
      things: [
        'refunds',
        'invoices',
        'currency rounding',
        'the ledger export',
        'chargebacks',
        'payout schedules',
        'webhooks',
        'retries',
        'the audit log',
        'rate limits',
        'tax rates',
      ],
      files: [
        'src/refunds/refund-service.ts',
        'src/refunds/refund-routes.ts',
        'src/ledger/entries.ts',
        'src/ledger/export.ts',
        'src/payouts/schedule.ts',
        'src/webhooks/deliver.ts',
        'src/money.ts',
        'src/http/rate-limit.ts',
        'src/storage/migrations/0042.sql',
        'test/refunds.test.ts',
        'test/ledger.test.ts',
        'docs/webhooks.md',
        'package.json',
      ],
      lockFiles: ['package.json', 'package-lock.json'],
    },
  },
  {
    slug: 'web-storefront',
    language: 'typescript',
    description: 'Made-up shop of the local demo. Its pull requests wait longer lately.',
    pullRequests: 340,
    days: 745,
    open: 15,
    team: 10,
    recentPace: 4.5,
    earlierPace: 0.55,
    squashes: 0.3,
    hasReleases: true,
    delivery: 'at once',
    subject: {
      key: 'WEB',
      things: [
        'the checkout',
        'the product page',
        'search results',
        'the basket',
        'sign-in',
        'image loading',
        'the address form',
        'price labels',
        'the cookie banner',
        'gift cards',
      ],
      files: [
        'src/pages/checkout.tsx',
        'src/pages/product.tsx',
        'src/pages/search.tsx',
        'src/basket/basket.ts',
        'src/basket/totals.ts',
        'src/forms/address.tsx',
        'src/ui/button.tsx',
        'src/ui/price.tsx',
        'styles/layout.css',
        'test/basket.test.ts',
        'test/checkout.test.tsx',
        'public/texts/en.json',
      ],
      lockFiles: ['package.json', 'package-lock.json'],
    },
  },
  {
    slug: 'mobile-app',
    language: 'kotlin',
    description: 'Made-up app of the local demo.',
    pullRequests: 230,
    days: 600,
    open: 9,
    team: 7,
    recentPace: 1,
    earlierPace: 1,
    squashes: 0.6,
    hasReleases: true,
    delivery: 'none',
    subject: {
      key: 'APP',
      things: [
        'offline mode',
        'push messages',
        'the home screen',
        'biometric sign-in',
        'deep links',
        'the camera view',
        'dark colours',
        'list scrolling',
      ],
      files: [
        'app/src/main/kotlin/home/HomeScreen.kt',
        'app/src/main/kotlin/sync/OfflineQueue.kt',
        'app/src/main/kotlin/push/PushReceiver.kt',
        'app/src/main/kotlin/auth/SignIn.kt',
        'app/src/main/res/values/strings.xml',
        'app/src/test/kotlin/sync/OfflineQueueTest.kt',
        'app/build.gradle.kts',
        'docs/release.md',
      ],
      lockFiles: ['app/build.gradle.kts', 'gradle/libs.versions.toml'],
    },
  },
  {
    slug: 'data-pipeline',
    language: 'python',
    description: 'Made-up reports of the local demo.',
    pullRequests: 150,
    days: 420,
    open: 6,
    team: 6,
    recentPace: 1,
    earlierPace: 1,
    squashes: 0.1,
    hasReleases: false,
    delivery: 'daily',
    subject: {
      key: 'DATA',
      things: [
        'the nightly load',
        'late events',
        'the revenue report',
        'time zones',
        'duplicate rows',
        'the schema check',
        'backfills',
        'the cost report',
      ],
      files: [
        'pipeline/load.py',
        'pipeline/events.py',
        'pipeline/schema.py',
        'reports/revenue.sql',
        'reports/cost.sql',
        'tests/test_events.py',
        'tests/test_load.py',
        'schedule.yml',
      ],
      lockFiles: ['requirements.txt'],
    },
  },
  {
    slug: 'infrastructure',
    language: 'hcl',
    description: 'Made-up machines of the local demo: a young repository.',
    pullRequests: 60,
    days: 75,
    open: 4,
    team: 5,
    recentPace: 0.7,
    earlierPace: 0.7,
    squashes: 0.5,
    hasReleases: false,
    delivery: 'none',
    subject: {
      key: 'OPS',
      things: [
        'the staging cluster',
        'backups',
        'alarms',
        'certificate renewal',
        'the network rules',
        'log retention',
      ],
      files: [
        'network/main.tf',
        'cluster/main.tf',
        'cluster/variables.tf',
        'alarms/rules.yml',
        'backups/main.tf',
        'README.md',
      ],
      lockFiles: ['.terraform.lock.hcl'],
    },
  },
];
