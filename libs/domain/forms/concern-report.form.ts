import { type FormDefinition, field } from './field.js';

const TAKERS = { socialjouren: 'whole', 'child-unit': 'whole' } as const;
const CHILDS = { concerns: ['child'], visibleTo: TAKERS, source: 'named-with-value' } as const;
const UNTOLD = ['alleged-perpetrator', 'guardians'] as const;

/** A concern report by whoever else meets the child in the work (X-02, X-11, REC-11): all that may matter to the child. */
export const CONCERN_REPORT = {
  label: { sv: 'Orosanmälan', en: 'Concern report' },
  version: 1,
  validFrom: '2026-01-01',
  fields: {
    'concern.child': field({
      ...CHILDS,
      label: { sv: 'Barnet', en: 'The child' },
      type: 'person',
      required: true,
    }),
    'concern.what': field({
      ...CHILDS,
      label: { sv: 'Vad oron gäller, och vem som sagt det', en: 'What the concern is, and who said so' },
      type: 'text',
      maxLength: 2000,
      keepFrom: UNTOLD,
      required: true,
    }),
    'concern.violence': field({
      ...CHILDS,
      label: { sv: 'Våld', en: 'Violence' },
      type: 'codes',
      codes: 'violence',
      keepFrom: UNTOLD,
      required: true,
    }),
    'concern.needs-protection-now': field({
      ...CHILDS,
      label: { sv: 'Behöver skydd nu', en: 'Needs protection now' },
      type: 'code',
      codes: 'yes-no',
      keepFrom: UNTOLD,
      required: true,
    }),
    'concern.where-now': field({
      ...CHILDS,
      label: { sv: 'Var barnet är nu, hos vem', en: 'Where the child is now, with whom' },
      type: 'text',
      maxLength: 200,
      tellsWhere: true,
      keepFrom: UNTOLD,
      required: true,
    }),
    'concern.guardianship': field({
      ...CHILDS,
      label: { sv: 'Vårdnad', en: 'Guardianship' },
      type: 'text',
      maxLength: 500,
    }),
    'concern.siblings': field({
      ...CHILDS,
      label: { sv: 'Syskon', en: 'Siblings' },
      type: 'list',
    }),
    'concern.victim': field({
      ...CHILDS,
      concerns: ['victim'],
      label: { sv: 'Den våldsutsatta vuxna', en: 'The adult victim' },
      type: 'person',
      keepFrom: ['alleged-perpetrator'],
    }),
    'concern.alleged-perpetrator': field({
      ...CHILDS,
      concerns: ['alleged-perpetrator'],
      label: { sv: 'Den som uppges utöva våldet', en: 'Who is said to use the violence' },
      type: 'person',
    }),
    'concern.told': field({
      ...CHILDS,
      concerns: ['incident'],
      label: { sv: 'Vem som fått veta vad', en: 'Who was told what' },
      type: 'list',
      required: true,
    }),
    'concern.callback': field({
      ...CHILDS,
      concerns: ['staff'],
      label: { sv: 'Funktion att ringa', en: 'Function to ring' },
      type: 'function',
      required: true,
    }),
  },
} as const satisfies FormDefinition;
export type ConcernReportField = keyof typeof CONCERN_REPORT.fields;
