import { type DynamicModule, type FactoryProvider, Module } from '@nestjs/common';
import { ActRecorder } from '../acts/act-recorder.js';
import { PartySubjects } from '../acts/party-subjects.js';
import { ReadingAudit } from '../audit/reading-audit.js';
import { OwnDeadlines } from '../clock/own-deadlines.js';
import { ContentVault } from '../content/content-vault.js';
import type { PartyName } from '../party.port.js';
import { CustodyReader } from '../record/custody-reader.js';
import { Outward } from '../record/outward.js';
import { PartyDirectory } from '../units/party-directory.js';
import { InsightController } from './insight.controller.js';
import { InsightDrafts } from './insight-drafts.service.js';
import { InsightRequests } from './insight-requests.service.js';
import { InsightViews } from './insight-views.service.js';

/** Insight: request, masked draft, decision, extract; and "as he would read it" while writing. */
@Module({})
export class InsightModule {
  static with(party: PartyName): DynamicModule {
    const providers: FactoryProvider[] = [
      {
        provide: OwnDeadlines,
        useFactory: (directory: PartyDirectory) =>
          new OwnDeadlines({ party, snapshot: () => directory.snapshot() }),
        inject: [PartyDirectory],
      },
      {
        provide: InsightDrafts,
        useFactory: (recorder: ActRecorder, vault: ContentVault) => new InsightDrafts({ recorder, vault }),
        inject: [ActRecorder, ContentVault],
      },
      {
        provide: InsightRequests,
        useFactory: (
          recorder: ActRecorder,
          subjects: PartySubjects,
          drafts: InsightDrafts,
          deadlines: OwnDeadlines,
        ) => new InsightRequests({ party, recorder, subjects, drafts, deadlines }),
        inject: [ActRecorder, PartySubjects, InsightDrafts, OwnDeadlines],
      },
      {
        provide: InsightViews,
        useFactory: (
          recorder: ActRecorder,
          reader: CustodyReader,
          drafts: InsightDrafts,
          requests: InsightRequests,
          deadlines: OwnDeadlines,
          outward: Outward,
          audit: ReadingAudit,
        ) => new InsightViews({ party, recorder, reader, drafts, requests, deadlines, outward, audit }),
        inject: [
          ActRecorder,
          CustodyReader,
          InsightDrafts,
          InsightRequests,
          OwnDeadlines,
          Outward,
          ReadingAudit,
        ],
      },
    ];
    return { module: InsightModule, controllers: [InsightController], providers };
  }
}
