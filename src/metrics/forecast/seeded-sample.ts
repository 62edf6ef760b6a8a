/** A part of a list, drawn by chance that a seed decides. */
import { seededRandom } from '../change/seeded-random';

/**
 * `most` elements, in their order, each as likely as any other to be among them; all where there are no more. Selection
 * sampling: algorithm S of D. E. Knuth, "The Art of Computer Programming", volume 2, section 3.4.2.
 */
export function seededSample<Item>(items: readonly Item[], most: number, seed: number): readonly Item[] {
  const random = seededRandom(seed);
  let wanted = Math.min(most, items.length);
  return items.filter((_, place) => {
    const isDrawn = (items.length - place) * random() < wanted;
    if (isDrawn) wanted -= 1;
    return isDrawn;
  });
}
