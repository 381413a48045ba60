import type { Label } from '../wording/index.js';

/** A programme for children as it is given from a day on; a change is a new version and never an edit. */
export interface ProgrammeDefinition {
  readonly version: number;
  readonly label: Label;
  readonly validFrom: string;
  readonly validTo?: string;
  /** Whole years. */
  readonly fromAge: number;
  /** The child lives safe, meets nobody unsafe, and is receptive. */
  readonly needsSafety: boolean;
  /** How many conversations it usually takes; null where no source says. */
  readonly sessions: { readonly from: number; readonly to: number } | null;
  readonly source: string;
}

/** Every programme by name, its versions in order. */
export const CHILD_PROGRAMMES = {
  trappan: [
    {
      version: 1,
      label: { sv: 'Trappan', en: 'Trappan' },
      validFrom: '2021-09-01',
      fromAge: 4,
      needsSafety: true,
      // S2; Ljusdal says 6–10, Ronneby 5–10, nka 3–8 (A6-I12): configuration.
      sessions: { from: 3, to: 10 },
      source: 'R-014, domain.md C3',
    },
  ],
  'here-and-now': [
    {
      version: 1,
      label: { sv: 'Här och nu', en: 'Här och nu' },
      validFrom: '2021-09-01',
      fromAge: 4,
      needsSafety: false,
      sessions: null,
      source: 'R-015, R-016',
    },
  ],
} as const satisfies Record<string, readonly [ProgrammeDefinition, ...ProgrammeDefinition[]]>;
export type ChildProgramme = keyof typeof CHILD_PROGRAMMES;

/** The version that is given on a day (`YYYY-MM-DD`); undefined where there is none. */
export function programmeOn(
  programme: ChildProgramme,
  day: string,
  programmes: Readonly<Record<ChildProgramme, readonly ProgrammeDefinition[]>> = CHILD_PROGRAMMES,
): ProgrammeDefinition | undefined {
  return programmes[programme].find(
    ({ validFrom, validTo }) => validFrom <= day && (validTo === undefined || day <= validTo),
  );
}

/** Whose own support at RVC makes a child eligible there. */
export type ChildEligibilityRule = 'CUSTODIAN_IN_RVC' | 'ANY_PARENT_IN_RVC';

/** The rule with its days (A6-I1): as approved in 2019, as given since the autumn of 2021. */
export const CHILD_ELIGIBILITY: readonly {
  readonly rule: ChildEligibilityRule;
  readonly validFrom: string;
  readonly validTo?: string;
  readonly source: string;
}[] = [
  { rule: 'CUSTODIAN_IN_RVC', validFrom: '2019-01-01', validTo: '2021-08-31', source: 'R-012' },
  { rule: 'ANY_PARENT_IN_RVC', validFrom: '2021-09-01', source: 'R-013' },
];

/** The rule of a day (`YYYY-MM-DD`). */
export function eligibilityOn(day: string): ChildEligibilityRule {
  const found = CHILD_ELIGIBILITY.find(
    ({ validFrom, validTo }) => validFrom <= day && (validTo === undefined || day <= validTo),
  );
  return found?.rule ?? 'ANY_PARENT_IN_RVC';
}
