import type { PartyService } from '#database';
import { treeHeadTables } from '../audit/tree-heads.tables.js';
import { breakGlassTables } from '../break-glass/break-glass.tables.js';
import { caseFileTables } from '../case-file/case-file.tables.js';
import { caseTables } from '../cases/cases.tables.js';
import { consentTables } from '../consents/consents.tables.js';
import { insightTables } from '../insight/insight.tables.js';
import { logReviewTables } from '../log-review/log-review.tables.js';
import { lookupTables } from '../lookup/lookup.tables.js';
import { protectedIdentityTables } from '../protected-identity/protected-identity.tables.js';
import { registerExtractTables } from '../register-extract/register-extract.tables.js';
import { retentionTables } from '../retention/retention.tables.js';
import { safeContactTables } from '../safe-contact/safe-contact.tables.js';
import { safetyGateTables } from '../safety-gate/safety-gate.tables.js';
import { webhookTables } from '../webhooks/webhooks.tables.js';
import type { OwnTables } from './party-schema.js';

/** The tables of the features that every party shares, in the order in which they are made. */
export function sharedTables(party: PartyService): readonly OwnTables[] {
  return [
    breakGlassTables(party),
    logReviewTables(party),
    registerExtractTables(party),
    webhookTables(party),
    treeHeadTables(party),
    caseFileTables(party),
    insightTables(party),
    safeContactTables(party),
    retentionTables(party),
    protectedIdentityTables(party),
    lookupTables(party),
    consentTables(party),
    safetyGateTables(party),
    caseTables(party),
  ];
}
