import { createPartyActivities } from '#activities';
import {
  ChangeOfferModule,
  Erasures,
  type Party,
  PartyClock,
  PartySteps,
  ScreeningModule,
  SocialModule,
} from '#party';
import { partyQueue } from '#workflows';
import { RiskModule } from './risk/risk.module.js';
import { RVT_SCHEMA } from './rvt.schema.js';

/** RVT: decides on the adults of a district, and in office hours takes acute cases from the police. */
export const RVT: Party = {
  name: 'rvt',
  title: { sv: 'Relationsvåldsteamen (RVT)', en: 'Relationship violence teams (RVT)' },
  schema: RVT_SCHEMA,
  features: [SocialModule, ChangeOfferModule, RiskModule, ScreeningModule],
  holdsMatters: true,
  worker: {
    queue: partyQueue('rvt'),
    activities: (app) =>
      createPartyActivities({
        steps: app.get(PartySteps, { strict: false }),
        clock: app.get(PartyClock, { strict: false }),
        erasures: app.get(Erasures, { strict: false }),
      }),
  },
};
