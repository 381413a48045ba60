import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { staleDiagrams, writeDiagrams } from './write-diagrams.js';

describe('the drawn documents', () => {
  it('are current in the tree; run `npm run diagrams` when this fails', async () => {
    expect(await staleDiagrams(join(import.meta.dirname, '../../docs/diagrams'))).toEqual([]);
  });

  it('are found stale when one was changed by hand and another is missing', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'diagrams-'));
    try {
      await writeDiagrams(folder);
      expect(await staleDiagrams(folder)).toEqual([]);
      await writeFile(join(folder, 'handoff.md'), 'changed by hand');
      await rm(join(folder, 'routes.md'));
      expect(await staleDiagrams(folder)).toEqual(['handoff.md', 'routes.md']);
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});
