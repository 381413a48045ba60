import { DataSource } from 'typeorm';
import { createPartyClockActivities, createStepActivities } from '#activities';
import { type Party, PartyClock, SocialModule, SocialSteps } from '#party';
import { partyQueue } from '#workflows';
import { BOU_SCHEMA } from './bou.schema.js';

/** BoU: decides on the children of a district, and in office hours takes acute reports from the police. */
export const BOU: Party = {
  name: 'bou',
  title: { sv: 'Barn och unga (BoU)', en: 'Child and youth units (BoU)' },
  schema: BOU_SCHEMA,
  features: [SocialModule.with('bou')],
  holdsMatters: true,
  worker: {
    queue: partyQueue('bou'),
    activities: (app) => ({
      ...createStepActivities({ book: app.get(SocialSteps, { strict: false }) }),
      ...createPartyClockActivities({
        book: new PartyClock(app.get(DataSource, { strict: false }), 'bou'),
      }),
    }),
  },
};
