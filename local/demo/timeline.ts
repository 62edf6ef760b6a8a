/** Lines up what happens on a pull request: strictly in the order of time, and when people are at work. */
import type { Person } from './people';
import { intoWorkingHours } from './working-hours';

const MINUTE = 60_000;

/** Keeps the latest instant reached. */
export class Timeline {
  /** `roundTheClock`: what is urgent does not wait for the morning. */
  constructor(
    private latest: number,
    private readonly roundTheClock: boolean,
  ) {}

  get now(): number {
    return this.latest;
  }

  /** Goes on to the wanted instant, or some minutes after the latest if that is later; then to the person's working hours. */
  reach(wanted: number, by: Person, minutes = 2): number {
    const earliest = Math.floor(Math.max(wanted, this.latest + minutes * MINUTE));
    this.latest = this.roundTheClock ? earliest : intoWorkingHours(earliest, by.zone);
    return this.latest;
  }

  /** Goes on at any hour, as machines do. */
  after(minutes: number): number {
    this.latest = Math.floor(this.latest + minutes * MINUTE);
    return this.latest;
  }
}
