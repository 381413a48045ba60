import { type BasisDefinition, BY_LAW, basis, HEAD, POLICE_WORKERS, THE_PERSON, WORKERS } from './basis.js';
import { CRIME_BASES } from './crime-bases.js';

/** Every legal ground of the matrix (domain.md B6, OSL 2009:400 as amended through SFS 2026:317). */
export const BASES = {
  'X-01': basis({
    kind: 'consent',
    label: { sv: 'Samtycke från den enskilde', en: 'Consent of the person concerned' },
    text: {
      sv: 'Personen har själv sagt ja till att just den mottagaren får veta, för just det ändamålet. Hon kan ta tillbaka det när som helst, och hennes ja gäller inte uppgifter om någon annan.',
      en: 'The person has said yes to this receiver being told, for this purpose. She can take it back at any time, and her yes covers nobody else.',
    },
    source: 'OSL 12:2',
    tag: 'C',
    decidedBy: THE_PERSON,
    conditions: ['person-consents'],
    statementSuffices: true,
  }),
  'X-02': basis({
    kind: 'duty',
    label: { sv: 'Anmälningsplikt om barn', en: 'Duty to report concern for a child' },
    text: {
      sv: 'Den som i sitt arbete får veta eller misstänker att ett barn far illa ska genast anmäla det till socialtjänsten och lämna allt som kan ha betydelse för barnet.',
      en: 'Who in the work learns or suspects that a child fares ill must report it to social services at once, and tell all that may matter to the child.',
    },
    source: 'OSL 10:28, SoL 19:1, polislagen 6 §',
    tag: 'C',
    decidedBy: BY_LAW,
    conditions: ['under-18'],
  }),
  'X-02b': basis({
    kind: 'individual-decision',
    label: {
      sv: 'Polisens underrättelse om en vuxen, efter avvägning',
      en: 'Police notice about an adult, after weighing',
    },
    text: {
      sv: 'Polisen får underrätta socialtjänsten om en vuxen efter en avvägning i det enskilda fallet. Samtycke är bättre. Om polislagen 6 § är en plikt även för vuxna är oklart: avvägningen skrivs ner varje gång.',
      en: 'The police may notify social services about an adult after weighing it in the individual case. Consent is better. Whether polislagen 6 § is a duty for adults too is unclear: the weighing is written down each time.',
    },
    source: 'polislagen 6 §, OSL 10:27',
    tag: 'U',
    decidedBy: POLICE_WORKERS,
    conditions: ['weighed-in-the-case'],
    statementSuffices: true,
    isUnclear: true,
  }),
  ...CRIME_BASES,
  'X-09': basis({
    kind: 'individual-decision',
    label: { sv: 'Generalklausulen, för polisens uppgifter', en: 'General clause, for police information' },
    text: {
      sv: 'Polisens egna uppgifter får lämnas till en myndighet om det är uppenbart att intresset av det väger tyngre än sekretessen. Socialtjänstens och vårdens uppgifter får aldrig lämnas med generalklausulen.',
      en: "The police's own information may be told to an authority if that interest obviously outweighs secrecy. Information of social services and health care never leaves by the general clause.",
    },
    source: 'OSL 10:27 (X-09)',
    tag: 'C',
    decidedBy: POLICE_WORKERS,
    conditions: ['weighed-in-the-case'],
    statementSuffices: true,
  }),
  'X-10': basis({
    kind: 'checked',
    label: { sv: 'Vården till socialtjänsten', en: 'Health care to social services' },
    text: {
      sv: 'Vården får lämna det som socialtjänsten behöver för nödvändig vård eller stöd åt någon under 18 år.',
      en: 'Health care may tell what social services need for necessary care or support of someone under 18.',
    },
    source: 'OSL 25:12 (X-10)',
    tag: 'C',
    decidedBy: BY_LAW,
    conditions: ['under-18', 'needed-for-care-or-support'],
  }),
  'X-10b': basis({
    kind: 'individual-decision',
    label: {
      sv: 'Vården till socialtjänsten: missbruk, tvångsvård, gravid',
      en: 'Health care to social services: misuse, compulsory care, pregnancy',
    },
    text: {
      sv: 'Vården får lämna det som behövs för nödvändig vård eller stöd åt en vuxen med fortgående missbruk eller under tvångsvård.',
      en: 'Health care may tell what is needed for necessary care or support of an adult with ongoing misuse or under compulsory care.',
    },
    source: 'OSL 25:12 (X-10)',
    tag: 'C',
    decidedBy: WORKERS,
    conditions: ['needed-for-care-or-support', 'misuse-or-compulsory-care'],
  }),
  'X-11': basis({
    kind: 'checked',
    label: {
      sv: 'Behövs för nödvändig vård eller stöd åt någon under 18 år',
      en: 'Needed for necessary care or support of someone under 18',
    },
    text: {
      sv: 'Socialtjänsten får lämna till en annan socialtjänst eller till vården det som behövs för nödvändig vård, behandling eller stöd åt någon under 18 år. Den som skickar bekräftar att det behövs.',
      en: 'Social services may tell another social service or health care what is needed for necessary care, treatment or support of someone under 18. Whoever sends confirms that it is needed.',
    },
    source: 'OSL 26:9',
    tag: 'C',
    decidedBy: BY_LAW,
    conditions: ['under-18', 'needed-for-care-or-support'],
  }),
  'X-11b': basis({
    kind: 'individual-decision',
    label: { sv: 'Missbruk eller tvångsvård', en: 'Misuse or compulsory care' },
    text: {
      sv: 'Socialtjänsten får lämna det som behövs för nödvändig vård eller stöd åt en vuxen med fortgående missbruk eller under tvångsvård.',
      en: 'Social services may tell what is needed for necessary care or support of an adult with ongoing misuse or under compulsory care.',
    },
    source: 'OSL 26:9 (X-11)',
    tag: 'C',
    decidedBy: WORKERS,
    conditions: ['needed-for-care-or-support', 'misuse-or-compulsory-care'],
  }),
  'X-11c': basis({
    kind: 'individual-decision',
    label: { sv: 'Gravid: till skydd för det väntade barnet', en: 'Pregnant: to protect the unborn child' },
    text: {
      sv: 'Uppgifter om en gravid person får lämnas till vården eller en annan socialtjänst när åtgärden behövs för det väntade barnet.',
      en: 'Information about a pregnant person may be told to health care or another social service when a measure is needed for the unborn child.',
    },
    source: 'OSL 25:12, 26:9 (X-10, X-11)',
    tag: 'C',
    decidedBy: WORKERS,
    conditions: ['needed-for-care-or-support', 'pregnant-for-the-unborn'],
  }),
  'X-12': basis({
    kind: 'individual-decision',
    label: { sv: 'Den som inte kan samtycka', en: 'Who cannot consent' },
    text: {
      sv: 'Vården får lämna det som behövs för att någon ska få nödvändig vård eller omsorg när personens hälsotillstånd eller andra skäl hindrar ett samtycke.',
      en: "Health care may tell what is needed for necessary care when the person's state of health or other reasons prevent consent.",
    },
    source: 'OSL 25:13 (X-12)',
    tag: 'C',
    decidedBy: WORKERS,
    conditions: ['cannot-consent', 'needed-for-care-or-support'],
  }),
  'X-13': basis({
    kind: 'individual-decision',
    label: { sv: 'Återkoppling till anmälaren', en: 'Feedback to the reporter' },
    text: {
      sv: 'Anmälaren får veta att utredning inletts, inte inletts eller redan pågår, om det inte är olämpligt. Inget mer. BoU beslutar.',
      en: 'The reporter may be told that an investigation was opened, not opened or was already running, unless unsuitable. Nothing more. BoU decides.',
    },
    source: 'OSL 26:9 a (lag 2025:436), SoL 20:2 (X-13)',
    tag: 'C',
    decidedBy: WORKERS,
    conditions: ['decided-or-running', 'not-unsuitable'],
    validFrom: '2025-07-01',
  }),
  'X-15': basis({
    kind: 'individual-decision',
    label: { sv: 'Anmälarens identitet', en: "The reporter's identity" },
    text: {
      sv: 'Vem som anmält är hemligt för den anmälda bara om det finns risk för våld eller annat allvarligt men för anmälaren. Det prövas i varje fall; tills det är prövat lämnas det inte ut.',
      en: 'Who reported is secret from the person reported only if the reporter risks violence or other serious harm. It is assessed in each case; until it is, it does not leave.',
    },
    source: 'OSL 26:5 (X-15)',
    tag: 'C',
    decidedBy: HEAD,
    conditions: ['danger-to-reporter-assessed'],
  }),
  'X-20': basis({
    kind: 'individual-decision',
    label: { sv: 'Aktuell hos en nämnd i kommunen', en: 'Known to a board of the municipality' },
    text: {
      sv: 'En socialnämnd får på begäran svara en annan nämnd i kommunen på om en person är aktuell. Bara ja eller nej.',
      en: 'A social board may, when asked, answer another board of the municipality whether a person is known to it. Yes or no only.',
    },
    source: 'Äldre SoL 12:7 (X-20)',
    tag: 'CI',
    decidedBy: WORKERS,
    conditions: ['requested-in-the-case'],
  }),
  'X-21': basis({
    kind: 'duty',
    label: { sv: 'Frigivning: till polis och åklagare', en: 'Release: to police and prosecutor' },
    text: {
      sv: 'Kriminalvården underrättar polisen om frigivningsdagen för den som dömts för brott mot en närstående.',
      en: 'The Prison and Probation Service tells the police the day of release of someone sentenced for a crime against a close person.',
    },
    source: 'Fängelseförordningen 2010:2010 35–36 a §§ (X-21)',
    tag: 'C',
    decidedBy: BY_LAW,
  }),
  'X-21b': basis({
    kind: 'individual-decision',
    label: { sv: 'Frigivning: till målsäganden', en: 'Release: to the injured party' },
    text: {
      sv: 'Målsäganden tillfrågas om hon vill veta när den dömde friges, rymmer eller har permission, och underrättas om hon vill.',
      en: 'The injured party is asked whether she wants to know of release, escape or leave, and is told if she does.',
    },
    source: 'Fängelseförordningen 2010:2010 35–36 a §§ (X-21)',
    tag: 'C',
    decidedBy: WORKERS,
    conditions: ['victim-asked-to-be-told'],
  }),
  'X-22': basis({
    kind: 'individual-decision',
    label: { sv: 'Information till målsäganden', en: 'Information to the injured party' },
    text: {
      sv: 'Under förundersökningen ska målsäganden tidigt få veta om målsägandebiträde, kontaktförbud, skyddsåtgärder och annat boende.',
      en: 'During the investigation the injured party must early be told of counsel, contact ban, protective measures and alternative housing.',
    },
    source: 'FUK 13 a § (X-22)',
    tag: 'C',
    decidedBy: POLICE_WORKERS,
    conditions: ['investigation-under-way'],
    statementSuffices: true,
  }),
  'X-IND': basis({
    kind: 'individual-decision',
    label: {
      sv: 'Enskilt beslut om att lämna ut uppgifter',
      en: 'Individual decision to disclose',
    },
    text: {
      sv: 'Utan samtycke får socialtjänsten lämna uppgifter om en vuxen till en annan enhet, eller om ett barn till det boende som tar emot det, bara efter ett beslut i det enskilda fallet: det ska stå klart att det kan ske utan men för personen eller någon närstående. Skälen skrivs ner.',
      en: 'Without consent, social services may tell another unit about an adult, or the house that takes a child about the child, only after a decision in the individual case: it must be clear that it can be done without harm to the person or someone close. The reasons are written down.',
    },
    source: 'OSL 26:1, DESIGN 6.2',
    tag: 'U',
    decidedBy: WORKERS,
    conditions: ['clearly-without-harm'],
    statementSuffices: true,
    isUnclear: true,
  }),
  'X-IN': basis({
    kind: 'individual-decision',
    label: { sv: 'Inom samma myndighet', en: 'Within one authority' },
    text: {
      sv: 'Inom en myndighet gäller ingen sekretess mellan enheter som inte är självständiga i förhållande till varandra, men bara den som behöver uppgiften i sitt arbete får den. Var gränsen går är oklart: någon beslutar och skriver skälen.',
      en: 'Within an authority there is no secrecy between units that are not independent branches, but only who needs it in the work is told. Where the border runs is unclear: someone decides and writes the reasons.',
    },
    // OSL 8:1–2 was not read (domain.md B6, F8): a person decides.
    source: 'OSL 8:2, SoLPUF 10 §',
    tag: 'U',
    decidedBy: WORKERS,
    conditions: ['same-authority', 'branches-not-independent', 'needed-in-the-work'],
    isUnclear: true,
  }),
  'X-OWN': basis({
    kind: 'checked',
    label: { sv: 'Den egna enhetens uppgifter', en: "The unit's own information" },
    text: {
      sv: 'Uppgifterna stannar hos enheten: inget lämnas ut. Läsning och överföring till den egna personakten loggas.',
      en: "The information stays with the unit: nothing is disclosed. Reading it and transferring it to the unit's own case file are logged.",
    },
    source: 'SoLPUF 10 §',
    tag: 'INF',
    decidedBy: BY_LAW,
    conditions: ['own-unit'],
  }),
  'X-ACK': basis({
    kind: 'checked',
    label: { sv: 'Besked om överlämningen', en: 'Word of the handover' },
    text: {
      sv: 'Avsändaren får veta hur överlämningen går: framme, öppnad, mottagen av vilken funktion. Inget om personen och inget om vad som händer sedan.',
      en: 'The sender is told how the handover goes: delivered, opened, taken by which function. Nothing about the person and nothing of what happens then.',
    },
    source: 'DESIGN 8 (vad avsändaren får se efteråt)',
    tag: 'INF',
    decidedBy: BY_LAW,
  }),
  'X-INSIGHT': basis({
    kind: 'individual-decision',
    label: { sv: 'Insyn i uppgifter om sig själv', en: 'Insight into what is about oneself' },
    text: {
      sv: 'Den som uppgiften gäller, eller hennes ombud, har rätt till insyn. Varje uppgift prövas: sekretess gäller som regel inte mot henne själv, men uppgifter om andra och om anmälaren maskeras.',
      en: 'The person concerned, or her counsel, has a right to insight. Each piece is tested: secrecy as a rule does not hold against herself, but what is about others and the reporter is masked.',
    },
    source: 'FL 10, 25 §§, OSL 10:3',
    tag: 'CI',
    decidedBy: WORKERS,
    conditions: ['right-to-insight-tested'],
  }),
  'X-GUARDIAN': basis({
    kind: 'individual-decision',
    label: { sv: 'Vårdnadshavares insyn', en: "A guardian's insight" },
    text: {
      sv: 'En vårdnadshavare har insyn i uppgifter om barnet, men inte om det kan antas att barnet lider betydande men av det. Förskjuts med barnets ålder och mognad.',
      en: 'A guardian has insight into what is about the child, but not if it can be assumed that the child would suffer significant harm. It shifts with age and maturity.',
    },
    source: 'OSL 12:3',
    tag: 'C',
    decidedBy: HEAD,
    conditions: ['no-harm-to-the-child', 'right-to-insight-tested'],
  }),
} as const satisfies Record<string, BasisDefinition>;
export type BasisId = keyof typeof BASES;

/** The definition of a basis, widened so that its facts can be asked without narrowing on the id. */
export function basisWithId(id: BasisId): BasisDefinition {
  return BASES[id];
}

/** True for an id of the matrix; what comes from outside or from the record may be asked for as it is. */
export function isBasisId(id: string): id is BasisId {
  return Object.hasOwn(BASES, id);
}
