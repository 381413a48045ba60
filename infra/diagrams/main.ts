import { writeDiagrams } from './write-diagrams.js';

// Run from the root of the tree, as every npm script is.
for (const path of await writeDiagrams('docs/diagrams')) process.stdout.write(`${path}\n`);
