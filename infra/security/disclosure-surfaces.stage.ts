import { aChild, aReport, aVictim } from '../../libs/party/test/reports.js';
import type { As } from '../../libs/party/test/stage.js';
import { FORMS_MD } from './disclosure-surfaces.forms.js';

/** A word that stands for a field, found again in any text; nothing else in the system looks like it. */
export const wordFor = (form: 'night' | 'morning' | 'again', field: string): string =>
  `zkq${form}${field.replaceAll(/[^a-z]/g, '')}qkz`;

const A_WORD = /zkq[a-z]+?qkz/g;

/** The words of fields in a text, each once, in order. */
export function wordsIn(text: string): string[] {
  return [...new Set(text.match(A_WORD) ?? [])].toSorted();
}

/** The fields of forms.md 1 whose answer holds text; the rest are codes and are looked for by name. */
export const NIGHT_WORDS: Readonly<Record<string, string>> = Object.fromEntries(
  [
    'incident.place',
    'police.callback',
    'police.reference',
    'child.identity',
    'child.where-now',
    'child.guardianship',
    'victim.identity',
    'victim.consent',
    'victim.injuries',
    'safe-contact.number',
    'safe-contact.times',
    'safe-contact.language',
    'suspect.identity',
    'attendance.necessity-and-ground',
    'attendance.hazards',
    'told.who-what',
    'facts',
  ].map((field) => [field, wordFor('night', field)]),
);

/** The acute referral with every field of the form filled in, and a word of its own wherever text can stand. */
export function wholeReport() {
  const word = (field: string) => wordFor('night', field);
  return aReport({
    occurredAt: new Date(Date.now() - 3_600_000).toISOString(),
    place: {
      municipality: 'Stockholm',
      subdistrict: 'Johanneshov',
      address: word('incident.place'),
      onSceneNow: true,
    },
    callback: { function: word('police.callback'), number: 'unknown' },
    policeReference: word('police.reference'),
    children: [
      aChild('child-1', {
        name: word('child.identity'),
        whereNow: word('child.where-now'),
        guardianship: word('child.guardianship'),
      }),
    ],
    victims: [
      aVictim('victim-1', {
        name: word('victim.identity'),
        consent: { recipient: 'socialjouren', purpose: word('victim.consent'), takenBy: 'patrull' },
      }),
    ],
    suspects: [
      {
        ref: 'suspect-1',
        name: word('suspect.identity'),
        number: 'unknown',
        birthDate: '1980-02-03',
        residence: { municipality: 'Stockholm', subdistrict: 'Farsta', basis: 'REGISTERED' },
        protectedStatus: 'NO',
        roleDisputed: false,
        guardianOf: ['child-1'],
        told: false,
        agreesToContact: 'NO',
      },
    ],
    safeContacts: [
      {
        person: 'victim-1',
        number: word('safe-contact.number'),
        times: word('safe-contact.times'),
        mayWeSayWhoWeAre: false,
        voicemail: false,
        sharedPhone: false,
        language: word('safe-contact.language'),
        interpreter: 'not-needed',
      },
    ],
    attendance: {
      necessity: word('attendance.necessity-and-ground'),
      ground: 'unknown',
      hazards: word('attendance.hazards'),
    },
    injuries: word('victim.injuries'),
    careGiven: 'unknown',
    contactBanRequested: true,
    specialRepresentativeRequested: false,
    told: [{ person: 'victim-1', what: word('told.who-what'), by: 'unknown' }],
    facts: { text: word('facts'), source: 'patrull' },
  });
}

/** An answer of its own, a word, to each of these fields of the morning handover. */
export function wordedAnswers(form: 'morning' | 'again', fields: readonly string[]) {
  return Object.fromEntries(fields.map((field) => [field, { value: wordFor(form, field) }]));
}

/** Of these fields, those sealed apart and those that are not. */
export function apartOf(form: string, fields: readonly string[]) {
  const isApart = (field: string) => FORMS_MD[form]?.[field]?.apart === true;
  return { apart: fields.filter(isApart), open: fields.filter((field) => !isApart(field)) };
}

/** Everything that a persona can ask about a case without opening what is sealed, as it is answered, by address. */
export async function allThatIsShown(as: As, paths: readonly string[]): Promise<Record<string, string>> {
  const shown: Record<string, string> = {};
  for (const path of paths) {
    const { status, headers, text } = await as.get(path);
    shown[path] = [status, headers['etag'], text].join('\n');
  }
  return shown;
}
