import { z } from 'zod';
import { ask } from './http.js';
import { NotAsTold } from './not-as-told.js';

const NowSchema = z.object({ now: z.iso.datetime({ offset: true }) });
const TokenSchema = z.object({ access_token: z.string(), persona: z.string(), audience: z.string() });
const PersonasSchema = z.object({
  items: z.array(
    z.object({
      persona: z.string(),
      party: z.string(),
      unitId: z.string(),
      unit: z.string(),
      label: z.object({ sv: z.string(), en: z.string() }),
    }),
  ),
});
const MailSchema = z.object({
  items: z.array(
    z.object({ receivedAt: z.string(), to: z.array(z.string()), subject: z.string(), body: z.string() }),
  ),
});

export type Persona = z.infer<typeof PersonasSchema>['items'][number];
export type CaughtMail = z.infer<typeof MailSchema>['items'][number];

/** A leap over months stops at every due instant on the way; the issuer waits as long for it. */
const LEAP_MS = 600_000;

/** The front page of local mode: personas and tokens, the record's clock, the caught mail. */
export class FrontDoor {
  #personas: readonly Persona[] | undefined;

  constructor(private readonly url: string) {}

  async personas(): Promise<readonly Persona[]> {
    this.#personas ??= (await ask({ method: 'GET', url: `${this.url}/dev/personas` }, PersonasSchema)).items;
    return this.#personas;
  }

  async persona(name: string): Promise<Persona> {
    const persona = (await this.personas()).find((one) => one.persona === name);
    if (persona === undefined) throw new NotAsTold(`expected a persona ${name}; the directory gives none`);
    return persona;
  }

  async token(persona: string): Promise<string> {
    const answer = await ask(
      { method: 'POST', url: `${this.url}/dev/token`, body: { persona } },
      TokenSchema,
    );
    return answer.access_token;
  }

  /** The record's clock, which people see. */
  async now(): Promise<Date> {
    return new Date((await ask({ method: 'GET', url: `${this.url}/dev/time` }, NowSchema)).now);
  }

  /** Moves the record's clock forward, from due instant to due instant, each time until quiet. */
  async advanceTo(instant: Date): Promise<Date> {
    const body = { to: instant.toISOString() };
    return new Date(
      (
        await ask(
          { method: 'POST', url: `${this.url}/dev/time/advance`, body, patienceMs: LEAP_MS },
          NowSchema,
        )
      ).now,
    );
  }

  /** What the catcher holds, newest first. */
  async mail(): Promise<readonly CaughtMail[]> {
    return (await ask({ method: 'GET', url: `${this.url}/mail` }, MailSchema)).items;
  }
}
