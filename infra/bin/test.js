// npm test: installs, builds what the test services need, and hands over to infra/testing.
import { handOver, prepare } from './prepare.js';

// The type check is a step of its own there; services must start for a test run in a half-written tree too.
await prepare({ mustCompile: false });
await handOver('testing/main.js', process.argv.slice(2));
