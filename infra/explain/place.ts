import { type Language, parseLocalDate } from '#calendar';
import { shippedDataFolder, snapshotFromFiles } from '#directory';
import { explainPlace, type PlaceExplanation, type Unit } from '#domain';
import { readQuestion, type Subcommand, UnclearQuestion } from './subcommand.js';

const USAGE = 'place PLACE DATE';

const unitAsJson = (unit: Unit | null) =>
  unit === null ? null : { id: unit.id, name: unit.name, external: unit.external.length > 0 };

const asJson = (found: PlaceExplanation, version: string, language: Language): string =>
  JSON.stringify({
    place: found.place.name,
    date: found.date,
    municipality: found.municipality,
    district: found.district,
    rvt: unitAsJson(found.rvt),
    bou: unitAsJson(found.bou),
    rvc: unitAsJson(found.rvc),
    lpo: unitAsJson(found.lpo),
    otherMunicipality: unitAsJson(found.otherMunicipality),
    jour: unitAsJson(found.jour),
    programmes: found.programmes.map(({ code, validFrom }) => ({ code, validFrom })),
    mustAskForStreet: found.mustAskForStreet,
    directory: version,
    because: found.because.map(({ code, text, source, tag }) => ({
      code,
      text: text[language],
      source,
      tag,
    })),
  });

const WORDS = {
  sv: {
    municipality: 'kommun',
    district: 'stadsdelsområde',
    other: 'socialtjänst',
    jour: 'socialjour',
    because: 'Därför att',
    unconfirmed: 'obekräftat',
    andOthers: 'm.fl.',
    none: '–',
  },
  en: {
    municipality: 'municipality',
    district: 'district',
    other: 'social services',
    jour: 'emergency service',
    because: 'Because',
    unconfirmed: 'unconfirmed',
    andOthers: 'and others',
    none: '–',
  },
} as const;

const asText = (found: PlaceExplanation, language: Language): readonly string[] => {
  const words = WORDS[language];
  const unit = (of: Unit | null) => (of === null ? words.none : `${of.name} (${of.id})`);
  const facts: readonly (readonly [string, string])[] =
    found.otherMunicipality === null
      ? [
          [words.district, found.district ?? words.none],
          ['RVT', unit(found.rvt)],
          ['BoU', unit(found.bou)],
          ['RVC', unit(found.rvc)],
          ['LPO', unit(found.lpo)],
          [words.jour, unit(found.jour)],
        ]
      : [
          [words.municipality, found.municipality],
          [words.other, unit(found.otherMunicipality)],
          [words.jour, unit(found.jour)],
          ['LPO', unit(found.lpo)],
        ];
  const width = Math.max(...facts.map(([name]) => name.length));
  return [
    `${found.place.name}, ${found.date}`,
    ...facts.map(([name, value]) => `  ${name.padEnd(width)}  ${value}`),
    `${words.because}:`,
    ...found.because.map(({ text, tag, source }) => {
      const [first = '', ...others] = source.split(' ; ');
      const cited = others.length === 0 ? first : `${first} ${words.andOthers}`;
      return `  - ${text[language]} [${tag === 'U' ? `U, ${words.unconfirmed}` : tag}; ${cited}]`;
    }),
  ];
};

/** `explain -- place Älvsjö 2022-01-01`: who answers for a place on a day, from the shipped files, without a database. */
export const placeSubcommand: Subcommand = {
  usage: USAGE,
  async run(args, output) {
    const { words, json, language } = readQuestion(args);
    const date = parseLocalDate(words.at(-1) ?? '');
    const place = words.slice(0, -1).join(' ');
    if (date === undefined || place === '') {
      throw new UnclearQuestion(`Name a place and a day, such as: place Älvsjö 2022-01-01 (${USAGE}).`);
    }
    const snapshot = await snapshotFromFiles(await shippedDataFolder());
    if (!snapshot.ok) {
      const [first] = snapshot.refusals;
      throw new UnclearQuestion(
        `The directory is refused: ${first?.file}:${first?.line ?? ''} ${first?.text[language]}`,
      );
    }
    const explained = explainPlace(snapshot.value, place, date);
    if (!explained.ok) {
      output.problem(explained.refusal.text[language]);
      return 2;
    }
    const found = explained.value;
    for (const line of json ? [asJson(found, snapshot.value.version, language)] : asText(found, language)) {
      output.line(line);
    }
    return 0;
  },
};
