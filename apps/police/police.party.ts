import { createCallOutActivities, createPartyActivities } from '#activities';
import { Erasures, type Party, PartyClock, PartySteps } from '#party';
import { partyQueue } from '#workflows';
import { CallOutModule } from './call-out/call-out.module.js';
import { CallOuts } from './call-out/call-outs.service.js';
import { ChangeConditionsModule } from './change-conditions/change-conditions.module.js';
import { POLICE_SCHEMA } from './police.schema.js';

/** The police: hand an acute case over in under a minute, and know that a person took it. */
export const POLICE: Party = {
  name: 'police',
  title: { sv: 'Polisen', en: 'Police' },
  schema: POLICE_SCHEMA,
  features: [CallOutModule, ChangeConditionsModule],
  holdsMatters: true,
  worker: {
    queue: partyQueue('police'),
    activities: (app) => {
      const callOuts = app.get(CallOuts, { strict: false });
      const steps = app.get(PartySteps, { strict: false });
      return {
        ...createCallOutActivities({ book: callOuts }),
        ...createPartyActivities({
          // The child check is in the report itself.
          steps: {
            ensure: (step) => (step.process === 'call-out' ? callOuts.ensureStep(step) : steps.ensure(step)),
          },
          clock: app.get(PartyClock, { strict: false }),
          erasures: app.get(Erasures, { strict: false }),
        }),
      };
    },
  },
};
