import { permissionDefects } from '../authority/index.js';
import { validateDeadlineRegistry } from '../deadlines/index.js';
import { actionDefects } from './action-defects.js';
import { disclosureDefects } from './disclosure-defects.js';
import { type DomainData, SHIPPED_DOMAIN } from './domain-data.js';
import { ladderDefects } from './ladder-defects.js';
import { matterDefects } from './matter-defects.js';
import { routeDefects } from './route-defects.js';
import { wordingDefects } from './wording-defects.js';

/**
 * What is wrong with the domain's data, one sentence each; empty when it is sound. Every service asks at boot and does
 * not start on a defect (DESIGN 5).
 */
export function validateDomain(data: DomainData = SHIPPED_DOMAIN): readonly string[] {
  return [
    ...validateDeadlineRegistry(),
    ...permissionDefects(),
    ...actionDefects(data),
    ...matterDefects(data),
    ...ladderDefects(data),
    ...routeDefects(data),
    ...disclosureDefects(data),
    ...wordingDefects(data),
  ];
}
