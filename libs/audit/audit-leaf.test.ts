import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type AuditEntry, makeLeaf, verifyLeaf } from './audit-leaf.js';
import { canonicalJson } from './canonical-json.js';

function anEntry(): AuditEntry {
  return {
    at: new Date('2026-06-05T21:42:00.123Z'),
    authority: 'farsta-stadsdelsnamnd',
    unitId: 'rvt-farsta',
    person: 'person-7',
    kind: 'command',
    action: 'accept',
    target: { kind: 'handoff', id: '0192f3a0-8d2e-7c55-9f3e-3a4d3c1b2a10' },
    code: 'OK',
    detail: { assignedTo: 'person-8' },
  };
}

describe('an audit leaf', () => {
  it('is valid as it is made, whatever is told', () => {
    fc.assert(
      fc.property(
        fc.record({
          action: fc.string(),
          code: fc.string(),
          person: fc.option(fc.string()),
          unitId: fc.option(fc.string()),
          at: fc.date({ noInvalidDate: true }),
        }),
        (told) => {
          expect(verifyLeaf(makeLeaf({ ...anEntry(), ...told }))).toEqual({ ok: true, person: 'present' });
        },
      ),
    );
  });

  it('keeps persons in the salted part only', () => {
    const { salt, personal, ...header } = makeLeaf(anEntry());
    expect(personal).toBe('{"assignedTo":"person-8","person":"person-7"}');
    expect(salt).toMatch(/^[0-9a-f]{64}$/);
    expect(JSON.stringify(header)).not.toContain('person-');
  });

  it('is hashed as RFC 6962 hashes a leaf: with 0x00 before it', () => {
    const leaf = makeLeaf(anEntry());
    const header = {
      action: 'accept',
      at: '2026-06-05T21:42:00.123Z',
      authority: 'farsta-stadsdelsnamnd',
      code: 'OK',
      format: 1,
      id: leaf.id,
      kind: 'command',
      targetId: '0192f3a0-8d2e-7c55-9f3e-3a4d3c1b2a10',
      targetKind: 'handoff',
      unitId: 'rvt-farsta',
    };
    const personal = createHash('sha256')
      .update(Buffer.from(leaf.salt ?? '', 'hex'))
      .update('{"assignedTo":"person-8","person":"person-7"}')
      .digest();
    const whole = Buffer.concat([Buffer.of(0), Buffer.from(JSON.stringify(header)), personal]);
    expect(leaf.leaf_hash).toBe(createHash('sha256').update(whole).digest('hex'));
  });

  it('does not tell by its hash that two tell of the same person', () => {
    expect(makeLeaf(anEntry()).personal_hash).not.toBe(makeLeaf(anEntry()).personal_hash);
  });

  it.each([
    ['at', new Date('2026-06-05T21:42:00.124Z')],
    ['authority', 'another'],
    ['kind', 'reading'],
    ['action', 'decline'],
    ['target_kind', 'matter'],
    ['target_id', null],
    ['unit_id', null],
    ['code', 'FORBIDDEN'],
    ['id', '0192f3a0-8d2e-7c55-9f3e-3a4d3c1b2a11'],
    ['personal_hash', '00'.repeat(32)],
    ['leaf_hash', '00'.repeat(32)],
  ] as const)('shows that %s was changed', (column, value) => {
    expect(verifyLeaf({ ...makeLeaf(anEntry()), [column]: value })).toEqual({
      ok: false,
      code: 'LEAF_DIFFERS',
    });
  });

  it('shows that the person or the salt was changed, or only one of them erased', () => {
    const leaf = makeLeaf(anEntry());
    const differs = { ok: false, code: 'PERSON_DIFFERS' };
    expect(verifyLeaf({ ...leaf, personal: canonicalJson({ person: 'person-9' }) })).toEqual(differs);
    expect(verifyLeaf({ ...leaf, salt: '00'.repeat(32) })).toEqual(differs);
    expect(verifyLeaf({ ...leaf, salt: null })).toEqual(differs);
    expect(verifyLeaf({ ...leaf, personal: null })).toEqual(differs);
  });

  it('stays valid, and the same leaf, when the person in it is erased', () => {
    const leaf = makeLeaf(anEntry());
    expect(verifyLeaf({ ...leaf, salt: null, personal: null })).toEqual({ ok: true, person: 'erased' });
  });

  it('of a form that is not known yet is not called valid', () => {
    expect(verifyLeaf({ ...makeLeaf(anEntry()), format: 2 })).toEqual({ ok: false, code: 'FORMAT_UNKNOWN' });
  });
});
