import type { DynamicModule, Type } from '@nestjs/common';
import type { Logger } from '@temporalio/common';
import { TreeHeadsModule } from '../audit/tree-heads.module.js';
import { BreakGlassModule } from '../break-glass/break-glass.module.js';
import { CaseFileModule } from '../case-file/case-file.module.js';
import type { PartyConfig } from '../config/party-config.schema.js';
import { ConsentsModule } from '../consents/consents.module.js';
import { MandatesModule } from '../identity/mandates.module.js';
import { InsightModule } from '../insight/insight.module.js';
import { LogReviewModule } from '../log-review/log-review.module.js';
import { IdentityIndexModule, LookupModule } from '../lookup/lookup.module.js';
import type { Party } from '../party.port.js';
import { ProtectedIdentityModule } from '../protected-identity/protected-identity.module.js';
import { RegisterExtractModule } from '../register-extract/register-extract.module.js';
import { RetentionModule } from '../retention/retention.module.js';
import { SafeContactModule } from '../safe-contact/safe-contact.module.js';
import { SafetyGateModule } from '../safety-gate/safety-gate.module.js';
import { WebhooksModule } from '../webhooks/webhooks.module.js';

/** What every party that holds matters can do beside the spine, one Nest module a feature. */
export function sharedFeatures(
  party: Party,
  config: PartyConfig,
  log: Logger,
): readonly (Type | DynamicModule)[] {
  return [
    WebhooksModule.with(config),
    TreeHeadsModule.with(party, log),
    MandatesModule.with(party.name),
    BreakGlassModule.with(party.name),
    LogReviewModule.with(party.name, log),
    RegisterExtractModule.with(party.name),
    CaseFileModule.with(party.name, log),
    InsightModule.with(party.name),
    SafeContactModule.with(party.name, log),
    RetentionModule.with(party, config),
    IdentityIndexModule.with(party.name, log),
    ProtectedIdentityModule.with(party.name),
    LookupModule.with(party.name, log),
    SafetyGateModule,
    ConsentsModule.with(),
  ];
}
