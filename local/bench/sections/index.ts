/** Everything that the benchmark measures, in the order in which it is printed. */
import type { Section } from '../section';
import { BUNDLES } from './bundles';
import { COLD_START } from './cold-start';
import { EVENTS } from './events';
import { FACTS } from './facts';
import { IMPORT } from './import';
import { LEDGER } from './ledger';
import { METRICS } from './metrics';
import { PANEL } from './panel';

export const SECTIONS: readonly Section[] = [
  EVENTS,
  FACTS,
  LEDGER,
  METRICS,
  IMPORT,
  COLD_START,
  BUNDLES,
  PANEL,
];
