/** Reads the report that the installed app gives of itself. */
import { existsSync, readFileSync } from 'node:fs';
import { z } from 'zod';
import { STORAGE_FEATURES, type StorageFeature } from '../../src/storage/feature-check';
import { SCOPES } from '../../src/views/reports/connection-report';
import { DELAY_ENDS, SELF_REPORT_FORMAT, type SelfReport } from '../../src/views/reports/self-report';
import { UsageError } from '../start/options';

const count = z.number().int().nonnegative();

const featureState = z.union([
  z.object({ state: z.enum(['works', 'unseen', 'wrong']) }),
  z.object({ state: z.literal('refused'), code: z.string() }),
]);

const report: z.ZodType<SelfReport> = z.object({
  format: z.literal(SELF_REPORT_FORMAT),
  version: z.literal(1),
  asOf: z.number().int(),
  storeVersion: z.number().int(),
  context: z.object({
    installation: z.enum(['workspace', 'other', 'absent']),
    hasAccountType: z.boolean(),
    hasLicence: z.boolean(),
    hasLocale: z.boolean(),
  }),
  scopes: z.array(z.object({ scope: z.enum(SCOPES), granted: z.enum(['granted', 'missing', 'unknown']) })),
  events: z.object({
    types: z.array(
      z.object({
        type: z.string(),
        count,
        delays: z.array(count).length(DELAY_ENDS.length + 1),
        fields: z.array(z.object({ path: z.string(), present: count, of: count })),
      }),
    ),
    refused: count,
  }),
  headers: z.array(z.string()).nullable(),
  storage: z.record(z.enum(STORAGE_FEATURES), featureState) satisfies z.ZodType<
    Record<StorageFeature, SelfReport['storage'][StorageFeature]>
  >,
});

const HOW_TO = 'Save it on the workspace’s settings page, Throughline, Connection.';

/** Throws UsageError, a sentence that says what is wrong with the file. */
export function readReport(file: string): SelfReport {
  if (!existsSync(file)) throw new UsageError(`${file}: there is no such file. ${HOW_TO}`);
  let json: unknown;
  try {
    json = JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    throw new UsageError(`${file}: this is not JSON. ${HOW_TO}`);
  }
  const parsed = report.safeParse(json);
  if (parsed.success) return parsed.data;
  const at = parsed.error.issues[0]?.path.join('.') ?? '';
  throw new UsageError(
    `${file}: this is no report of the app, or one of another release (wrong at "${at}"). ${HOW_TO}`,
  );
}
