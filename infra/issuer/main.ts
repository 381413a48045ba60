// The embedded issuer and front page of local mode, on port 4100. In production any broker at LoA 3 takes its place.
import { readIssuerConfig } from './issuer-config.js';
import { startIssuer } from './start-issuer.js';

const issuer = await startIssuer(readIssuerConfig(process.env));
process.once('SIGTERM', () => void issuer.close().then(() => process.exit(0)));
