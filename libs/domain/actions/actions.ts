import { HANDOFF_ACTIONS, type HandoffAction } from '../handoff/index.js';
import { MATTER_ACTIONS, type MatterAction } from '../matter/index.js';
import type { ActionDefinition, HandoffActionDefinition, MatterActionDefinition } from './action.js';
import { HANDOFF_ACTION_DEFINITIONS } from './handoff-actions.js';
import { MATTER_ACTION_DEFINITIONS } from './matter-actions.js';

/**
 * The one table of actions (DESIGN 9): the HTTP door, OpenAPI, the allowed actions, the web's buttons
 * and the documentation are generated from it.
 */
export const ACTIONS: readonly ActionDefinition[] = [
  ...HANDOFF_ACTIONS.map((name): HandoffActionDefinition => HANDOFF_ACTION_DEFINITIONS[name]),
  ...MATTER_ACTIONS.map((name): MatterActionDefinition => MATTER_ACTION_DEFINITIONS[name]),
];

/** The definition of an action on an offer. */
export function handoffAction(name: HandoffAction): HandoffActionDefinition {
  return HANDOFF_ACTION_DEFINITIONS[name];
}

/** The definition of an action on a matter. */
export function matterAction(name: MatterAction): MatterActionDefinition {
  return MATTER_ACTION_DEFINITIONS[name];
}

/** The actions on an offer that a person can ask for over HTTP, in the order of DESIGN 12. */
export const HANDOFF_ACTIONS_AT_THE_DOOR: readonly HandoffActionDefinition[] = HANDOFF_ACTIONS.map(
  handoffAction,
).filter((action) => action.atTheDoor);

/** The actions on a matter that a person can ask for over HTTP. */
export const MATTER_ACTIONS_AT_THE_DOOR: readonly MatterActionDefinition[] = MATTER_ACTIONS.map(
  matterAction,
).filter((action) => action.atTheDoor);
