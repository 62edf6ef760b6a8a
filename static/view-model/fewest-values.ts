/** How many values it takes to say more than the values themselves. */

/** Below this number no line is drawn, no percentile given as a sentence and no comparison made (METRICS 2). */
export const FEWEST_VALUES = 5;
