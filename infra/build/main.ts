// The second half of the build: tsc has compiled, now the workflows become one bundle for the engine's workers.
import { access, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { bundleWorkflows } from '#temporal';

const registry = fileURLToPath(new URL('../../workflows/registry.js', import.meta.url));
const bundle = fileURLToPath(new URL('../../workflow-bundle.js', import.meta.url));

const exists = await access(registry).then(
  () => true,
  () => false,
);
if (exists) {
  const { code } = await bundleWorkflows({ entry: registry, from: 'dist' });
  await writeFile(bundle, code);
}
