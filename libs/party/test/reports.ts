/** A report with a victim in Älvsjö and a child in Skarpnäck; "unknown" where nothing else is said. */
export function aReport(some: Record<string, unknown> = {}) {
  return {
    actingUnit: 'lpo-globen',
    kind: 'call-out',
    occurredAt: 'unknown',
    place: { municipality: 'Stockholm', subdistrict: 'Johanneshov', address: 'unknown', onSceneNow: true },
    callback: { function: 'Yttre befäl Globen', number: 'unknown' },
    policeReference: 'unknown',
    danger: {
      suspectIs: 'GONE',
      weapon: false,
      strangulation: true,
      deathThreat: 'unknown',
      pregnancy: 'unknown',
      separation: true,
    },
    violence: ['PHYSICAL', 'CONTROL'],
    children: [aChild('child-1')],
    victims: [aVictim('victim-1')],
    suspects: [],
    safeContacts: [
      {
        person: 'victim-1',
        number: 'kanarie-nummer',
        times: 'unknown',
        mayWeSayWhoWeAre: false,
        voicemail: false,
        sharedPhone: 'unknown',
        language: 'unknown',
        interpreter: 'not-needed',
      },
    ],
    told: 'unknown',
    facts: { text: 'kanariefakta', source: 'patrull' },
    ...some,
  };
}

export function aChild(ref: string, some: Record<string, unknown> = {}) {
  return {
    ref,
    name: `Kanariebarn ${ref}`,
    number: 'unknown',
    birthDate: '2018-04-02',
    age: 'unknown',
    unborn: false,
    residence: { municipality: 'Stockholm', subdistrict: 'Skarpnäcks gård', basis: 'REGISTERED' },
    protectedStatus: 'NO',
    exposure: ['SAW'],
    seenAndSpokenTo: true,
    whereNow: 'unknown',
    withWhom: 'unknown',
    guardianship: 'unknown',
    ...some,
  };
}

export function aVictim(ref: string, some: Record<string, unknown> = {}) {
  return {
    ref,
    name: `Kanarievuxen ${ref}`,
    number: 'unknown',
    birthDate: 'unknown',
    residence: { municipality: 'Stockholm', subdistrict: 'Älvsjö', basis: 'REGISTERED' },
    protectedStatus: 'NO',
    wantsContact: 'YES',
    consent: 'unknown',
    ...some,
  };
}
