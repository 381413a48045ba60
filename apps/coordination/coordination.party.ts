import type { Party } from '#party';
import { CoordinationModule } from './coordination.module.js';
import { COORDINATION_SCHEMA } from './coordination.schema.js';
import type { WatchdogConfig } from './watchdog/watchdog-config.schema.js';

/** Coordination: sees who is late and watches the clock. It holds no matter and opens no sealed content. */
export function coordinationParty(config: WatchdogConfig): Party {
  return {
    name: 'coordination',
    title: { sv: 'Samordning', en: 'Coordination' },
    schema: COORDINATION_SCHEMA,
    features: [CoordinationModule.with(config)],
    holdsMatters: false,
  };
}
