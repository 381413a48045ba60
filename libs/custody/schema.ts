import { AUDIT_ENTITIES } from '#audit';
import { COMMON_ENTITIES, type SchemaDefinition } from '#database';
import {
  BookingEntity,
  ContentEntity,
  DisclosureEntity,
  DispatchEntity,
  DisposedContentEntity,
  DisposedSubjectEntity,
  EventEntity,
  HandoffEntity,
  HandoffTransitionEntity,
  IncidentEntity,
  MatterEntity,
  OrphanedWrapEntity,
  PreviewEntity,
  PublishedDisposalEntity,
  PublishedFactAudienceEntity,
  PublishedFactEntity,
  PublishedFactRecipientEntity,
  ReceiptEntity,
  ResponsibilityEntity,
  SubjectEntity,
  SuccessionEntity,
} from './entities/index.js';
import { CreateCustody1795320000000 } from './migrations/1795320000000-CreateCustody.js';
import { GuardCustody1795320000001 } from './migrations/1795320000001-GuardCustody.js';
import { RestrictCustody1795320000002 } from './migrations/1795320000002-RestrictCustody.js';
import { CoordinateCustody1795320000003 } from './migrations/1795320000003-CoordinateCustody.js';
import { FactsOfTheLine1795320000004 } from './migrations/1795320000004-FactsOfTheLine.js';
import { SweepCustody1795320000005 } from './migrations/1795320000005-SweepCustody.js';
import { ReadAsSuccessor1795320000006 } from './migrations/1795320000006-ReadAsSuccessor.js';
import { EraseCustody1795320000020 } from './migrations/1795320000020-EraseCustody.js';
import { GuardConflicts1795340005001 } from './migrations/1795340005001-GuardConflicts.js';
import { ExtractRegister1795340005002 } from './migrations/1795340005002-ExtractRegister.js';
import { PublishFacts1795350000000 } from './migrations/1795350000000-PublishFacts.js';
import { CommissionsOfEveryProcess1795351000000 } from './migrations/1795351000000-CommissionsOfEveryProcess.js';
import { WatchChildren1795355000001 } from './migrations/1795355000001-WatchChildren.js';

/** The ledger of custody. The directory is migrated before it: units, mandates and the record time are there. */
export const CUSTODY_SCHEMA: SchemaDefinition = {
  schema: 'custody',
  entities: [
    ...COMMON_ENTITIES,
    ...AUDIT_ENTITIES,
    IncidentEntity,
    SubjectEntity,
    MatterEntity,
    ResponsibilityEntity,
    SuccessionEntity,
    BookingEntity,
    ContentEntity,
    PreviewEntity,
    DispatchEntity,
    HandoffEntity,
    HandoffTransitionEntity,
    EventEntity,
    DisclosureEntity,
    ReceiptEntity,
    OrphanedWrapEntity,
    PublishedDisposalEntity,
    DisposedSubjectEntity,
    DisposedContentEntity,
    PublishedFactEntity,
    PublishedFactAudienceEntity,
    PublishedFactRecipientEntity,
  ],
  migrations: [
    CreateCustody1795320000000,
    GuardCustody1795320000001,
    RestrictCustody1795320000002,
    CoordinateCustody1795320000003,
    FactsOfTheLine1795320000004,
    SweepCustody1795320000005,
    ReadAsSuccessor1795320000006,
    EraseCustody1795320000020,
    GuardConflicts1795340005001,
    ExtractRegister1795340005002,
    PublishFacts1795350000000,
    CommissionsOfEveryProcess1795351000000,
    WatchChildren1795355000001,
  ],
};
