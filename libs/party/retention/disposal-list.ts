import { createHash } from 'node:crypto';
import { canonicalJson } from '#audit';
import { addDays, type LocalDate, startOfDay } from '#calendar';
import {
  decideRetention,
  type RetentionBecause,
  type RetentionExemptionId,
  type RetentionRuleId,
  retentionRule,
  ruleOf,
  type StatedPeriod,
  type SubjectRole,
} from '#domain';
import type { RegisteredFile } from './retention-register.js';

/** What a list is made by: the same always gives the same list of the same files. */
export interface ListTerms {
  readonly authority: string;
  readonly rule: RetentionRuleId;
  /** Europe/Stockholm. */
  readonly cutOff: LocalDate;
  readonly stated: StatedPeriod | null;
}

export interface ListedFile {
  readonly subjectId: string;
  readonly incidentId: string;
  readonly role: SubjectRole;
  readonly verdict: 'goes' | 'exempt';
  readonly exemptions: readonly RetentionExemptionId[];
  readonly arisesOn: LocalDate | null;
  readonly finishBy: LocalDate | null;
  readonly because: readonly RetentionBecause[];
}

export interface DisposalList {
  readonly items: readonly ListedFile[];
  readonly goes: number;
  readonly exempt: number;
  /** Kept under the rule, and not due yet. */
  readonly notYet: number;
  /** SHA-256, hex, of terms and items. */
  readonly digest: string;
  /** No last entry of those that go is at this instant or later. */
  readonly entriesBefore: Date;
}

/** The dry run: of an authority's files those that a rule lets go as of a day, and those that it would but for something. Pure. */
export function disposalListOf(terms: ListTerms, files: readonly RegisteredFile[]): DisposalList {
  const { rule, cutOff, stated } = terms;
  const ofPerson = new Map<string, RegisteredFile[]>();
  for (const one of files) {
    if (one.personKey === null) continue;
    ofPerson.set(one.personKey, [...(ofPerson.get(one.personKey) ?? []), one]);
  }
  const items: ListedFile[] = [];
  let notYet = 0;
  let latest: LocalDate | null = null;
  for (const one of [...files].sort((a, b) => (a.subjectId < b.subjectId ? -1 : 1))) {
    if (ruleOf(one.file) !== rule) continue;
    const others = one.personKey === null ? [] : (ofPerson.get(one.personKey) ?? []);
    const decided = decideRetention({
      file: one.file,
      others: others.filter((other) => other.subjectId !== one.subjectId).map(({ file }) => file),
      on: cutOff,
      stated,
    });
    const { subjectId, incidentId, role } = one;
    if (decided.verdict === 'not-yet') notYet += 1;
    else if (decided.verdict === 'exempt') {
      const { exemptions, because } = decided;
      items.push({
        subjectId,
        incidentId,
        role,
        verdict: 'exempt',
        exemptions,
        because,
        arisesOn: null,
        finishBy: null,
      });
    } else {
      const { arisesOn, finishBy, because } = decided;
      if (latest === null || one.file.lastEntryOn > latest) latest = one.file.lastEntryOn;
      items.push({
        subjectId,
        incidentId,
        role,
        verdict: 'goes',
        exemptions: [],
        because,
        arisesOn,
        finishBy,
      });
    }
  }
  const goes = items.filter(({ verdict }) => verdict === 'goes').length;
  return {
    items,
    goes,
    exempt: items.length - goes,
    notYet,
    digest: digestOf(terms, items),
    entriesBefore: startOfDay(latest === null ? cutOff : addDays(latest, 1)),
  };
}

function digestOf({ authority, rule, cutOff, stated }: ListTerms, items: readonly ListedFile[]): string {
  const list = canonicalJson({
    authority,
    rule,
    ruleVersion: retentionRule(rule).version,
    cutOff,
    stated: stated === null ? null : { years: stated.years, ground: stated.ground },
    items: items.map(({ subjectId, verdict, exemptions, arisesOn }) => [
      subjectId,
      verdict,
      [...exemptions],
      arisesOn,
    ]),
  });
  return createHash('sha256').update(list).digest('hex');
}
