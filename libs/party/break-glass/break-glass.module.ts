import { type DynamicModule, type FactoryProvider, Module } from '@nestjs/common';
import { ActRecorder } from '../acts/act-recorder.js';
import { ReadingAudit } from '../audit/reading-audit.js';
import { OwnDeadlines } from '../clock/own-deadlines.js';
import { ContentVault } from '../content/content-vault.js';
import { ContentGate } from '../identity/content-gate.js';
import { Mandates } from '../identity/mandates.repository.js';
import type { PartyName } from '../party.port.js';
import { PartyDirectory } from '../units/party-directory.js';
import { BreakGlassController } from './break-glass.controller.js';
import { BreakingGlass } from './break-glass.service.js';
import { BreakGlassViews } from './break-glass-views.service.js';

/** Emergency openings and their mandatory review. */
@Module({})
export class BreakGlassModule {
  static with(party: PartyName): DynamicModule {
    const providers: FactoryProvider[] = [
      {
        provide: BreakingGlass,
        useFactory: (
          recorder: ActRecorder,
          mandates: Mandates,
          gate: ContentGate,
          vault: ContentVault,
          directory: PartyDirectory,
        ) =>
          new BreakingGlass({
            recorder,
            mandates,
            gate,
            vault,
            deadlines: new OwnDeadlines({ party, snapshot: () => directory.snapshot() }),
          }),
        inject: [ActRecorder, Mandates, ContentGate, ContentVault, PartyDirectory],
      },
      {
        provide: BreakGlassViews,
        useFactory: (recorder: ActRecorder, breaking: BreakingGlass, audit: ReadingAudit) =>
          new BreakGlassViews(recorder, breaking, audit),
        inject: [ActRecorder, BreakingGlass, ReadingAudit],
      },
    ];
    return { module: BreakGlassModule, controllers: [BreakGlassController], providers };
  }
}
