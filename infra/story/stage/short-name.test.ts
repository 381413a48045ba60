import { expect, test } from '@jest/globals';
import { shortName } from './short-name.js';

test.each([
  ['bou-hagersten-alvsjo', 'Enheten för barn och unga Hägersten-Älvsjö', 'BoU Hägersten-Älvsjö'],
  ['rvt-sydvast', 'Relationsvåldsteam i RVC Sydväst (myndighetsutövning)', 'RVT Sydväst'],
  ['lpo-globen', 'Lokalpolisområde Globen', 'LPO Globen'],
  ['socialjouren-stockholm', 'Socialjouren Stockholm', 'Socialjouren'],
  ['bou-x', 'Ett annat namn', 'BoU x'],
])('%s is called %s → %s', (unitId, unit, said) => {
  expect(shortName({ unitId, unit })).toBe(said);
});
