import type { SubjectRole } from '#domain';
import { asJson, type KnownAnswer } from './known-answer.js';

/** Fields of the acute referral that go on as fields of the morning handover, for the person at hand. */
const CARRIED: Readonly<Record<string, string>> = {
  'told.who-what': 'told.who-what',
  'child.where-now': 'whereabouts',
  'danger.suspect-where': 'suspect.status',
  'police.callback': 'callbacks',
};

const SAFE_CONTACT = /^safe-contact\./;

/**
 * What is known from the night in the terms of the morning handover (forms.md 2): carried with its origin and
 * secrecy, never invented. Answers that are of that form already are kept as they are.
 */
export function morningAnswers(
  known: readonly KnownAnswer[],
  subject: { readonly id: string; readonly role: SubjectRole },
): KnownAnswer[] {
  const about = known.filter(({ concerns }) => concerns.length === 0 || concerns.includes(subject.id));
  const renamed = known.flatMap((one) => {
    const field = CARRIED[one.field];
    return field === undefined || field === one.field ? [] : [{ ...one, field }];
  });
  const identity = about.filter(({ field }) => field === identityOf(subject.role));
  const contact = known.filter(({ field }) => SAFE_CONTACT.test(field) && field !== 'safe-contact.card');
  return [
    ...known,
    ...renamed,
    ...identity.map((one) => ({ ...one, field: 'subject.identity' })),
    ...identity.flatMap((one) => residenceBasis(one)),
    ...contactCards(contact, known),
  ];
}

function identityOf(role: SubjectRole): string {
  return role === 'child' ? 'child.identity' : 'victim.identity';
}

function residenceBasis(identity: KnownAnswer): KnownAnswer[] {
  const { value } = identity;
  if (typeof value !== 'object' || value === null || !('residence' in value)) return [];
  const { residence } = value;
  if (typeof residence !== 'object' || residence === null || !('basis' in residence)) return [];
  return [{ ...identity, field: 'guardianship-and-residence', value: asJson(residence.basis) }];
}

/** One card per person, made of the answers that the police were given by her; a card that is known already is newer. */
function contactCards(contact: readonly KnownAnswer[], known: readonly KnownAnswer[]): KnownAnswer[] {
  const hasCard = new Set(
    known.filter(({ field }) => field === 'safe-contact.card').flatMap(({ concerns }) => [...concerns]),
  );
  const people = [...new Set(contact.flatMap(({ concerns }) => concerns))].filter((id) => !hasCard.has(id));
  return people.flatMap((person) => {
    const hers = contact.filter(({ concerns }) => concerns.includes(person));
    const [first] = hers;
    if (first === undefined) return [];
    const card = Object.fromEntries(hers.map(({ field, value }) => [field.replace(SAFE_CONTACT, ''), value]));
    return [{ ...first, field: 'safe-contact.card', value: asJson(card), concerns: [person] }];
  });
}
