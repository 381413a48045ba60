import { type BasisDefinition, basis, HEAD } from './basis.js';

const DECIDED = {
  kind: 'individual-decision',
  tag: 'C',
  decidedBy: HEAD,
} as const satisfies Partial<BasisDefinition>;

/** Social services and health care to those who fight crime (OSL 10:15 a, 18 a–23; lag 2025:170). None is automatic. */
export const CRIME_BASES = {
  'X-03': basis({
    ...DECIDED,
    label: { sv: 'Risk för brottslighet, under 21 år', en: 'Risk of crime, under 21' },
    text: {
      sv: 'Socialtjänsten får berätta för polisen om någon under 21 år när konkreta omständigheter visar en risk för brottslig verksamhet, om det inte är olämpligt. Enhetschefen beslutar och skriver skälen.',
      en: 'Social services may tell the police about someone under 21 when concrete circumstances show a risk of criminal activity, unless unsuitable. The unit head decides with reasons.',
    },
    source: 'OSL 10:18 a (X-03)',
    conditions: ['under-21', 'concrete-circumstances', 'risk-of-criminal-activity', 'not-unsuitable'],
    validFrom: '2025-04-01',
  }),
  'X-04': basis({
    ...DECIDED,
    label: { sv: 'Risk för våld mot närstående', en: 'Risk of violence against a close person' },
    text: {
      sv: 'Socialtjänsten eller vården får berätta för polisen när konkreta omständigheter visar en risk att någon begår brott mot en närstående (3, 4 eller 6 kap. brottsbalken, minst ett års fängelse), om det inte är olämpligt med hänsyn till insatserna. Gäller risk framåt, inte misstanke om begånget brott.',
      en: 'Social services or health care may tell the police when concrete circumstances show a risk that someone commits a crime against a close person (BrB 3, 4 or 6, minimum one year), unless unsuitable given interventions. It is about a risk ahead, not a crime committed.',
    },
    source: 'OSL 10:18 c (X-04)',
    conditions: ['concrete-circumstances', 'risk-to-close-person', 'about-the-future', 'not-unsuitable'],
    validFrom: '2025-04-01',
  }),
  'X-05': basis({
    ...DECIDED,
    label: { sv: 'Misstanke om brott mot barn', en: 'Suspected crime against a child' },
    text: {
      sv: 'Misstanke om brott mot någon under 18 år enligt 3, 4 eller 6 kap. brottsbalken (även könsstympning och oskuldsingrepp) får lämnas till polis eller åklagare.',
      en: 'Suspicion of a crime against someone under 18 under BrB 3, 4 or 6 (FGM and procedures against virginity included) may be told to police or prosecutor.',
    },
    source: 'OSL 10:21 (X-05), oskuldsingrepp genom 2025:965',
    conditions: ['suspected-crime-against-child'],
  }),
  'X-06': basis({
    ...DECIDED,
    label: { sv: 'Begånget brott, lägst sex månader', en: 'Crime committed, minimum six months' },
    text: {
      sv: 'Misstanke om ett begånget brott får lämnas till polis eller åklagare bara om lägsta straffet är sex månader, eller vid försök till brott med lägst ett år.',
      en: 'Suspicion of a crime committed may be told to police or prosecutor only if the minimum penalty is six months, or for an attempt at a crime with a minimum of one year.',
    },
    source: 'OSL 10:23 (X-06)',
    conditions: ['minimum-six-months'],
    validFrom: '2025-04-01',
  }),
  'X-07': basis({
    ...DECIDED,
    decidedBy: { by: 'role', roles: ['case-worker', 'unit-head'] },
    label: { sv: 'Omedelbart ingripande, under 18 år', en: 'Immediate intervention, under 18' },
    text: {
      sv: 'Socialtjänsten får berätta för polisen det som behövs för ett omedelbart ingripande när någon under 18 påträffas i uppenbar och överhängande allvarlig risk eller begår brott.',
      en: 'Social services may tell the police what an immediate intervention needs when someone under 18 is found in obvious imminent serious risk or committing a crime.',
    },
    source: 'OSL 10:20 (X-07)',
    conditions: ['under-18', 'imminent-serious-risk'],
  }),
  'X-08': basis({
    ...DECIDED,
    label: { sv: 'Uppgift mot brott (10:15 a)', en: 'Information against crime (10:15 a)' },
    text: {
      sv: 'Uppgifter under socialtjänstsekretess (26 kap. 1 §) får lämnas om de behövs för att förebygga, upptäcka eller utreda brott och inte övervägande skäl talar för sekretess. Hur paragrafen förhåller sig till 10 kap. 23 § för begångna brott är oklart: enhetschefen prövar det och skriver skälen varje gång.',
      en: 'Information under social-services secrecy (26:1) may be told if needed to prevent, detect or investigate crime, unless overriding reasons favour secrecy. How the section stands to 10:23 for crimes committed is unclear: the unit head considers it and writes the reasons each time.',
    },
    // Lag 2025:934, prop. 2024/25:180; excludes 25:1–5 and 8, so health care cannot use it.
    source: 'OSL 10:15 a, lag 2025:934 (X-08)',
    conditions: ['needed-against-crime', 'no-overriding-secrecy', 'related-to-10-23'],
    validFrom: '2025-12-01',
    isUnclear: true,
  }),
  'X-16': basis({
    ...DECIDED,
    label: { sv: 'Kontaktuppgifter på begäran', en: 'Contact details on request' },
    text: {
      sv: 'På begäran ska adress, telefon, e-post, arbetsplats och företrädare lämnas till en brottsbekämpande myndighet, om inte synnerliga skäl talar för sekretess. Skyddade uppgifter lämnas inte ut den här vägen: enhetschefen tar över frågan.',
      en: 'On request, address, phone, e-mail, workplace and representative must be given to a law-enforcing authority, unless there are exceptional reasons for secrecy. Protected details do not leave this way: the unit head takes the question over.',
    },
    source: 'Lag 2025:170 4 § (X-16)',
    conditions: ['requested-in-the-case', 'no-exceptional-reasons', 'not-protected-identity'],
    validFrom: '2025-04-01',
  }),
  'X-18': basis({
    ...DECIDED,
    label: { sv: 'Vistelse i boende, på begäran', en: 'Stay in accommodation, on request' },
    text: {
      sv: 'Om domstol, åklagare, polis, Säkerhetspolisen, Kronofogden, Skatteverket eller Tullverket begär det i ett enskilt fall får man svara på om någon vistas i skyddat boende eller liknande.',
      en: 'If a court, prosecutor, the police, the Security Service, the Enforcement Authority, the Tax Agency or Customs asks in an individual case, one may answer whether someone stays in protected housing or the like.',
    },
    source: 'Äldre SoL 12:10 tredje stycket (X-18)',
    conditions: ['requested-in-the-case'],
  }),
  'X-19': basis({
    ...DECIDED,
    label: { sv: 'Skyddad folkbokföring', en: 'Protected registration' },
    text: {
      sv: 'Det som Skatteverket behöver i ett ärende om skyddad folkbokföring får lämnas.',
      en: 'What the Tax Agency needs in a case on protected registration may be told.',
    },
    source: 'Äldre SoL 12:10 (X-19)',
    conditions: ['needed-for-protected-registration'],
  }),
} as const satisfies Record<string, BasisDefinition>;
