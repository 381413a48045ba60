import { describe, expect, it, test } from '@jest/globals';
import { explain } from './explain.js';

const ask = async (...args: string[]) => {
  const lines: string[] = [];
  const problems: string[] = [];
  const exitCode = await explain(args, {
    line: (text) => void lines.push(text),
    problem: (sentence) => void problems.push(sentence),
  });
  return { lines, problems, exitCode };
};

const answers = async (...args: string[]): Promise<Record<string, unknown>[]> =>
  (await ask(...args, '--json')).lines.map((line) => JSON.parse(line));

describe('explain due', () => {
  it('answers each start with a line of JSON, in the order asked', async () => {
    expect(await answers('due', 'D-03', '2026-06-05', '2026-06-06', '2026-05-20T23:30')).toEqual([
      expect.objectContaining({
        rule: 'D-03',
        start: '2026-06-05',
        dueDate: '2026-06-22',
        dueAt: '2026-06-22T21:59:59.999Z',
        unrolledDate: '2026-06-19',
      }),
      expect.objectContaining({ start: '2026-06-06', dueDate: '2026-06-22', unrolledDate: '2026-06-20' }),
      expect.objectContaining({ start: '2026-05-20T23:30', dueDate: '2026-06-03' }),
    ]);
  });

  it('gives the reasons as sentences, Swedish unless asked for English', async () => {
    const [swedish] = await answers('due', 'D-03', '2026-06-05');
    const [english] = await answers('due', 'D-03', '2026-06-05', '--lang', 'en');
    expect(swedish?.['because']).toContainEqual(
      expect.objectContaining({
        code: 'ROLLED_DAY',
        text: 'Fredag 19 juni 2026 är midsommarafton.',
        date: '2026-06-19',
      }),
    );
    expect(english?.['because']).toContainEqual(
      expect.objectContaining({ code: 'ROLLED_DAY', text: "Friday 19 June 2026 is Midsummer's Eve." }),
    );
  });

  it('reads an instant in its own zone, and in Swedish time without one', async () => {
    const starts = ['2026-06-09T01:00:00Z', '2026-06-09T03:00', '2026-06-08T21:00:00.5-04:00'];
    const dues = (await answers('due', 'opening', ...starts)).map(({ dueAt }) => dueAt);
    expect(dues).toEqual([
      '2026-06-09T01:03:00.000Z',
      '2026-06-09T01:03:00.000Z',
      '2026-06-09T01:03:00.500Z',
    ]);
  });

  it('says which hours it assumed, and takes the events that a rule names', async () => {
    const [early] = await answers(
      'due',
      'acceptance-office',
      '2026-06-09T05:00',
      '--needed-before',
      '2026-06-09T07:30',
    );
    expect(early).toMatchObject({
      dueAt: '2026-06-09T05:30:00.000Z',
      calendar: { officeHours: 'rinkeby-2006' },
    });
    expect(JSON.stringify(early?.['because'])).toContain('antagna för en stadsdels enheter');
  });

  it('tells people the same', async () => {
    const { lines, exitCode } = await ask('due', 'd-08', '2026-06-12');
    expect(exitCode).toBe(0);
    expect(lines.join('\n')).toContain('Senast fredag 19 juni 2026 kl. 23:59, svensk tid.');
    expect(lines.join('\n')).toContain('fast lagen medger till måndag 22 juni 2026.');
  });
});

describe('explain calendar', () => {
  it('has a line for each day of the year', async () => {
    const days = await answers('calendar', '2026');
    expect(days).toHaveLength(365);
    expect(days[0]).toEqual({ date: '2026-01-01', workingDay: false, name: 'nyårsdagen' });
    expect(days[169]).toEqual({ date: '2026-06-19', workingDay: false, name: 'midsommarafton' });
    expect(days[172]).toEqual({ date: '2026-06-22', workingDay: true, name: null });
    // 261 weekdays less ten: 1 and 6 January, 3 and 6 April, 1 and 14 May, 19 June, 24, 25 and 31 December.
    expect(days.filter(({ workingDay }) => workingDay === true)).toHaveLength(251);
  });

  it('tells people the same', async () => {
    const { lines } = await ask('calendar', '2024', '--lang', 'en');
    expect(lines).toHaveLength(366);
    expect(lines).toContain("2024-06-21  Friday 21 June 2024: not a working day, Midsummer's Eve");
  });
});

describe('a question that cannot be understood', () => {
  test.each([
    [[]],
    [['weather', '2026']],
    [['due']],
    [['due', 'D-03']],
    [['due', 'D-99', '2026-06-05']],
    [['due', 'toString', '2026-06-05']],
    [['due', 'D-03', '2026-02-29']],
    [['due', 'D-03', '2026-06-05', 'tomorrow']],
    [['due', 'D-03', '2026-02-30T10:00Z']],
    [['due', 'D-03', '2026-06-05T24:30']],
    [['due', 'D-03', '1953-06-05']],
    [['due', 'D-03', '2026-06-05', '--zone', 'UTC']],
    [['due', 'D-03', '2026-06-05', '--lang', 'de']],
    [['due', 'D-03', '2026-06-05', '--incident', 'yesterday']],
    [['calendar']],
    [['calendar', '1900']],
    [['calendar', '26']],
  ])('is answered with one sentence and exit code 2: %j', async (args) => {
    const { lines, problems, exitCode } = await ask(...args);
    expect({ exitCode, lines, problems: problems.length }).toEqual({ exitCode: 2, lines: [], problems: 1 });
    expect(problems[0]).toMatch(/^\S[^\n]*\S$/);
  });
});
