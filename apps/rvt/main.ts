import { runParty } from '#party';
import { RVT } from './rvt.party.js';

await runParty(RVT, process.env);
