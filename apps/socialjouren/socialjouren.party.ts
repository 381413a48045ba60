import { DataSource } from 'typeorm';
import { createPartyClockActivities, createStepActivities } from '#activities';
import { type Party, PartyClock, SocialModule, SocialSteps } from '#party';
import { partyQueue } from '#workflows';
import { SOCIALJOUREN_SCHEMA } from './socialjouren.schema.js';

/** Socialjouren: takes the case at once, assesses every child the same day, hands everyone over before the office day begins. */
export const SOCIALJOUREN: Party = {
  name: 'socialjouren',
  title: { sv: 'Socialjouren', en: 'Emergency social service (socialjouren)' },
  schema: SOCIALJOUREN_SCHEMA,
  features: [SocialModule.with('socialjouren')],
  holdsMatters: true,
  worker: {
    queue: partyQueue('socialjouren'),
    activities: (app) => ({
      ...createStepActivities({ book: app.get(SocialSteps, { strict: false }) }),
      ...createPartyClockActivities({
        book: new PartyClock(app.get(DataSource, { strict: false }), 'socialjouren'),
      }),
    }),
  },
};
