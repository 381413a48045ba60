import { runParty } from '#party';
import { POLICE } from './police.party.js';

await runParty(POLICE, process.env);
