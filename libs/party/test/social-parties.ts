import { partySchema } from '../database/party-schema.js';
import type { Party } from '../party.port.js';
import { SocialModule } from '../social/social.module.js';
import { socialTables } from '../social/social.tables.js';

/** The police with nothing of their own: enough to report and to send. */
export const PLAIN_POLICE: Party = {
  name: 'police',
  title: { sv: 'Polisen', en: 'Police' },
  schema: partySchema('police'),
  features: [],
  holdsMatters: true,
};

/** A social party with the acts of night and morning, and no worker. */
export function socialParty(name: 'socialjouren' | 'bou' | 'rvt'): Party {
  return {
    name,
    title: { sv: name, en: name },
    schema: partySchema(name, socialTables(name)),
    features: [SocialModule],
    holdsMatters: true,
  };
}
