import { ACTIONS, type ActionDefinition } from '../actions/index.js';
import { DEADLINE_RULE_IDS } from '../deadlines/index.js';
import {
  BASES,
  type BasisDefinition,
  DISCLOSURE_MATRIX,
  type MatrixRow,
  NOT_USABLE,
  type NotUsable,
} from '../disclosure/index.js';
import { CODE_SETS, FORMS, type FormDefinition } from '../forms/index.js';
import { HANDOFF_MACHINE } from '../handoff/index.js';
import type { Machine } from '../machine/index.js';
import { MATTER_KINDS, MATTER_MACHINE, type MatterKindDefinition } from '../matter/index.js';
import { REASON_SETS } from '../reasons/index.js';
import { REFUSALS, type RefusalText } from '../refusals/index.js';
import { LADDERS, type Ladder, ROUTES, type Route } from '../routes/index.js';
import type { Label } from '../wording/index.js';

/** Everything that is validated at boot, as one value, so that a test can plant a defect in it. */
export interface DomainData {
  readonly handoffMachine: Machine<string, string, string>;
  readonly matterMachine: Machine<string, string, string>;
  readonly actions: readonly ActionDefinition[];
  readonly matterKinds: Readonly<Record<string, MatterKindDefinition>>;
  readonly routes: readonly Route[];
  readonly ladders: Readonly<Record<string, Ladder>>;
  readonly deadlineRuleIds: readonly string[];
  readonly forms: Readonly<Record<string, FormDefinition>>;
  readonly codeSets: Readonly<Record<string, Readonly<Record<string, Label>>>>;
  readonly reasonSets: Readonly<Record<string, Readonly<Record<string, Label>>>>;
  readonly bases: Readonly<Record<string, BasisDefinition>>;
  readonly matrix: readonly MatrixRow[];
  readonly notUsable: readonly NotUsable[];
  readonly refusals: Readonly<Record<string, RefusalText>>;
}

/** The domain as it ships. */
export const SHIPPED_DOMAIN: DomainData = {
  handoffMachine: HANDOFF_MACHINE,
  matterMachine: MATTER_MACHINE,
  actions: ACTIONS,
  matterKinds: MATTER_KINDS,
  routes: ROUTES,
  ladders: LADDERS,
  deadlineRuleIds: DEADLINE_RULE_IDS,
  forms: FORMS,
  codeSets: CODE_SETS,
  reasonSets: REASON_SETS,
  bases: BASES,
  matrix: DISCLOSURE_MATRIX,
  notUsable: NOT_USABLE,
  refusals: REFUSALS,
};
