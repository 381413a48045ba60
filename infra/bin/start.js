// npm start: installs, builds, and hands over to infra/local.
import { handOver, prepare } from './prepare.js';

await prepare();
await handOver('local/main.js', process.argv.slice(2));
