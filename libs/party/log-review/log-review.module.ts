import { type DynamicModule, type FactoryProvider, Module } from '@nestjs/common';
import type { Logger } from '@temporalio/common';
import { ActRecorder } from '../acts/act-recorder.js';
import { ReadingAudit } from '../audit/reading-audit.js';
import { OwnDeadlines } from '../clock/own-deadlines.js';
import { SlowRound } from '../housekeeping/slow-round.js';
import type { PartyName } from '../party.port.js';
import { PartyDirectory } from '../units/party-directory.js';
import { LogReviewViews } from './log-review-views.service.js';
import { LogReviewsController } from './log-reviews.controller.js';
import { LogReviews } from './log-reviews.service.js';

const LOG_REVIEW_ROUND = Symbol('handslag:log-review-round');

/** The recurring review of each unit's log. */
@Module({})
export class LogReviewModule {
  static with(party: PartyName, log: Logger): DynamicModule {
    const providers: FactoryProvider[] = [
      {
        provide: LogReviews,
        useFactory: (recorder: ActRecorder, directory: PartyDirectory) =>
          new LogReviews({
            party,
            recorder,
            directory,
            deadlines: new OwnDeadlines({ party, snapshot: () => directory.snapshot() }),
          }),
        inject: [ActRecorder, PartyDirectory],
      },
      {
        provide: LogReviewViews,
        useFactory: (recorder: ActRecorder, reviews: LogReviews, audit: ReadingAudit) =>
          new LogReviewViews({ party, recorder, reviews, audit }),
        inject: [ActRecorder, LogReviews, ReadingAudit],
      },
      {
        provide: LOG_REVIEW_ROUND,
        useFactory: (reviews: LogReviews) => new SlowRound('log-review', () => reviews.ensureDue(), log),
        inject: [LogReviews],
      },
    ];
    return { module: LogReviewModule, controllers: [LogReviewsController], providers };
  }
}
