/** Shows what is packed in a row as the values it stands for, by the app's own readers. */
import { z } from 'zod';
import { ENTITY } from '../../src/storage/keys';
import { decodeLedger, UnreadableLedger } from '../../src/storage/ledger-codec';
import { UnreadableText, unpack } from '../../src/storage/packed';
import type { WholeRow } from './rows';

/** An import's page has its text in itself, documents of months in their detail. */
const page = z.looseObject({ body: z.string().min(1) });
const document = z.looseObject({ detail: page });

export interface Unpacked {
  readonly value: unknown;
  /** Why a packed text stands there as it is; `null` where none does. */
  readonly trouble: string | null;
}

/** A row's value with the facts of a ledger, or what another text was packed from, in the place of that text. */
export function unpacked({ name, entity, value }: Pick<WholeRow, 'name' | 'entity' | 'value'>): Unpacked {
  const read = (text: string): unknown =>
    entity === ENTITY.ledger ? decodeLedger(text) : unpack(name, z.unknown(), text);
  try {
    const inDetail = document.safeParse(value);
    if (inDetail.success) {
      const { detail, ...attributes } = inDetail.data;
      return { value: { ...attributes, detail: { ...detail, body: read(detail.body) } }, trouble: null };
    }
    const itself = page.safeParse(value);
    if (itself.success) return { value: { ...itself.data, body: read(itself.data.body) }, trouble: null };
    return { value, trouble: null };
  } catch (error) {
    if (!(error instanceof UnreadableLedger) && !(error instanceof UnreadableText)) throw error;
    return { value, trouble: error.message };
  }
}
