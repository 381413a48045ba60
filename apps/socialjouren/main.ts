import { runParty } from '#party';
import { SOCIALJOUREN } from './socialjouren.party.js';

await runParty(SOCIALJOUREN, process.env);
