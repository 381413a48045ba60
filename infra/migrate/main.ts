// Brings the record up to date: roles, schemas, directory. Idempotent; run by `npm start` and by every deployment.

import { migrateAll } from './migrate-all.js';
import { readMigrateConfig } from './migrate-config.js';

const done = await migrateAll(readMigrateConfig(process.env));
process.stdout.write(`${done}\n`);
