import { type DynamicModule, type FactoryProvider, Module } from '@nestjs/common';
import { ActRecorder } from '../acts/act-recorder.js';
import { PartySubjects } from '../acts/party-subjects.js';
import { ReadingAudit } from '../audit/reading-audit.js';
import { ContentVault } from '../content/content-vault.js';
import { IdentityIndex } from '../lookup/identity-index.js';
import type { PartyName } from '../party.port.js';
import { CustodyReader } from '../record/custody-reader.js';
import { EntitledFunction } from './entitled-function.js';
import { IdentityLinks } from './identity-links.service.js';
import { ProtectedIdentityController } from './protected-identity.controller.js';
import { ProtectionRecords } from './protection-records.service.js';
import { Unmaskings } from './unmaskings.service.js';

/** Protected personal data at a unit: markings, links, and who may see them unmasked. Global: lookups ask who is entitled. */
@Module({})
export class ProtectedIdentityModule {
  static with(party: PartyName): DynamicModule {
    const providers: FactoryProvider[] = [
      {
        provide: EntitledFunction,
        useFactory: (recorder: ActRecorder) => new EntitledFunction(recorder),
        inject: [ActRecorder],
      },
      {
        provide: ProtectionRecords,
        useFactory: (
          recorder: ActRecorder,
          subjects: PartySubjects,
          entitled: EntitledFunction,
          index: IdentityIndex,
          vault: ContentVault,
        ) => {
          const records = new ProtectionRecords({ recorder, subjects, entitled, index });
          vault.addSource(records);
          return records;
        },
        inject: [ActRecorder, PartySubjects, EntitledFunction, IdentityIndex, ContentVault],
      },
      {
        provide: IdentityLinks,
        useFactory: (
          recorder: ActRecorder,
          subjects: PartySubjects,
          entitled: EntitledFunction,
          records: ProtectionRecords,
          index: IdentityIndex,
          audit: ReadingAudit,
        ) => new IdentityLinks({ recorder, subjects, entitled, records, index, audit, party }),
        inject: [
          ActRecorder,
          PartySubjects,
          EntitledFunction,
          ProtectionRecords,
          IdentityIndex,
          ReadingAudit,
        ],
      },
      {
        provide: Unmaskings,
        useFactory: (
          recorder: ActRecorder,
          subjects: PartySubjects,
          entitled: EntitledFunction,
          records: ProtectionRecords,
          links: IdentityLinks,
          audit: ReadingAudit,
          reader: CustodyReader,
        ) => new Unmaskings({ recorder, subjects, entitled, records, links, audit, reader }),
        inject: [
          ActRecorder,
          PartySubjects,
          EntitledFunction,
          ProtectionRecords,
          IdentityLinks,
          ReadingAudit,
          CustodyReader,
        ],
      },
    ];
    return {
      module: ProtectedIdentityModule,
      global: true,
      controllers: [ProtectedIdentityController],
      providers,
      exports: [EntitledFunction, IdentityLinks],
    };
  }
}
