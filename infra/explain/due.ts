import { formatLocalInstant, type Language } from '#calendar';
import {
  DEADLINE_RULE_IDS,
  type DeadlineRuleId,
  deadlineRule,
  type ExplainedDue,
  explainDue,
  INCIDENT,
  isDeadlineRuleId,
  NEEDED_BEFORE,
} from '#domain';
import { ASSUMED_OFFICE_HOURS } from './assumed-office-hours.js';
import { readInstant, readStart } from './start-of-period.js';
import { readQuestion, type Subcommand, UnclearQuestion } from './subcommand.js';

const USAGE = 'due RULE START… [--incident TIME] [--needed-before TIME]';

const readRule = (text: string | undefined): DeadlineRuleId => {
  if (text === undefined) throw new UnclearQuestion(`Name a rule and at least one start: ${USAGE}.`);
  const known = DEADLINE_RULE_IDS.find((id) => id.toLowerCase() === text.toLowerCase());
  if (known !== undefined && isDeadlineRuleId(known)) return known;
  throw new UnclearQuestion(`There is no rule "${text}"; the rules are ${DEADLINE_RULE_IDS.join(', ')}.`);
};

const asJson = (start: string, explained: ExplainedDue, language: Language): string => {
  const { rule, ruleVersion, dueDate, dueAt, unrolledDate, rolledDate, calendar, because } = explained;
  return JSON.stringify({
    rule,
    start,
    dueDate,
    dueAt: dueAt.toISOString(),
    dueLocal: formatLocalInstant(dueAt),
    ...(unrolledDate === undefined ? {} : { unrolledDate }),
    ...(rolledDate === undefined ? {} : { rolledDate }),
    ruleVersion,
    calendar,
    because: because.map(({ code, text, source, date }) => ({
      code,
      text: text[language],
      ...(source === undefined ? {} : { source }),
      ...(date === undefined ? {} : { date }),
    })),
  });
};

const WORDS = {
  sv: { title: 'från', because: 'Därför' },
  en: { title: 'from', because: 'Because' },
} as const;

const asText = (start: string, { rule, because }: ExplainedDue, language: Language): string => {
  const words = WORDS[language];
  const written = /^\d{4}-\d{2}-\d{2}$/.test(start) ? start : start.replace('T', ' ');
  const last = because.at(-1)?.text[language] ?? '';
  const reasons = because.slice(0, -1).map(({ text }) => `  – ${text[language]}`);
  const title = `${rule} ${words.title} ${written}: ${deadlineRule(rule).title[language]}`;
  return [title, `  ${last}`, `${words.because}:`, ...reasons, ''].join('\n');
};

/** `explain -- due D-03 2026-06-05 2026-06-05T23:30`: when a rule is due for each start, and why. */
export const dueSubcommand: Subcommand = {
  usage: USAGE,
  run(args, output) {
    const question = readQuestion(args, [INCIDENT.id, NEEDED_BEFORE.id]);
    const [ruleText, ...startTexts] = question.words;
    const rule = readRule(ruleText);
    if (startTexts.length === 0) throw new UnclearQuestion(`Name at least one start for ${rule}: ${USAGE}.`);
    const eventOf = (id: string): Date | undefined => {
      const text = question.options[id];
      return text === undefined ? undefined : readInstant(text);
    };
    const context = {
      officeHours: ASSUMED_OFFICE_HOURS,
      events: { [INCIDENT.id]: eventOf(INCIDENT.id), [NEEDED_BEFORE.id]: eventOf(NEEDED_BEFORE.id) },
    };
    // Every start is read before anything is written: a wrong one gives a sentence and no half answer.
    const starts = startTexts.map((text) => ({ text, start: readStart(text) }));
    for (const { text, start } of starts) {
      const explained = explainDue(rule, start, context);
      output.line(
        question.json
          ? asJson(text, explained, question.language)
          : asText(text, explained, question.language),
      );
    }
    return 0;
  },
};
