import { setTimeout as sleep } from 'node:timers/promises';
import type { Addresses } from './addresses.js';
import { Canaries } from './canaries.js';
import { Door } from './door.js';
import { FrontDoor } from './front-door.js';
import type { Language } from './language.js';
import { NotAsTold, told } from './not-as-told.js';
import { shortName } from './short-name.js';
import { Timeline, type WriteLine } from './timeline.js';

export interface StageOptions {
  readonly addresses: Addresses;
  readonly language: Language;
  readonly write: WriteLine;
  readonly isColourful: boolean;
}

const LOOK_MS = 50;

/** Where the story is played: a running system, the record's clock, the timeline and the words of this run. */
export class Stage {
  readonly front: FrontDoor;
  readonly timeline: Timeline;
  readonly canaries = new Canaries();
  readonly begun = new Date();
  readonly #doors = new Map<string, Door>();

  constructor(private readonly options: StageOptions) {
    this.front = new FrontDoor(options.addresses.issuer);
    this.timeline = new Timeline(options.language, options.write, options.isColourful);
  }

  /** A persona's door at its own party, with its own token. */
  async as(name: string): Promise<Door> {
    const known = this.#doors.get(name);
    if (known !== undefined) return known;
    const persona = await this.front.persona(name);
    const url = told(
      this.options.addresses.parties[persona.party],
      `an address of ${persona.party}, where ${name} works`,
    );
    const door = new Door(persona, url, await this.front.token(name));
    this.#doors.set(name, door);
    return door;
  }

  /** A unit as people say it; its id when nobody works there in local mode. */
  async unitName(unitId: string): Promise<string> {
    const persona = (await this.front.personas()).find((one) => one.unitId === unitId);
    return persona === undefined ? unitId : shortName(persona);
  }

  now(): Promise<Date> {
    return this.front.now();
  }

  /** Moves the record's clock to an instant; stays where it is when that has passed already. */
  async until(instant: Date): Promise<Date> {
    return instant > (await this.now()) ? this.front.advanceTo(instant) : this.now();
  }

  /** Looks until something is there, in wall time: another process is doing it right now. */
  async waitFor<Value>(what: string, look: () => Promise<Value | null>, withinMs = 20_000): Promise<Value> {
    const end = performance.now() + withinMs;
    for (;;) {
      const seen = await look();
      if (seen !== null) return seen;
      if (performance.now() > end) throw new NotAsTold(`expected ${what} within ${withinMs / 1000} s`);
      await sleep(LOOK_MS);
    }
  }
}
