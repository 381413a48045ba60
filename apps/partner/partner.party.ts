import { createPartyActivities } from '#activities';
import { Erasures, type Party, PartyClock, PartySteps } from '#party';
import { partyQueue } from '#workflows';
import { PARTNER_SCHEMA } from './partner.schema.js';

/** The light service of units without a process of their own: family law, financial assistance, shelters, Manscentrum and others. */
export const PARTNER: Party = {
  name: 'partner',
  title: { sv: 'Samverkansparter', en: 'Partners' },
  schema: PARTNER_SCHEMA,
  features: [],
  holdsMatters: true,
  worker: {
    queue: partyQueue('partner'),
    activities: (app) =>
      createPartyActivities({
        steps: app.get(PartySteps, { strict: false }),
        clock: app.get(PartyClock, { strict: false }),
        erasures: app.get(Erasures, { strict: false }),
      }),
  },
};
