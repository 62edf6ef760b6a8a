/** A bar that is filled to a level, as progress or as a meter; the number stands beside it. */
import type { ReactElement } from 'react';

export function LevelBar({
  role,
  name,
  level,
  text,
}: {
  readonly role: 'progressbar' | 'meter';
  readonly name: string;
  /** From 0 to 1; `null` while it is not known. */
  readonly level: number | null;
  /** The level in words, for who cannot see it. */
  readonly text: string;
}): ReactElement {
  const percent = Math.round((level ?? 0) * 100);
  return (
    <div
      className="level"
      role={role}
      aria-label={name}
      aria-valuetext={text}
      {...(level === null ? {} : { 'aria-valuemin': 0, 'aria-valuemax': 100, 'aria-valuenow': percent })}
    >
      <div style={{ width: `${percent}%` }} />
    </div>
  );
}
