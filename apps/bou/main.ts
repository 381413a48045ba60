import { runParty } from '#party';
import { BOU } from './bou.party.js';

await runParty(BOU, process.env);
