import { describe, expect, it } from '@jest/globals';
import { instantInWords, valueInWords } from './value-in-words.js';

describe('an answer in words', () => {
  it.each([
    ['violence.codes', ['PHYSICAL', 'HONOUR_RELATED'], ['Fysiskt, Hedersrelaterat']],
    ['victim.contact-wish', 'NOT_ASKED', ['Inte tillfrågad']],
    ['danger.signs', { WEAPON: 'YES', STRANGULATION: 'unknown' }, ['Vapen: Ja', 'Strypgrepp: Okänt']],
    ['incident.time', '2026-06-05T21:30:00.000Z', ['5 juni 2026 kl. 23.30']],
    ['child.identity', { name: 'Åsa', birthDate: '2018-04-02' }, ['Namn: Åsa', 'Född: 2 april 2018']],
    ['told.who-what', [{ what: 'en', by: 'två' }], ['– Vad: en', '  Av: två']],
    ['child.exposure', [], ['Inget']],
    [
      'facts',
      { text: 'rad ett\nrad två', source: 'patrull' },
      ['Text:', '  rad ett', '  rad två', 'Källa: patrull'],
    ],
    ['never-heard-of', true, ['Ja']],
  ])('%s', (field, value, lines) => {
    expect(valueInWords(field, value, 'sv')).toEqual(lines);
  });

  it('writes a time in winter and in English too', () => {
    expect(instantInWords(new Date('2026-12-24T14:05:00Z'), 'sv')).toBe('24 december 2026 kl. 15.05');
    expect(instantInWords(new Date('2026-12-24T14:05:00Z'), 'en')).toBe('24 December 2026, 15:05');
  });
});
