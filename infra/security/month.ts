import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { DispatchPreviewSchema, DispatchViewSchema, ReportedIncidentSchema } from '#contracts';
import type { AppName } from '../local/settings.js';
import { makeCast } from '../story/cast/cast.js';
import { reportOf } from '../story/cast/report.js';
import type { Canaries } from '../story/stage/canaries.js';
import { FrontDoor } from '../story/stage/front-door.js';
import { bodyOf, type LocalAnswer } from '../testing/local-door.js';
import type { LocalSystem } from '../testing/local-system.js';
import { CommandsOf } from './canary-body.js';

/** Who speaks at which party's door. */
const VOICES = [
  { app: 'police', persona: 'police-liaison-globen' },
  { app: 'socialjouren', persona: 'socialjouren-case-worker' },
  { app: 'rvt', persona: 'rvt-case-worker-sydvast' },
  { app: 'bou', persona: 'bou-unit-head-skarpnack' },
] as const satisfies readonly { app: AppName; persona: string }[];
type Voice = (typeof VOICES)[number];

const [POLICE, JOUR, , BOU] = VOICES;
const VersionedSchema = z.object({ version: z.number() });
const SeenSchema = z.object({ incidentId: z.string().optional(), subjectId: z.string().optional() });

/** What is known of a case by one party: ids that its routes and bodies ask for. */
interface Known {
  readonly child: string;
  readonly adult: string;
  readonly childIsAt: Voice;
  readonly matters: readonly string[];
  readonly handoffs: readonly string[];
  readonly dispatches: readonly string[];
}

/**
 * A month over HTTP, with a word of its own in every field that a person may fill: what is reported, what each
 * command of every party's document takes, and what is refused. Seeded, so that a leak can be looked for again.
 */
export class Month {
  /** Answers that refused, with what was asked. */
  readonly refused: { readonly asked: string; readonly answer: LocalAnswer }[] = [];
  readonly matters: string[] = [];
  /** Commands that were taken, by route: what the sweep really reached. */
  readonly taken = new Set<string>();
  readonly #front: FrontDoor;
  #seed: number;

  constructor(
    private readonly system: LocalSystem,
    private readonly canaries: Canaries,
    seed: number,
  ) {
    this.#front = new FrontDoor(system.door.urlOf('issuer'));
    this.#seed = seed;
  }

  /** A report, taken and worked on until it is closed where it can be, every command tried on it; then eight days go by. */
  async caseOfEightDays({ sweeps }: { readonly sweeps: boolean }): Promise<void> {
    const known = await this.#reportedAndTaken();
    if (sweeps) for (const voice of VOICES) await this.#sweep(voice, known);
    await this.#closed(known);
    await this.system.door.advance('P8D');
  }

  async #reportedAndTaken(): Promise<Known> {
    const cast = await makeCast(this.canaries);
    const now = await this.system.door.now();
    const report = reportOf(cast, 'lpo-globen', new Date(now.getTime() - 600_000), this.canaries);
    // One of the two children a day: what is left open is called for every day after.
    const children = report.children.filter(({ ref }) => ref === cast.elder.ref);
    const suspects = report.suspects.map((one) => ({ ...one, guardianOf: [cast.elder.ref] }));
    const reported = bodyOf(
      await this.#post(POLICE, '/incidents', { ...report, children, suspects }),
      ReportedIncidentSchema,
    );
    const child = reported.matters.find(({ kind }) => kind === 'child-protection')?.matterId ?? '';
    const adult = reported.matters.find(({ kind }) => kind === 'adult-safety')?.matterId ?? '';
    this.matters.push(child, adult);
    const basis = { code: 'X-01', statement: this.canaries.word('basis.statement') };
    const toNight = await this.#sentAndAccepted(JOUR, [
      { matterId: adult, toUnit: 'socialjouren-stockholm', basis },
    ]);
    // On a day when offices are shut the child goes where somebody is.
    const isOpen =
      (
        await this.#post(POLICE, '/dispatches/preview', {
          items: [{ matterId: child, toUnit: 'bou-skarpnack' }],
        })
      ).status < 300;
    const toDay = await this.#sentAndAccepted(isOpen ? BOU : JOUR, [
      { matterId: child, toUnit: isOpen ? 'bou-skarpnack' : 'socialjouren-stockholm' },
    ]);
    return {
      child,
      adult,
      childIsAt: isOpen ? BOU : JOUR,
      matters: [child, adult],
      handoffs: [...toNight.handoffs, ...toDay.handoffs],
      dispatches: [toNight.dispatch, toDay.dispatch],
    };
  }

  async #sentAndAccepted(
    receiver: Voice,
    items: readonly object[],
  ): Promise<{ readonly dispatch: string; readonly handoffs: readonly string[] }> {
    const { previewId } = bodyOf(
      await this.#post(POLICE, '/dispatches/preview', { items }),
      DispatchPreviewSchema,
    );
    const sent = bodyOf(await this.#post(POLICE, '/dispatches', { previewId }), DispatchViewSchema);
    for (const { handoffId } of sent.handoffs) {
      await this.#did(receiver, `/handoffs/${handoffId}/open`, {});
      for (const part of ['content', 'safe-contact'])
        await this.#get(receiver, `/handoffs/${handoffId}/${part}`);
    }
    await this.#did(receiver, `/dispatches/${sent.dispatchId}/accept`, {});
    return { dispatch: sent.dispatchId, handoffs: sent.handoffs.map(({ handoffId }) => handoffId) };
  }

  /** The adult's matter is closed the same day, and the child's where the deciding unit holds it. */
  async #closed({ child, adult, childIsAt }: Known): Promise<void> {
    const word = (field: string) => this.canaries.word(field);
    await this.#post(
      JOUR,
      `/matters/${adult}/contact-made`,
      { outcome: 'spoke', note: word('contact.note') },
      await this.#versionOf(JOUR, adult),
    );
    await this.#post(
      JOUR,
      `/matters/${adult}/close`,
      { outcome: 'SAFETY_ARRANGED', note: word('close.note') },
      await this.#versionOf(JOUR, adult),
    );
    if (childIsAt !== BOU) return;
    const { incidentId, subjectId } = await this.#seenBy(BOU, child);
    await this.#post(BOU, `/incidents/${incidentId}/protection-assessments`, {
      actingUnit: 'bou-skarpnack',
      subjectId,
      outcome: 'NO_IMMEDIATE_NEED',
      reasons: word('assessment.reasons'),
      childHeard: 'YES',
      assessedAt: (await this.system.door.now()).toISOString(),
    });
    await this.#post(BOU, `/matters/${child}/investigation-decision`, {
      opened: true,
      ground: 'VIOLENCE',
      reasons: word('investigation.reasons'),
      decidedAt: (await this.system.door.now()).toISOString(),
    });
    // An investigation ends by decision before its report is closed.
    await this.#post(BOU, `/matters/${child}/child-case/acts`, {
      ...{ kind: 'closing', outcome: 'NO_MEASURE', reasons: word('investigation.closing') },
      at: (await this.system.door.now()).toISOString(),
    });
    await this.system.until(`the matter of the child to be closed`, async () => {
      const closed = await this.#post(
        BOU,
        `/matters/${child}/close`,
        {
          outcome: 'NOTHING_FURTHER',
          decision: { nothingFurtherNeeded: true, reasons: word('close.reasons') },
        },
        await this.#versionOf(BOU, child),
      );
      return closed.code === 'DUTY_NOT_MET' ? null : closed;
    });
  }

  async #versionOf(voice: Voice, matterId: string): Promise<number> {
    const answer = await this.#get(voice, `/matters/${matterId}`);
    return answer.status === 200 ? VersionedSchema.parse(JSON.parse(answer.text)).version : 1;
  }

  async #did(voice: Voice, path: string, body: unknown): Promise<void> {
    const answer = await this.#post(voice, path, body);
    if (answer.status >= 300) throw new Error(`${voice.persona} could not ${path}: ${answer.text}`);
  }

  /** Every command of a party's document, with a word in every text, on ids that exist and on one that does not. */
  async #sweep(voice: Voice, known: Known): Promise<void> {
    const answer = await this.system.door.call(voice.app, { method: 'GET', path: '/api/openapi.json' });
    const document = CommandsOf.read(bodyOf(answer, z.unknown()));
    const seen = await this.#seenBy(voice, known.child);
    const { unitId: unit } = await this.#front.persona(voice.persona);
    for (const command of document.commands) {
      if (!command.path.startsWith('/api/v1')) continue;
      const route = command.path.replace('/api/v1', '');
      const ids = this.#idsFor(route, known, seen, unit);
      const body = document.bodyFor(command, {
        word: (field) => this.canaries.word(`${voice.app} ${field}`),
        choose: (count) => this.#choose(count),
        known: {
          actingUnit: unit,
          toUnit: 'bou-skarpnack',
          matterId: this.#one(known.matters),
          handoffId: this.#one(known.handoffs),
          ...(seen.subjectId === undefined ? {} : { subjectId: seen.subjectId }),
        },
      });
      for (const path of ids) {
        const { status } = await this.#post(voice, path, body, 1 + this.#choose(3));
        if (status < 300) this.taken.add(`${voice.app} ${route}`);
      }
      // What is written past the end of a path is refused, and said to nobody.
      if (route.includes('{'))
        await this.#get(voice, `${route.replaceAll(/\{[^}]+\}/g, this.canaries.word('path'))}`);
    }
  }

  #idsFor(
    route: string,
    known: Known,
    seen: { incidentId?: string | undefined; subjectId?: string | undefined },
    unit: string,
  ): string[] {
    const [noun = ''] = route.split('/').filter((part) => part !== '');
    const by: Record<string, readonly (string | undefined)[]> = {
      matters: known.matters,
      handoffs: known.handoffs,
      dispatches: known.dispatches,
      incidents: [seen.incidentId],
      subjects: [seen.subjectId],
      units: [unit],
    };
    const ids = [this.#one((by[noun] ?? []).flatMap((id) => id ?? [])), randomUUID()];
    return route.includes('{') ? ids.map((id) => route.replaceAll(/\{[^}]+\}/g, id)) : [route];
  }

  async #seenBy(voice: Voice, matterId: string): Promise<z.infer<typeof SeenSchema>> {
    const answer = await this.#get(voice, `/matters/${matterId}`);
    return answer.status === 200 ? SeenSchema.parse(JSON.parse(answer.text)) : {};
  }

  async #post({ app, persona }: Voice, path: string, body: unknown, version?: number): Promise<LocalAnswer> {
    const answer = await this.system.door.call(app, {
      method: 'POST',
      path: `/api/v1${path}`,
      token: await this.system.door.token(persona),
      body,
      key: `month-${randomUUID()}`,
      ...(version === undefined ? {} : { version }),
    });
    return this.#noted(`POST ${app} ${path}`, answer);
  }

  async #get({ app, persona }: Voice, path: string): Promise<LocalAnswer> {
    const answer = await this.system.door.call(app, {
      method: 'GET',
      path: `/api/v1${path}`,
      token: await this.system.door.token(persona),
    });
    return this.#noted(`GET ${app} ${path}`, answer);
  }

  #noted(asked: string, answer: LocalAnswer): LocalAnswer {
    if (answer.status >= 400) this.refused.push({ asked, answer });
    return answer;
  }

  #one(ids: readonly string[]): string {
    return ids[this.#choose(ids.length)] ?? randomUUID();
  }

  /** A number below `count` from the seed (a linear congruence: repeatable, not secret). */
  #choose(count: number): number {
    this.#seed = (Math.imul(this.#seed, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((this.#seed / 2 ** 32) * count);
  }
}
