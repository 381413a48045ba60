// npm run explain|story|verify|rearm|keys|erasures: makes sure that the tool is built, then becomes it.
import { giveUp, handOver, prepare } from './prepare.js';

const [tool, ...args] = process.argv.slice(2);
if (!tool || !/^[a-z-]+$/.test(tool))
  giveUp('Say which tool to run, for example: node infra/bin/run.js explain');
await prepare({ quiet: true });
await handOver(`${tool}/main.js`, args);
