import { describe, expect, it } from '@jest/globals';
import { ROLES } from '../units/index.js';
import { keysOf } from '../wording/index.js';
import { PERMISSIONS, permissionDefects, permissionTable, REACHES, ROLE_REACHES } from './permissions.js';

describe('the permissions', () => {
  it('stay within the walls of each role', () => {
    expect(permissionDefects()).toEqual([]);
    const wrong = {
      'x.y': { label: { sv: 'x', en: 'x' }, roles: ['administrator'], reach: 'content' },
    } as const;
    expect(permissionDefects(wrong)).toEqual(['x.y: administrator reaches content']);
  });

  it.each(['administrator', 'coordinator', 'auditor'] as const)('let no %s reach content', (role) => {
    expect(ROLE_REACHES[role]).not.toContain('content');
    const reached = Object.values(PERMISSIONS).filter(
      ({ roles, reach }) => reach === 'content' && roles.some((one: string) => one === role),
    );
    expect(reached).toEqual([]);
  });

  it('leave no role and no reach unused', () => {
    const used = Object.values(PERMISSIONS).flatMap(({ roles }): readonly string[] => roles);
    for (const role of keysOf(ROLES)) expect(used).toContain(role);
    for (const reach of keysOf(REACHES))
      expect(Object.values(PERMISSIONS).map((one) => one.reach)).toContain(reach);
  });

  it('are a table with a row for each', () => {
    expect(permissionTable().split('\n')).toHaveLength(2 + keysOf(PERMISSIONS).length);
  });
});
