import 'reflect-metadata';
import { readPartyConfig, startParty } from '#party';
import { coordinationParty } from './coordination.party.js';
import { WatchdogConfigSchema } from './watchdog/watchdog-config.schema.js';

await startParty(coordinationParty(WatchdogConfigSchema.parse(process.env)), readPartyConfig(process.env));
