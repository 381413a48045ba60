import { describe, expect, it } from '@jest/globals';
import { explain } from './explain.js';

async function ask(...args: string[]) {
  const lines: string[] = [];
  const problems: string[] = [];
  const code = await explain(['place', ...args], {
    line: (text) => void lines.push(text),
    problem: (sentence) => void problems.push(sentence),
  });
  return { code, lines, problems };
}

describe('explain -- place', () => {
  it('prints one JSON line with the district, RVT, BoU, RVC and LPO of Älvsjö, and because', async () => {
    const { code, lines } = await ask('Älvsjö', '2022-01-01', '--json');
    expect(code).toBe(0);
    expect(lines).toHaveLength(1);
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({
      place: 'Älvsjö',
      date: '2022-01-01',
      district: 'Hägersten-Älvsjö',
      rvt: { id: 'rvt-sydvast' },
      bou: { id: 'bou-hagersten-alvsjo' },
      rvc: { id: 'rvc-sydvast', name: 'Relationsvåldscentrum Sydväst' },
      lpo: { id: 'lpo-globen', name: 'Lokalpolisområde Globen' },
      because: expect.arrayContaining([expect.objectContaining({ code: 'LPO', tag: 'C' })]),
    });
  });

  it('tells people the same, in Swedish unless asked for English, and marks what is not confirmed', async () => {
    const swedish = await ask('Älvsjö', '2022-01-01');
    const english = await ask('Älvsjö', '2022-01-01', '--lang', 'en');
    expect(swedish.lines.join('\n')).toContain('stadsdelsområde  Hägersten-Älvsjö');
    expect(swedish.lines.join('\n')).toContain('[U, obekräftat;');
    expect(english.lines.join('\n')).toContain(
      'The stadsdel Älvsjö belongs to the district Hägersten-Älvsjö',
    );
  });

  it('takes a name of several words', async () => {
    const { lines } = await ask('Gamla', 'Enskede', '2024-01-01', '--json');
    expect(lines[0]).toContain('"place":"Gamla Enskede"');
  });

  it.each([
    [['Atlantis', '2022-01-01'], 'Atlantis'],
    [['Enskede', '2022-01-01'], 'postort'],
    [['Älvsjö', '2022-02-30'], 'Name a place and a day'],
    [['2022-01-01'], 'Name a place and a day'],
  ])('answers %j with one sentence and exit code 2', async (args, sentence) => {
    const { code, lines, problems } = await ask(...args);
    expect([code, lines.length, problems.length]).toEqual([2, 0, 1]);
    expect(problems[0]).toContain(sentence);
  });
});
