/** Which stored pages of an import are still needed, and what of the oldest to write again so that they can go. */
import { pack } from '../../storage/packed';
import type { AnswerPage, BundlePage } from './import-page';
import type { Needed } from './needed-page';

/** A page that holds what is needed of all that are stored before another. */
export interface Bundle {
  readonly page: BundlePage;
  readonly before: number;
}

type Numbered = BundlePage['pages'][number];

/** Of the pages packed one by one, which is more than together: Forge takes values of 240 KiB. */
const MOST_CHARACTERS = 160_000;

/** A bundle in place of fewer pages is not worth its write. */
const FEWEST_IN_BUNDLE = 60;

export class KeptPages {
  /** By where they are stored, ascending; each with the number it was read as, of which a bundle holds several. */
  private readonly stored = new Map<number, Numbered[]>();

  /** Adds one that is stored after all that were added before. */
  add(number: number, page: AnswerPage, storedAt: number): void {
    const others = this.stored.get(storedAt);
    if (others === undefined) this.stored.set(storedAt, [{ number, page }]);
    else others.push({ number, page });
  }

  /** Where the first is stored that is still needed; `null` where none is. Forgets those before it. */
  firstNeeded(needed: Needed): number | null {
    for (const [storedAt, pages] of this.stored) {
      if (pages.some(({ page }) => needed(page) !== null)) return storedAt;
      this.stored.delete(storedAt);
    }
    return null;
  }

  /**
   * What is needed of the oldest pages, as far as it fits into one that is to be stored at `end`; `null` where that is
   * not worth a write.
   */
  bundle(needed: Needed, end: number): Bundle | null {
    const [first = end] = this.stored.keys();
    const bundled: Numbered[] = [];
    let before = end;
    let characters = 0;
    for (const [storedAt, pages] of this.stored) {
      const rest = pages.flatMap(({ number, page }) => {
        const part = needed(page);
        return part === null ? [] : { number, page: part };
      });
      if (rest.length > 0) characters += pack(rest).length;
      if (characters > MOST_CHARACTERS) {
        before = storedAt;
        break;
      }
      bundled.push(...rest);
    }
    return before - first < FEWEST_IN_BUNDLE ? null : { page: { kind: 'bundle', pages: bundled }, before };
  }

  /** That a bundle is stored: the pages from which it came are no longer kept. */
  replaceBy({ page, before }: Bundle, storedAt: number): void {
    for (const each of this.stored.keys()) if (each < before) this.stored.delete(each);
    for (const each of page.pages) this.add(each.number, each.page, storedAt);
  }
}
