import 'reflect-metadata';
import { runParty } from '#party';
import { coordinationParty } from './coordination.party.js';
import { WatchdogConfigSchema } from './watchdog/watchdog-config.schema.js';

await runParty(coordinationParty(WatchdogConfigSchema.parse(process.env)), process.env);
