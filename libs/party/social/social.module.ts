import { type FactoryProvider, Module } from '@nestjs/common';
import { ActRecorder } from '../acts/act-recorder.js';
import { PartySubjects } from '../acts/party-subjects.js';
import { BasisAnswers } from '../consents/basis-answers.service.js';
import { ContentVault } from '../content/content-vault.js';
import { ItemDisclosures } from '../dispatches/item-disclosures.js';
import { Effects } from '../effects/effects.js';
import { CustodyReader } from '../record/custody-reader.js';
import { Outward } from '../record/outward.js';
import { PartySteps } from '../steps/party-steps.js';
import { PartyDirectory } from '../units/party-directory.js';
import { Attendance } from './attendance.service.js';
import { MorningHandovers } from './morning-handovers.service.js';
import { ProtectionAssessments } from './protection-assessments.service.js';
import { SocialActsController } from './social-acts.controller.js';
import { socialTermsOf } from './social-step-terms.js';

const PROVIDERS: FactoryProvider[] = [
  {
    provide: Attendance,
    useFactory: (recorder: ActRecorder, subjects: PartySubjects, steps: PartySteps) => {
      steps.addTerms('call-out', socialTermsOf);
      return new Attendance({ recorder, subjects, steps });
    },
    inject: [ActRecorder, PartySubjects, PartySteps],
  },
  {
    provide: ProtectionAssessments,
    useFactory: (recorder: ActRecorder, subjects: PartySubjects, effects: Effects, vault: ContentVault) => {
      const assessments = new ProtectionAssessments({ recorder, subjects, effects });
      vault.addSource(assessments);
      return assessments;
    },
    inject: [ActRecorder, PartySubjects, Effects, ContentVault],
  },
  {
    provide: MorningHandovers,
    useFactory: (
      subjects: PartySubjects,
      reader: CustodyReader,
      vault: ContentVault,
      directory: PartyDirectory,
      outward: Outward,
      assessments: ProtectionAssessments,
      bases: BasisAnswers,
      disclosures: ItemDisclosures,
    ) =>
      new MorningHandovers({
        subjects,
        reader,
        vault,
        directory,
        outward,
        assessments,
        bases,
        disclosures,
      }),
    inject: [
      PartySubjects,
      CustodyReader,
      ContentVault,
      PartyDirectory,
      Outward,
      ProtectionAssessments,
      BasisAnswers,
      ItemDisclosures,
    ],
  },
];

/**
 * Attendance, protection assessments and the morning handover: socialjouren's, and the
 * ordinary units' in office hours.
 */
@Module({ controllers: [SocialActsController], providers: PROVIDERS })
export class SocialModule {}
