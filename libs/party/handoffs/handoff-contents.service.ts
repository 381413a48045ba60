import { type DisclosureQuestion, decideDisclosure, questionOfRoute, routeById, sideOfUnit } from '#domain';
import type { ContentVault } from '../content/content-vault.js';
import type { KnownAnswer } from '../content/known-answer.js';
import { refuseAtDoor } from '../http/refused.exception.js';
import { type Caller, unitsOf } from '../identity/caller.js';
import type { PartyDirectory } from '../units/party-directory.js';
import type { HandoffViews } from './handoff-views.service.js';

/** The content of an offer, as one of its sides may read it: what was disclosed, while there is a need of it. */
export class HandoffContents {
  constructor(
    private readonly views: HandoffViews,
    private readonly vault: ContentVault,
    private readonly directory: PartyDirectory,
  ) {}

  /**
   * The answers of one envelope that the policy lets this side read; null where there is no such envelope. The reading is
   * audited before anything is opened. Refuses NOT_FOUND to who is no side, and CONTENT_CLOSED, unopened, to a receiver
   * that did not take the matter.
   */
  async read(
    caller: Caller,
    id: string,
    kind: 'referral' | 'sealed-apart',
  ): Promise<{ unit: string; answers: readonly KnownAnswer[] | null }> {
    const { unit, side, handoff, at } = await this.views.readingUnit(unitsOf(caller), id);
    const snapshot = await this.directory.snapshot();
    const route = routeById(handoff.route) ?? refuseAtDoor('NOT_FOUND');
    const about = (fields: readonly string[]): DisclosureQuestion =>
      questionOfRoute(route, {
        surface: 'read',
        at,
        from: sideOfUnit(snapshot, handoff.fromUnit, at) ?? refuseAtDoor('UNKNOWN_UNIT'),
        to: sideOfUnit(snapshot, handoff.toUnit, at) ?? refuseAtDoor('UNKNOWN_UNIT'),
        subject: { role: route.subject, age: null, protectedIdentity: 'unreadable' },
        // Whether it must call was decided when the envelope was filled.
        receiverMustCall: true,
        disclosed: { fields, phase: handoff.phase, side },
      });
    const everything = about(route.permittedFields);
    if (decideDisclosure(everything).fields.every(({ verdict }) => verdict === 'withheld')) {
      return refuseAtDoor('CONTENT_CLOSED');
    }
    const answers = await this.vault.ofHandoff(caller, unit, id, kind);
    if (answers === null) return { unit, answers: null };
    const { fields } = decideDisclosure(about(answers.map(({ field }) => field)));
    const readable = new Set(fields.flatMap((one) => (one.verdict === 'leaves' ? [one.field] : [])));
    return { unit, answers: answers.filter(({ field }) => readable.has(field)) };
  }
}
