import { describe, expect, it } from '@jest/globals';
import { BASES, DISCLOSURE_MATRIX, NOT_USABLE } from '../disclosure/index.js';
import type { FieldDefinition, FormDefinition } from '../forms/index.js';
import type { MatterKindDefinition } from '../matter/index.js';
import type { Ladder, Route, RouteId } from '../routes/index.js';
import { type DomainData, SHIPPED_DOMAIN } from './domain-data.js';
import { validateDomain } from './validate-domain.js';

const planted = (change: Partial<DomainData>) => validateDomain({ ...SHIPPED_DOMAIN, ...change });

const withoutBasis = (id: string) =>
  Object.fromEntries(Object.entries(SHIPPED_DOMAIN.bases).filter(([own]) => own !== id));

const withRoute = (id: RouteId, change: Partial<Route>): Partial<DomainData> => ({
  routes: SHIPPED_DOMAIN.routes.map((route) => (route.id === id ? { ...route, ...change } : route)),
});

function withKind(name: string, change: Partial<MatterKindDefinition>): Partial<DomainData> {
  const kind = SHIPPED_DOMAIN.matterKinds[name];
  if (kind === undefined) throw new Error(`no kind ${name}`);
  return { matterKinds: { ...SHIPPED_DOMAIN.matterKinds, [name]: { ...kind, ...change } } };
}

function withForm(
  name: string,
  change: (form: FormDefinition) => Partial<FormDefinition>,
): Partial<DomainData> {
  const form = SHIPPED_DOMAIN.forms[name];
  if (form === undefined) throw new Error(`no form ${name}`);
  return { forms: { ...SHIPPED_DOMAIN.forms, [name]: { ...form, ...change(form) } } };
}

const withField = (name: string, id: string, change: Partial<FieldDefinition>): Partial<DomainData> =>
  withForm(name, (form) => {
    const field = form.fields[id];
    if (field === undefined) throw new Error(`no field ${id}`);
    return { fields: { ...form.fields, [id]: { ...field, ...change } } };
  });

const withLadder = (...ladder: Ladder): Partial<DomainData> => ({
  ladders: { ...SHIPPED_DOMAIN.ladders, office: ladder },
});

const ADULT = 'adult-safety.police.socialjouren';
const CHILD = 'child-protection.police.socialjouren';
const MORNING = 'child-protection.socialjouren.bou';
const EMPTY = { sv: 'Något', en: ' ' };
const { handoffMachine, matterMachine } = SHIPPED_DOMAIN;

/** Each row breaks one rule on purpose; the defect must be told, by name. */
const DEFECTS: readonly (readonly [string, Partial<DomainData>, string])[] = [
  [
    'an unreachable phase',
    { handoffMachine: { ...handoffMachine, phases: [...handoffMachine.phases, 'forgotten'] } },
    'handoff: phase forgotten is unreachable',
  ],
  [
    'a dead end',
    {
      handoffMachine: {
        ...handoffMachine,
        transitions: handoffMachine.transitions.filter((step) => step.from !== 'awaiting-information'),
      },
    },
    'handoff: phase awaiting-information is a dead end',
  ],
  [
    'a matter that cannot be closed',
    {
      matterMachine: {
        ...matterMachine,
        transitions: matterMachine.transitions.filter((step) => step.to !== 'closed'),
      },
    },
    'matter: phase closed is unreachable',
  ],
  [
    'a step that is in no table',
    { actions: SHIPPED_DOMAIN.actions.filter((action) => action.name !== 'withdraw') },
    'handoff: action withdraw is not in the table of actions',
  ],
  [
    'an action that leads nowhere',
    {
      matterMachine: {
        ...matterMachine,
        transitions: matterMachine.transitions.filter((step) => step.action !== 'note'),
      },
    },
    'action note leads nowhere in the machine matter',
  ],
  [
    'an action in one language',
    {
      actions: SHIPPED_DOMAIN.actions.map((action) =>
        action.name === 'accept' ? { ...action, label: EMPTY } : action,
      ),
    },
    'action accept is not labelled in both languages',
  ],
  [
    'a kind of matter without a way out',
    withKind('adult-safety', { outcomes: [] }),
    'matter kind adult-safety has no way out for a victim',
  ],
  [
    'a kind of matter by which a child falls',
    withKind('mental-health', { outcomes: ['PERSON_DECLINED'] }),
    'matter kind mental-health has no way out for a child',
  ],
  [
    'a report that closes while it is offered',
    withKind('child-protection', { closingWithOpenOffer: 'withdraws-offer' }),
    'matter kind child-protection is a report and could be closed while an offer is open',
  ],
  [
    'a report that can be cancelled away',
    withKind('child-protection', { outcomes: ['SUCCESSOR', 'CANCELLED'] }),
    'matter kind child-protection is a report and could be closed without successor or decision',
  ],
  [
    'a ladder that ends with nobody there',
    withLadder({ minutesAfterDue: 0, tells: ['asked-of', 'responsible-unit'], how: 'notify' }),
    'ladder office does not end with a function that is staffed at any hour',
  ],
  [
    'a ladder that forgets the responsible unit',
    withLadder({ minutesAfterDue: 0, tells: ['asked-of', 'coordinator-or-fallback'], how: 'notify' }),
    'ladder office does not begin with who is asked and the responsible unit',
  ],
  [
    'a ladder that does not climb',
    withLadder(
      { minutesAfterDue: 0, tells: ['asked-of', 'responsible-unit'], how: 'notify' },
      { minutesAfterDue: 0, tells: ['coordinator-or-fallback'], how: 'notify' },
    ),
    'ladder office: rung 1 does not come after the one below',
  ],
  [
    'a way back that does not exist',
    withRoute(ADULT, {
      wayBack: { kind: 'hand-back', route: 'adult-safety.socialjouren.region', reasons: ['MOVED'] },
    }),
    `route ${ADULT}: its way back adult-safety.socialjouren.region does not exist`,
  ],
  [
    'a way back that starts elsewhere',
    withRoute(ADULT, {
      wayBack: { kind: 'hand-back', route: 'adult-safety.rvt.police', reasons: ['MOVED'] },
    }),
    `route ${ADULT}: its way back adult-safety.rvt.police does not start with the unit that took the matter`,
  ],
  [
    'a way back that is gone',
    withRoute(ADULT, { wayBack: { kind: 'never-left' } }),
    `route ${ADULT}: the matter leaves and has no way back`,
  ],
  [
    'a deadline rule that the registry has not',
    { deadlineRuleIds: SHIPPED_DOMAIN.deadlineRuleIds.filter((id) => id !== 'acceptance-acute') },
    `route ${ADULT}: there is no deadline rule acceptance-acute`,
  ],
  [
    'a route without a clock',
    withRoute(ADULT, { deadlines: {} }),
    `route ${ADULT}: no deadline for acceptance`,
  ],
  [
    'a ladder that is not there',
    {
      ladders: Object.fromEntries(
        Object.entries(SHIPPED_DOMAIN.ladders).filter(([name]) => name !== 'acute-ring'),
      ),
    },
    `route ${ADULT}: there is no ladder acute-ring`,
  ],
  [
    'a field that the form has not',
    withForm('acute-police-referral', ({ fields }) => ({
      fields: Object.fromEntries(Object.entries(fields).filter(([id]) => id !== 'incident.time')),
    })),
    `route ${ADULT}: there is no field incident.time in acute-police-referral`,
  ],
  [
    'a field that the receiver may not see',
    withField('morning-handover', 'whereabouts', { visibleTo: { 'victim-unit': 'whole' } }),
    `route ${MORNING}: child-unit may not see whereabouts`,
  ],
  [
    'a field without a basis',
    withRoute(CHILD, { bases: { incident: ['X-02'] } }),
    `route ${CHILD}: there is no basis for child.identity`,
  ],
  [
    'a field required and not permitted',
    withRoute(ADULT, { permittedFields: [] }),
    `route ${ADULT}: incident.time is required and not permitted`,
  ],
  [
    'a report that can be declined',
    withRoute(CHILD, { declinable: true }),
    `route ${CHILD}: a concern report could be declined, withdrawn, cancelled or entered in error`,
  ],
  [
    'a report whose statutory clocks are lost on the way',
    withRoute(MORNING, { statutory: { opens: [], passes: ['D-03'] } }),
    `route ${MORNING}: the statutory duties D-04 are lost`,
  ],
  [
    'a report whose statutory start is reset',
    withRoute(MORNING, { statutory: { opens: ['D-03'], passes: ['D-03', 'D-04'] } }),
    `route ${MORNING}: a statutory start would be reset`,
  ],
  [
    'a decline without reasons',
    withRoute(ADULT, { declineReasons: [] }),
    `route ${ADULT}: declinable and its reasons do not agree`,
  ],
  [
    'an attestation of a unit that answers itself',
    withRoute(ADULT, { custody: 'attested', attestable: true }),
    `route ${ADULT}: only a unit outside Handslag is attested`,
  ],
  [
    'a route that exists twice',
    { routes: [...SHIPPED_DOMAIN.routes, ...SHIPPED_DOMAIN.routes.slice(0, 1)] },
    `route ${SHIPPED_DOMAIN.routes[0]?.id} exists twice`,
  ],
  [
    'a reason in one language',
    { reasonSets: { ...SHIPPED_DOMAIN.reasonSets, decline: { NO_CONSENT: EMPTY } } },
    'reason set decline: NO_CONSENT is not labelled in both languages',
  ],
  [
    'a reason that may never be offered',
    {
      reasonSets: {
        ...SHIPPED_DOMAIN.reasonSets,
        decline: { LACK_OF_CAPACITY: { sv: 'Fullt', en: 'Full' } },
      },
    },
    'reason set decline offers LACK_OF_CAPACITY',
  ],
  [
    'a field in one language',
    withField('morning-handover', 'callbacks', { label: EMPTY }),
    'form morning-handover: callbacks is not labelled in both languages',
  ],
  [
    'a coded field without codes',
    withField('acute-police-referral', 'violence.codes', { codes: null }),
    'form acute-police-referral: violence.codes and its code set do not agree',
  ],
  [
    'a safe contact kept from nobody',
    withField('morning-handover', 'safe-contact.card', { keepFrom: [] }),
    'form morning-handover: safe-contact.card is sealed apart and kept from nobody',
  ],
  [
    'a refusal that does not say what to do',
    { refusals: { NOT_FOUND: { sv: 'Saknas.', en: 'Missing.', next: EMPTY } } },
    'refusal NOT_FOUND does not say in both languages what to do',
  ],
  [
    'a basis without a source',
    {
      bases: {
        ...SHIPPED_DOMAIN.bases,
        'X-01': { ...BASES['X-01'], source: '' },
      },
    },
    'basis X-01 lacks a label or a source',
  ],
  [
    'a disclosure row whose basis does not exist',
    { bases: withoutBasis('X-11') },
    'disclosure row X-11/child/socialjouren-and-district: rests on X-11, which does not exist',
  ],
  [
    'a disclosure row twice',
    { matrix: [...DISCLOSURE_MATRIX, ...DISCLOSURE_MATRIX.slice(0, 1)] },
    'disclosure row X-02/report-to-social-services exists twice',
  ],
  [
    'a row that opens hers in his matter',
    {
      matrix: DISCLOSURE_MATRIX.map((row) =>
        row.id === 'X-01/alleged-perpetrator/change'
          ? { ...row, opens: { ...row.opens, concerns: ['victim'] } }
          : row,
      ),
    },
    "disclosure row X-01/alleged-perpetrator/change: opens a victim's or a child's information in his matter",
  ],
  [
    'something unclear in law that holds by itself',
    { bases: { ...BASES, 'X-08': { ...BASES['X-08'], kind: 'duty' } } },
    'basis X-08 is unclear in law and no recorded decision',
  ],
  [
    'a basis that opens nothing',
    { matrix: DISCLOSURE_MATRIX.filter(({ basis }) => basis !== 'X-22') },
    'basis X-22 opens nothing',
  ],
  [
    'a refusal that does not say what would make it lawful',
    { notUsable: NOT_USABLE.map((row) => ({ ...row, lawfulIf: EMPTY })) },
    'disclosure refusal X-17/municipality-to-crime-fighting does not say which rule, or what would make it lawful',
  ],
  [
    'a route with bases of its own',
    withRoute('adult-safety.rvt.rvt', { bases: { victim: ['X-02'] } }),
    'route adult-safety.rvt.rvt: its bases are not those of the disclosure matrix',
  ],
];

describe('the domain that ships', () => {
  it('is sound', () => {
    expect(validateDomain()).toEqual([]);
  });
});

describe('a service does not start with', () => {
  it.each(DEFECTS)('%s', (_name, change, told) => {
    expect(planted(change)).toContain(told);
  });
});
