/** The key under which one and the same event is always recorded. */
import { createHash } from 'node:crypto';
import { canonicalJson } from './canonical-json';

/** Forge adds these to what Bitbucket sent, and they differ between deliveries. */
const ADDED_IN_DELIVERY = new Set(['context', 'contextToken', 'retryContext', 'selfGenerated']);

/** 32 hexadecimal digits of the payload, whatever the order of its fields; no text of it can be read back. */
export function digestOf(payload: unknown): string {
  const sent =
    payload !== null && typeof payload === 'object' && !Array.isArray(payload)
      ? Object.fromEntries(Object.entries(payload).filter(([name]) => !ADDED_IN_DELIVERY.has(name)))
      : payload;
  return createHash('sha256')
    .update(canonicalJson(sent ?? null))
    .digest('hex')
    .slice(0, 32);
}
