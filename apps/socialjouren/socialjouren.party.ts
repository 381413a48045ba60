import { createPartyActivities } from '#activities';
import { ChangeOfferModule, Erasures, type Party, PartyClock, PartySteps, SocialModule } from '#party';
import { partyQueue } from '#workflows';
import { SOCIALJOUREN_SCHEMA } from './socialjouren.schema.js';

/** Socialjouren: takes the case at once, assesses every child the same day, hands everyone over before the office day begins. */
export const SOCIALJOUREN: Party = {
  name: 'socialjouren',
  title: { sv: 'Socialjouren', en: 'Emergency social service (socialjouren)' },
  schema: SOCIALJOUREN_SCHEMA,
  features: [SocialModule, ChangeOfferModule],
  holdsMatters: true,
  worker: {
    queue: partyQueue('socialjouren'),
    activities: (app) =>
      createPartyActivities({
        steps: app.get(PartySteps, { strict: false }),
        clock: app.get(PartyClock, { strict: false }),
        erasures: app.get(Erasures, { strict: false }),
      }),
  },
};
