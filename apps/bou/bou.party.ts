import { createChildDecisionActivities, createPartyActivities } from '#activities';
import { Erasures, type Party, PartyClock, PartySteps, SocialModule } from '#party';
import { partyQueue } from '#workflows';
import { BOU_SCHEMA } from './bou.schema.js';
import { ChildCaseModule } from './child-case/child-case.module.js';
import { ChildCases } from './child-case/child-cases.service.js';
import { FeedbackModule } from './feedback/feedback.module.js';
import { InvestigationModule } from './investigation/investigation.module.js';

/** BoU: decides on the children of a district, and in office hours takes acute reports from the police. */
export const BOU: Party = {
  name: 'bou',
  title: { sv: 'Barn och unga (BoU)', en: 'Child and youth units (BoU)' },
  schema: BOU_SCHEMA,
  features: [SocialModule, InvestigationModule, ChildCaseModule, FeedbackModule],
  holdsMatters: true,
  worker: {
    queue: partyQueue('bou'),
    activities: (app) => ({
      ...createChildDecisionActivities({ book: app.get(ChildCases, { strict: false }) }),
      ...createPartyActivities({
        steps: app.get(PartySteps, { strict: false }),
        clock: app.get(PartyClock, { strict: false }),
        erasures: app.get(Erasures, { strict: false }),
      }),
    }),
  },
};
