import { createPartyActivities } from '#activities';
import { Erasures, type Party, PartyClock, PartySteps, ScreeningModule } from '#party';
import { partyQueue } from '#workflows';
import { RVC_SCHEMA } from './rvc.schema.js';
import { SupportModule } from './support/support.module.js';

/** RVC: support and treatment of adults who meet or use violence, and of children by decision. */
export const RVC: Party = {
  name: 'rvc',
  title: { sv: 'Relationsvåldscentrum (RVC)', en: 'Relationship violence centres (RVC)' },
  schema: RVC_SCHEMA,
  features: [SupportModule, ScreeningModule],
  holdsMatters: true,
  worker: {
    queue: partyQueue('rvc'),
    activities: (app) =>
      createPartyActivities({
        steps: app.get(PartySteps, { strict: false }),
        clock: app.get(PartyClock, { strict: false }),
        erasures: app.get(Erasures, { strict: false }),
      }),
  },
};
