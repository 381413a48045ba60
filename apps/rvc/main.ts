import { runParty } from '#party';
import { RVC } from './rvc.party.js';

await runParty(RVC, process.env);
