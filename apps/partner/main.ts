import { runParty } from '#party';
import { PARTNER } from './partner.party.js';

await runParty(PARTNER, process.env);
