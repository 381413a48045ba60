import { formatDate, formatLocalTime, type LocalDate, localDateOfInstant, parseLocalDate } from '#calendar';
import { CODE_SETS, FORMS, fieldOf, UNKNOWN, UNKNOWN_LABEL } from '../forms/index.js';
import { CONTACT_CHANNELS, INTERPRETERS } from '../safe-contact/index.js';
import { keysOf, type Label } from '../wording/index.js';

/** What the parts of an answer are called. A key that is not here is shown as it is written. */
const PARTS: Readonly<Record<string, Label>> = {
  name: { sv: 'Namn', en: 'Name' },
  number: { sv: 'Nummer', en: 'Number' },
  value: { sv: 'Nummer', en: 'Number' },
  standing: { sv: 'Kontroll', en: 'Check' },
  kind: { sv: 'Slag', en: 'Kind' },
  birthDate: { sv: 'Född', en: 'Born' },
  age: { sv: 'Ålder', en: 'Age' },
  unborn: { sv: 'Ofött', en: 'Unborn' },
  residence: { sv: 'Bostad', en: 'Residence' },
  municipality: { sv: 'Kommun', en: 'Municipality' },
  subdistrict: { sv: 'Stadsdel', en: 'Subdistrict' },
  district: { sv: 'Stadsdelsområde', en: 'District' },
  address: { sv: 'Adress', en: 'Address' },
  basis: { sv: 'Grund', en: 'Basis' },
  where: { sv: 'Var', en: 'Where' },
  withWhom: { sv: 'Med vem', en: 'With whom' },
  text: { sv: 'Text', en: 'Text' },
  source: { sv: 'Källa', en: 'Source' },
  necessity: { sv: 'Nödvändighet', en: 'Necessity' },
  ground: { sv: 'Grund', en: 'Ground' },
  reasons: { sv: 'Skäl', en: 'Reasons' },
  reason: { sv: 'Skäl', en: 'Reason' },
  injuries: { sv: 'Skador', en: 'Injuries' },
  careGiven: { sv: 'Vård', en: 'Care given' },
  contactBan: { sv: 'Kontaktförbud', en: 'Contact ban' },
  specialRepresentative: { sv: 'Särskild företrädare', en: 'Special representative' },
  suspect: { sv: 'Misstänkt', en: 'Suspect' },
  children: { sv: 'Barn', en: 'Children' },
  subject: { sv: 'Person', en: 'Person' },
  what: { sv: 'Vad', en: 'What' },
  by: { sv: 'Av', en: 'By' },
  at: { sv: 'Tid', en: 'Time' },
  function: { sv: 'Funktion', en: 'Function' },
  recipient: { sv: 'Mottagare', en: 'Recipient' },
  purpose: { sv: 'Ändamål', en: 'Purpose' },
  takenBy: { sv: 'Mottaget av', en: 'Taken by' },
  note: { sv: 'Anteckning', en: 'Note' },
  outcome: { sv: 'Utfall', en: 'Outcome' },
  decision: { sv: 'Beslut', en: 'Decision' },
  contact: { sv: 'Kontakt', en: 'Contact' },
  override: { sv: 'Avsteg', en: 'Override' },
  channel: { sv: 'Sätt', en: 'Channel' },
  times: { sv: 'Säkra tider', en: 'Safe times' },
  'may-say-who': { sv: 'Får vi säga vilka vi är', en: 'May we say who we are' },
  voicemail: { sv: 'Får vi tala in meddelande', en: 'Voicemail' },
  'shared-phone': { sv: 'Delas telefonen', en: 'Shared phone' },
  language: { sv: 'Språk', en: 'Language' },
  interpreter: { sv: 'Tolk', en: 'Interpreter' },
  leftMessage: { sv: 'Meddelande lämnat', en: 'Message left' },
  saidWhoWeAre: { sv: 'Sagt vilka vi är', en: 'Said who we are' },
  withinTimes: { sv: 'Inom hennes tider', en: 'Within her times' },
  windows: { sv: 'Säkra tider', en: 'Safe windows' },
  weekdays: { sv: 'Veckodagar (måndag är 1)', en: 'Weekdays (Monday is 1)' },
  channels: { sv: 'Sätt', en: 'Channels' },
  rules: { sv: 'Regler', en: 'Rules' },
  how: { sv: 'Hur', en: 'How' },
  field: { sv: 'Fält', en: 'Field' },
  fields: { sv: 'Uppgifter', en: 'Information' },
  whyNotHeard: { sv: 'Varför inte', en: 'Why not' },
  personsReason: { sv: 'Personens skäl', en: "The person's reason" },
  purposes: { sv: 'Ändamål', en: 'Purposes' },
  from: { sv: 'Från', en: 'From' },
  until: { sv: 'Till', en: 'Until' },
  due: { sv: 'Senast', en: 'Due' },
  met: { sv: 'Utfört', en: 'Met' },
  lifted: { sv: 'Upphört', en: 'Lifted' },
  answersNow: { sv: 'Svarar nu', en: 'Answers now' },
  askedFor: { sv: 'Begärt', en: 'Asked for' },
  requester: { sv: 'Den som begär', en: 'Requester' },
  to: { sv: 'Till', en: 'To' },
};

const SHORT: Readonly<Record<string, Label>> = {
  YES: { sv: 'Ja', en: 'Yes' },
  NO: { sv: 'Nej', en: 'No' },
  needed: { sv: 'behövs', en: 'needed' },
  'not-needed': { sv: 'behövs inte', en: 'not needed' },
  verified: { sv: 'kontrollerat', en: 'verified' },
  unverified: { sv: 'inte kontrollerat', en: 'unverified' },
  'no-answer': { sv: 'inget svar', en: 'no answer' },
  'voicemail-left': { sv: 'meddelande lämnat', en: 'voicemail left' },
  'not-safe-to-speak': { sv: 'inte tryggt att tala', en: 'not safe to speak' },
  'wrong-number': { sv: 'fel nummer', en: 'wrong number' },
  spoke: { sv: 'talade med varandra', en: 'spoke' },
  met: { sv: 'träffades', en: 'met' },
  'wants-contact': { sv: 'vill ha kontakt', en: 'wants contact' },
  'declines-offer': { sv: 'tackar nej', en: 'declines the offer' },
};
/** What only machines need; it is in the JSON. */
const NOT_FOR_PEOPLE: readonly string[] = ['seen', 'salt'];

export type WordsLanguage = keyof Label;

/** `6 juni 2026 kl. 23.30`, as Swedes write it; `6 June 2026, 23:30` in English. Europe/Stockholm. */
export function instantInWords(instant: Date, language: WordsLanguage): string {
  const time = formatLocalTime(instant);
  const day = dayInWords(localDateOfInstant(instant), language);
  return language === 'sv' ? `${day} kl. ${time.replace(':', '.')}` : `${day}, ${time}`;
}

/** `6 juni 2026`: a day without its weekday. */
export function dayInWords(day: LocalDate, language: WordsLanguage): string {
  return formatDate(day, language).split(' ').slice(1).join(' ');
}

/** An answer of a form as lines for people: codes by their labels, days and instants as they are written, no JSON. */
export function valueInWords(field: string, value: unknown, language: WordsLanguage): readonly string[] {
  return say(value, codesOf(field), language);
}

function codesOf(field: string): Readonly<Record<string, Label>> {
  const sets = keysOf(FORMS).flatMap((form) => fieldOf(form, field)?.codes ?? []);
  // A code inside a value, such as the basis of a residence, is of a set that the field itself does not name.
  return Object.assign(
    {},
    ...Object.values(CODE_SETS),
    CONTACT_CHANNELS,
    INTERPRETERS,
    SHORT,
    ...sets.map((set) => CODE_SETS[set]),
  );
}

function say(value: unknown, codes: Readonly<Record<string, Label>>, language: WordsLanguage): string[] {
  if (value === null || value === undefined || value === UNKNOWN) return [UNKNOWN_LABEL[language]];
  if (typeof value === 'boolean') return say(value ? 'YES' : 'NO', SHORT, language);
  if (typeof value === 'number') return [String(value)];
  if (typeof value === 'string') return sayText(value, codes, language);
  if (Array.isArray(value)) {
    if (value.length === 0) return [language === 'sv' ? 'Inget' : 'None'];
    const said = value.map((one) => say(one, codes, language));
    return said.every((lines) => lines.length === 1) && value.every((one) => typeof one !== 'object')
      ? [said.map(([line]) => line).join(', ')]
      : said.flatMap((lines) => lines.map((line, index) => (index === 0 ? `– ${line}` : `  ${line}`)));
  }
  const parts = Object.entries(value).filter(([key]) => !NOT_FOR_PEOPLE.includes(key));
  return parts.flatMap(([key, one]) => {
    const [first, ...more] = say(one, codes, language);
    const name = PARTS[key]?.[language] ?? codes[key]?.[language] ?? key;
    return more.length === 0
      ? [`${name}: ${first ?? ''}`]
      : [`${name}:`, ...[first ?? '', ...more].map((line) => `  ${line}`)];
  });
}

const AN_INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}/;

function sayText(value: string, codes: Readonly<Record<string, Label>>, language: WordsLanguage): string[] {
  const coded = codes[value];
  if (coded !== undefined) return [coded[language]];
  const day = parseLocalDate(value);
  if (day !== undefined) return [dayInWords(day, language)];
  const at = AN_INSTANT.test(value) ? new Date(value) : null;
  if (at !== null && !Number.isNaN(at.getTime())) return [instantInWords(at, language)];
  return value.split('\n').map((line) => line.trimEnd());
}
