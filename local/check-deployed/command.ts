/** Turns a report of the installed app into lines, one for each doubt. */
import { toIso } from '../../src/facts/instant';
import { UsageError } from '../start/options';
import { findingsOf, type Verdict } from './checks';
import { readReport } from './report';

export const USAGE = `What the installed app's report of itself says of each doubt in docs/install.md.

  npm run check:deployed -- report.json

The report is saved on the workspace's settings page: Throughline, Connection, "Report of itself". Ends with status 1
where something does not hold.
`;

const MARKS: Readonly<Record<Verdict, string>> = {
  holds: 'holds',
  'does not hold': 'DOES NOT HOLD',
  'not seen yet': 'not seen yet',
};

export interface Checked {
  readonly lines: readonly string[];
  readonly status: 0 | 1;
}

/** Throws UsageError where the arguments name no report that can be read. */
export function checkDeployed(args: readonly string[]): Checked | 'help' {
  if (args.includes('--help')) return 'help';
  const [file, ...more] = args;
  if (file === undefined || more.length > 0) {
    throw new UsageError('Name one report: npm run check:deployed -- report.json. See --help.');
  }
  const report = readReport(file);
  const findings = findingsOf(report);
  const markWidth = Math.max(...Object.values(MARKS).map(({ length }) => length));
  const nameWidth = Math.max(...findings.map(({ name }) => name.length));
  return {
    lines: [
      `The installed app as of ${toIso(report.asOf)}:`,
      ...findings.map(
        ({ name, verdict, text }) =>
          `${MARKS[verdict].padEnd(markWidth)}  ${name.padEnd(nameWidth)}  ${text}`,
      ),
    ],
    status: findings.some(({ verdict }) => verdict === 'does not hold') ? 1 : 0,
  };
}
