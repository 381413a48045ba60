export * from './child-consent-facts.js';
export {
  type ChildConsentPath,
  CONSENT_PATH_VERSION,
  childConsentPath,
} from './child-consent-path.js';
export {
  CONSENT_PATH_TABLE,
  CONSENT_PATHS,
  type ConsentPath,
  PATH_DECIDERS,
  type PathDecider,
} from './child-consent-table.js';
export { childsWordTable, consentPathTable } from './consent-path-tables.js';
export * from './may-decide.js';
export * from './recorded-word.js';
