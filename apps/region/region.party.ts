import { createPartyActivities } from '#activities';
import { Erasures, type Party, PartyClock, PartySteps } from '#party';
import { partyQueue } from '#workflows';
import { REGION_SCHEMA } from './region.schema.js';

/** Region Stockholm: mental health care of adults and children, on referral. */
export const REGION: Party = {
  name: 'region',
  title: { sv: 'Region Stockholm', en: 'Region Stockholm' },
  schema: REGION_SCHEMA,
  features: [],
  holdsMatters: true,
  worker: {
    queue: partyQueue('region'),
    activities: (app) =>
      createPartyActivities({
        steps: app.get(PartySteps, { strict: false }),
        clock: app.get(PartyClock, { strict: false }),
        erasures: app.get(Erasures, { strict: false }),
      }),
  },
};
