import { describe, expect, it } from '@jest/globals';
import { BASES, basisWithId, CONDITIONS } from '../disclosure/index.js';
import { ROLES } from '../units/index.js';
import { keysOf } from '../wording/index.js';
import { mayDecide } from './may-decide.js';

const DECIDED = keysOf(BASES).filter((id) => basisWithId(id).kind === 'individual-decision');
const decision = (basis: (typeof DECIDED)[number], some = {}) => ({
  basis,
  discloses: true,
  conditions: basisWithId(basis).conditions,
  decidedAt: '2026-06-01T08:00:00Z',
  ...some,
});

describe('who may decide in the individual case', () => {
  it('is by the matrix: of every such basis its roles alone, with every condition found met', () => {
    expect(DECIDED.length).toBeGreaterThan(5);
    for (const id of DECIDED) {
      const { decidedBy, conditions } = basisWithId(id);
      for (const role of keysOf(ROLES)) {
        const may = decidedBy.by !== 'role' || decidedBy.roles.includes(role);
        const answer = mayDecide(decision(id), [role]);
        expect([id, role, answer.ok ? 'OK' : answer.refusal.code]).toEqual([
          id,
          role,
          may ? 'OK' : 'DECIDED_BY_ANOTHER_ROLE',
        ]);
      }
      const asksMore = conditions.some((condition) => CONDITIONS[condition].how === 'by-person');
      const unticked = mayDecide(decision(id, { conditions: [] }), keysOf(ROLES));
      expect([id, unticked.ok]).toEqual([id, !asksMore]);
      expect(mayDecide(decision(id, { conditions: [], discloses: false }), keysOf(ROLES)).ok).toBe(true);
    }
  });

  it('is nobody on a basis that is duty, checked or consent, nor on a day before it was law', () => {
    for (const id of keysOf(BASES).filter((one) => basisWithId(one).kind !== 'individual-decision')) {
      expect(mayDecide(decision(id), keysOf(ROLES))).toEqual({
        ok: false,
        refusal: { code: 'NOT_A_BASIS_TO_DECIDE' },
      });
    }
    // OSL 10:15 a, Lag 2025:934: in force from 1 December 2025.
    const early = { decidedAt: '2025-11-30T12:00:00Z' };
    expect(mayDecide(decision('X-08', early), keysOf(ROLES)).ok).toBe(false);
    expect(mayDecide(decision('X-08'), keysOf(ROLES)).ok).toBe(true);
  });
});
