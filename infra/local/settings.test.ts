import { describe, expect, test } from '@jest/globals';
import { APPS, DEFAULT_PORTS, readSettings } from './settings.js';

describe('the settings of npm start', () => {
  test('without any variable, everything is started at its own port', () => {
    const settings = readSettings({});
    expect(settings.ports).toEqual(DEFAULT_PORTS);
    expect(settings.apps).toEqual(APPS);
    expect([settings.databaseUrl, settings.redisUrl, settings.temporalAddress]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });
  test('a port is moved by its variable', () => {
    expect(readSettings({ HANDSLAG_PORT_RVT: '5103' }).ports.rvt).toBe(5103);
  });
  test('an empty variable counts as absent', () => {
    expect(readSettings({ DATABASE_URL: '', HANDSLAG_PORT_RVT: '' }).ports.rvt).toBe(4103);
  });
  test('two services at one port are refused with the name to change', () => {
    expect(() => readSettings({ HANDSLAG_PORT_RVT: '4101' })).toThrow(
      /4101.*police and rvt.*HANDSLAG_PORT_RVT/,
    );
  });
  test.each([
    ['HANDSLAG_PORT_BOU', '0'],
    ['HANDSLAG_PORT_BOU', 'abc'],
    ['DATABASE_URL', 'mysql://localhost/x'],
    ['REDIS_URL', 'localhost:6379'],
    ['TEMPORAL_ADDRESS', 'http://localhost:7233'],
    ['HANDSLAG_APPS', 'police,nobody'],
  ])('%s=%s is refused by name', (name, value) => {
    expect(() => readSettings({ [name]: value })).toThrow(name);
  });
});
