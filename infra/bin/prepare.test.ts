import { readFile } from 'node:fs/promises';
import { createContext, SourceTextModule, SyntheticModule } from 'node:vm';
import { describe, expect, test } from '@jest/globals';
import { installedDiffers, nodeProblem } from './prepare.js';

describe('which Node runs Handslag', () => {
  test.each(['20.19.0', '20.20.2', '22.0.0', '24.1.0'])('%s does', (version) => {
    expect(nodeProblem(version, 'linux')).toBeUndefined();
  });
  test.each(['18.20.8', '20.18.3'])('%s is refused with what to do', (version) => {
    expect(nodeProblem(version, 'linux')).toMatch(/needs Node 20\.19 or later and this is Node .*: install/);
  });
  test('an old one lives to be told: what runs before the question needs nothing newer than import.meta.url', async () => {
    const file = new URL('./prepare.js', import.meta.url);
    const module = new SourceTextModule(await readFile(file, 'utf8'), {
      context: createContext({ process, URL }),
      initializeImportMeta: (meta) => {
        meta.url = file.href;
      },
    });
    await module.link(async (specifier) => {
      const builtin: Record<string, unknown> = await import(specifier);
      return new SyntheticModule(
        Object.keys(builtin),
        function () {
          for (const [name, value] of Object.entries(builtin)) this.setExport(name, value);
        },
        { context: module.context },
      );
    });
    await module.evaluate();
    expect(module.namespace).toHaveProperty('root');
  });
  test('Windows is sent to WSL', () => {
    expect(nodeProblem('24.0.0', 'win32')).toContain('WSL');
  });
});

describe('whether packages must be installed', () => {
  const lock = {
    packages: {
      '': {},
      'node_modules/a': { version: '1.0.0' },
      'node_modules/for-mac': { version: '1.0.0', optional: true },
    },
  };
  test('not when what is there is what the lock says, but for other platforms', () => {
    expect(installedDiffers(lock, { packages: { 'node_modules/a': { version: '1.0.0' } } })).toBeUndefined();
  });
  test('when nothing is there', () => {
    expect(installedDiffers(lock, undefined)).toBe('node_modules is missing');
  });
  test('when a package is missing', () => {
    expect(installedDiffers(lock, { packages: {} })).toBe('node_modules/a is missing');
  });
  test('when a package has another version', () => {
    expect(installedDiffers(lock, { packages: { 'node_modules/a': { version: '2.0.0' } } })).toContain(
      '2.0.0, not 1.0.0',
    );
  });
});
