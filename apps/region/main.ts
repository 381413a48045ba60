import { runParty } from '#party';
import { REGION } from './region.party.js';

await runParty(REGION, process.env);
