import type { z } from 'zod';
import { formatLocalInstant } from '#calendar';
import type { ReportIncidentSchema } from '#contracts';
import type { Canaries } from '../stage/canaries.js';
import type { Adult, Cast, Child } from './cast.js';

type Report = z.input<typeof ReportIncidentSchema>;

/** The acute referral of forms.md 1, as it is filled in from a car: some known, much of it "unknown". */
export function reportOf(cast: Cast, actingUnit: string, occurredAt: Date, canaries: Canaries): Report {
  const { victim, suspect, younger, elder } = cast;
  const word = (field: string) => canaries.word(field);
  return {
    actingUnit,
    kind: 'call-out',
    occurredAt: formatLocalInstant(occurredAt),
    place: {
      municipality: 'Stockholm',
      subdistrict: victim.subdistrict,
      address: victim.address,
      onSceneNow: true,
    },
    callback: {
      function: `Yttre befäl ${word('callback.function')}`,
      number: `08-465 004 90 ${word('callback.number')}`,
    },
    policeReference: `0201-K${word('police.reference')}`,
    danger: {
      suspectIs: 'GONE',
      weapon: 'unknown',
      strangulation: true,
      deathThreat: true,
      pregnancy: 'unknown',
      separation: true,
    },
    violence: ['PHYSICAL', 'PSYCHOLOGICAL', 'CONTROL'],
    children: [
      reportedChild(younger, ['SAW', 'HEARD'], true, word('child-1.withWhom')),
      reportedChild(elder, 'unknown', false, word('child-2.withWhom')),
    ],
    victims: [
      {
        ...identityOf(victim),
        wantsContact: 'YES',
        consent: {
          recipient: `socialjouren ${word('consent.recipient')}`,
          purpose: `skydd i natt ${word('consent.purpose')}`,
          takenBy: `patrullen ${word('consent.takenBy')}`,
        },
      },
    ],
    suspects: [
      {
        ...identityOf(suspect),
        roleDisputed: false,
        guardianOf: [younger.ref],
        told: false,
        agreesToContact: 'NOT_ASKED',
      },
    ],
    safeContacts: [
      {
        person: victim.ref,
        number: `070-174 06 41 ${word('safe-contact.number')}`,
        times: `vardagar före två ${word('safe-contact.times')}`,
        mayWeSayWhoWeAre: false,
        voicemail: false,
        sharedPhone: true,
        language: `svenska ${word('safe-contact.language')}`,
        interpreter: 'not-needed',
      },
    ],
    attendance: {
      necessity: `barnet behöver någon i natt ${word('attendance.necessity')}`,
      ground: `modern samtycker ${word('attendance.ground')}`,
      hazards: `hund i trapphuset ${word('attendance.hazards')}`,
    },
    injuries: `blåmärken på halsen ${word('injuries')}`,
    careGiven: `ambulans på plats ${word('care-given')}`,
    contactBanRequested: true,
    specialRepresentativeRequested: 'unknown',
    told: [
      {
        person: victim.ref,
        what: `att socialjouren får veta ${word('told.what')}`,
        by: `patrullen ${word('told.by')}`,
      },
    ],
    facts: {
      text: `Grannen ringde. Han hade gått när patrullen kom. ${word('facts.text')}`,
      source: `grannen ${word('facts.source')}`,
    },
  };
}

function identityOf(person: Adult) {
  return {
    ref: person.ref,
    name: person.name,
    number: person.number,
    birthDate: person.birthDate,
    residence: {
      municipality: 'Stockholm',
      subdistrict: person.subdistrict,
      basis: 'REGISTERED' as const,
    },
    protectedStatus: 'NO' as const,
  };
}

function reportedChild(
  child: Child,
  exposure: 'unknown' | ('SAW' | 'HEARD' | 'WAS_HURT')[],
  seenAndSpokenTo: boolean,
  withWhom: string,
): Report['children'][number] {
  return {
    ref: child.ref,
    name: child.name,
    number: 'unknown',
    birthDate: child.birthDate,
    age: 'unknown',
    unborn: false,
    residence: { municipality: 'Stockholm', subdistrict: child.subdistrict, basis: 'REGISTERED' },
    protectedStatus: 'NO',
    exposure,
    seenAndSpokenTo,
    whereNow: child.whereNow,
    withWhom: `en anhörig ${withWhom}`,
    guardianship: `modern ${withWhom}`,
  };
}
