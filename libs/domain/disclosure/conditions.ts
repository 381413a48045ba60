import type { Label } from '../wording/index.js';

/**
 * How a condition is known to be met. `from-record`: computed, nobody ticks it. `by-sending`: shown in the preview, and
 * whoever sends confirms it with her name. `in-reasons`: the recorded reasons are the weighing itself.
 * `by-person`: ticked one by one in a recorded decision.
 */
export type HowMet = 'from-record' | 'by-sending' | 'in-reasons' | 'by-person';

interface ConditionDefinition {
  readonly how: HowMet;
  readonly label: Label;
}

/** The conditions of the bases as named predicates. */
export const CONDITIONS = {
  'under-18': { how: 'from-record', label: { sv: 'Personen är under 18 år', en: 'The person is under 18' } },
  'under-21': { how: 'from-record', label: { sv: 'Personen är under 21 år', en: 'The person is under 21' } },
  'same-authority': {
    how: 'from-record',
    label: { sv: 'Samma myndighet svarar för båda enheterna', en: 'One authority answers for both units' },
  },
  'own-unit': { how: 'from-record', label: { sv: 'Samma enhet', en: 'The same unit' } },
  'person-consents': {
    how: 'in-reasons',
    label: {
      sv: 'Personen har sagt ja till just den mottagaren och det ändamålet',
      en: 'The person said yes to this recipient and this purpose',
    },
  },
  'needed-for-care-or-support': {
    how: 'by-sending',
    label: {
      sv: 'Uppgiften behövs för nödvändig vård, behandling eller annat stöd',
      en: 'The information is needed for necessary care, treatment or other support',
    },
  },
  'needed-in-the-work': {
    how: 'in-reasons',
    label: { sv: 'Mottagaren behöver uppgiften i sitt arbete', en: 'The receiver needs it in its work' },
  },
  'branches-not-independent': {
    how: 'by-person',
    label: {
      sv: 'Enheterna är inte självständiga i förhållande till varandra',
      en: 'The units are not independent branches of the authority',
    },
  },
  'misuse-or-compulsory-care': {
    how: 'by-person',
    label: {
      sv: 'Fortgående missbruk, eller vård enligt LPT eller LRV',
      en: 'Ongoing misuse, or care under LPT or LRV',
    },
  },
  'pregnant-for-the-unborn': {
    how: 'by-person',
    label: {
      sv: 'Gravid, och åtgärden är till skydd för det väntade barnet',
      en: 'Pregnant, and the measure protects the unborn child',
    },
  },
  'cannot-consent': {
    how: 'by-person',
    label: {
      sv: 'Hälsotillstånd eller andra skäl hindrar samtycke',
      en: 'State of health or other reasons prevent consent',
    },
  },
  'weighed-in-the-case': {
    how: 'in-reasons',
    label: {
      sv: 'Behovet är vägt mot intresset av sekretess i det enskilda fallet',
      en: 'The need was weighed against secrecy in the individual case',
    },
  },
  'clearly-without-harm': {
    how: 'in-reasons',
    label: {
      sv: 'Det står klart att uppgiften kan lämnas utan att personen eller någon närstående lider men',
      en: 'It is clear that it can be told without harm to the person or someone close',
    },
  },
  'concrete-circumstances': {
    how: 'by-person',
    label: { sv: 'Det finns konkreta omständigheter', en: 'There are concrete circumstances' },
  },
  'risk-of-criminal-activity': {
    how: 'by-person',
    label: {
      sv: 'Risk att den unge kommer att utöva brottslig verksamhet',
      en: 'Risk that the young person will engage in criminal activity',
    },
  },
  'risk-to-close-person': {
    how: 'by-person',
    label: {
      sv: 'Risk för brott mot en närstående enligt 3, 4 eller 6 kap. brottsbalken, minst ett års fängelse i straffskalan',
      en: 'Risk of a crime against a close person under BrB 3, 4 or 6, minimum one year',
    },
  },
  'about-the-future': {
    how: 'by-person',
    label: {
      sv: 'Det gäller en risk framåt, inte misstanke om ett begånget brott',
      en: 'It is about a risk ahead, not suspicion of a crime committed',
    },
  },
  'not-unsuitable': {
    how: 'by-person',
    label: {
      sv: 'Det är inte olämpligt med hänsyn till planerade eller pågående insatser',
      en: 'It is not unsuitable given planned or ongoing interventions',
    },
  },
  'suspected-crime-against-child': {
    how: 'by-person',
    label: {
      sv: 'Misstanke om brott mot någon under 18 enligt 3, 4 eller 6 kap. brottsbalken, eller annat brott som paragrafen nämner',
      en: 'Suspicion of a crime against someone under 18 under BrB 3, 4 or 6, or another that the section names',
    },
  },
  'minimum-six-months': {
    how: 'by-person',
    label: {
      sv: 'Minst sex månader i straffskalan, eller försök till brott med minst ett år',
      en: 'Minimum six months, or an attempt at a crime with a minimum of one year',
    },
  },
  'imminent-serious-risk': {
    how: 'by-person',
    label: {
      sv: 'Någon under 18 påträffas i uppenbar och överhängande allvarlig risk, eller när brott begås',
      en: 'Someone under 18 is found in obvious imminent serious risk, or committing a crime',
    },
  },
  'needed-against-crime': {
    how: 'by-person',
    label: {
      sv: 'Uppgiften behövs för att förebygga, förhindra, upptäcka eller utreda brott',
      en: 'It is needed to prevent, detect or investigate crime',
    },
  },
  'no-overriding-secrecy': {
    how: 'by-person',
    label: {
      sv: 'Övervägande skäl talar inte för att sekretessen ska ha företräde',
      en: 'Overriding reasons do not favour secrecy',
    },
  },
  // Legal review: how 10:15 a stands to 10:23 for a committed crime is unclear (domain.md B6, X-08).
  'related-to-10-23': {
    how: 'by-person',
    label: {
      sv: 'Förhållandet till 10 kap. 23 § är prövat: rättsläget är oklart för begångna brott',
      en: 'The relation to 10:23 was considered: the law is unclear for crimes committed',
    },
  },
  'decided-or-running': {
    how: 'by-person',
    label: {
      sv: 'Beslut om utredning är fattat, eller utredning pågick redan',
      en: 'A decision on investigation was made, or one was already running',
    },
  },
  'requested-in-the-case': {
    how: 'by-person',
    label: {
      sv: 'Myndigheten har begärt det i ett enskilt fall',
      en: 'The authority asked in an individual case',
    },
  },
  'no-exceptional-reasons': {
    how: 'by-person',
    label: {
      sv: 'Det finns inte synnerliga skäl för sekretess',
      en: 'There are no exceptional reasons for secrecy',
    },
  },
  'not-protected-identity': {
    how: 'from-record',
    label: {
      sv: 'Personuppgifterna är inte skyddade (annars beslutar enhetschefen särskilt)',
      en: 'The identity is not protected (else the unit head decides specially)',
    },
  },
  'needed-for-protected-registration': {
    how: 'by-person',
    label: {
      sv: 'Uppgiften behövs i ett ärende om skyddad folkbokföring',
      en: 'It is needed in a case on protected registration',
    },
  },
  'victim-asked-to-be-told': {
    how: 'by-person',
    label: { sv: 'Målsäganden har velat bli underrättad', en: 'The injured party asked to be told' },
  },
  'investigation-under-way': {
    how: 'by-person',
    label: { sv: 'Förundersökning pågår', en: 'A preliminary investigation is under way' },
  },
  'danger-to-reporter-assessed': {
    how: 'by-person',
    label: {
      sv: 'Risken för våld eller annat allvarligt men för anmälaren är prövad',
      en: 'The danger of violence or other serious harm to the reporter was assessed',
    },
  },
  'no-harm-to-the-child': {
    how: 'by-person',
    label: {
      sv: 'Det kan inte antas att barnet lider betydande men om vårdnadshavaren får veta',
      en: 'It cannot be assumed that the child would suffer significant harm',
    },
  },
  'right-to-insight-tested': {
    how: 'by-person',
    label: {
      sv: 'Rätten till insyn och sekretessen är prövade för varje uppgift',
      en: 'The right to insight and secrecy were tested for each piece',
    },
  },
} as const satisfies Record<string, ConditionDefinition>;
export type ConditionId = keyof typeof CONDITIONS;

/** Conditions that are computed and that nobody ticks. */
export type ConditionFromRecord = {
  [Id in ConditionId]: (typeof CONDITIONS)[Id]['how'] extends 'from-record' ? Id : never;
}[ConditionId];

export function isFromRecord(id: ConditionId): id is ConditionFromRecord {
  return CONDITIONS[id].how === 'from-record';
}
