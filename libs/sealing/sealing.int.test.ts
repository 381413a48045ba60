import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { registerKeyUnits } from './keys.schema-definition.js';
import {
  aContent,
  BOU_A,
  BOU_B,
  JOUR,
  KeyStoreParties,
  type Party,
  POLICE,
  RVT,
  SUCCESSOR,
  sealedBy,
} from './test/key-store-parties.js';

let parties: KeyStoreParties;
let police: Party;
let jour: Party;
let rvt: Party;
let bou: Party;
let rvc: Party;

beforeAll(async () => {
  parties = await KeyStoreParties.create();
  police = await parties.party('police', [POLICE]);
  jour = await parties.party('socialjouren', [JOUR]);
  rvt = await parties.party('rvt', [RVT]);
  bou = await parties.party('bou', [BOU_A, BOU_B]);
  rvc = await parties.party('rvc', [SUCCESSOR]);
}, 60_000);

afterAll(() => parties.drop());

describe('sealing from party to party', () => {
  it('lets sender and receiver read, each with its own service and master key', async () => {
    const request = aContent([POLICE, JOUR]);
    const envelope = await sealedBy(police, request);
    expect(await police.sealing.open({ ...envelope, unitId: POLICE })).toEqual({
      ok: true,
      value: request.content,
    });
    expect(await jour.sealing.open({ ...envelope, unitId: JOUR })).toEqual({
      ok: true,
      value: request.content,
    });
    expect(await jour.sealing.verifyEnvelope({ ...envelope, unitId: JOUR })).toMatchObject({ ok: true });
  });

  it('shows a third party no wrap at all', async () => {
    const envelope = await sealedBy(police, aContent([POLICE, JOUR]));
    expect(await rvt.sealing.open({ ...envelope, unitId: RVT })).toMatchObject({ code: 'WRAP_MISSING' });
    expect(await rvt.sealing.open({ ...envelope, unitId: JOUR })).toMatchObject({ code: 'WRAP_MISSING' });
  });

  it('refuses another unit of the same party', async () => {
    const envelope = await sealedBy(jour, aContent([JOUR, BOU_A]));
    expect(await bou.sealing.open({ ...envelope, unitId: BOU_B })).toMatchObject({
      code: 'NOT_FOR_THIS_UNIT',
      unitId: BOU_B,
    });
  });

  it('refuses to seal for a unit without keys, and stores no wrap', async () => {
    const request = aContent([POLICE, 'another-municipality']);
    expect(await police.sealing.seal(request)).toEqual({
      ok: false,
      code: 'UNIT_HAS_NO_KEY',
      unitId: 'another-municipality',
    });
    expect((await police.store.wrapsOf(request.contentId)).wraps).toEqual([]);
  });

  it('seals several contents all or none, each under a key of its own', async () => {
    const requests = [aContent([JOUR, BOU_A]), aContent([JOUR, RVT])];
    const outcome = await jour.sealing.sealAll(requests);
    if (!outcome.ok) throw new Error(outcome.code);
    expect(new Set(outcome.value.map(({ digest }) => digest)).size).toBe(2);
    const { rows } = await count();
    await expect(jour.sealing.sealAll([aContent([JOUR]), ...requests])).rejects.toThrow(/wrap_pk/);
    expect((await count()).rows).toBe(rows);

    async function count(): Promise<{ rows: number }> {
      const [row]: { rows: number }[] = await parties.admin.query(
        'select count(*)::int as rows from keys.wrap',
      );
      return row ?? { rows: -1 };
    }
  });

  it('refuses a ciphertext with a flipped byte, to the reader and to the poller', async () => {
    const envelope = await sealedBy(police, aContent([POLICE, JOUR]));
    const ciphertext = Buffer.from(envelope.ciphertext);
    ciphertext.writeUInt8(ciphertext.readUInt8(99) ^ 1, 99);
    const flipped = { ...envelope, ciphertext, unitId: JOUR };
    expect(await jour.sealing.open(flipped)).toMatchObject({ code: 'DIGEST_DIFFERS' });
    expect(await jour.sealing.verifyEnvelope(flipped)).toMatchObject({ code: 'DIGEST_DIFFERS' });
  });

  it('refuses an envelope put in the place of another, also with its digest', async () => {
    const meant = { ...(await sealedBy(police, aContent([POLICE, JOUR]))), unitId: JOUR };
    const { ciphertext, digest, ...other } = await sealedBy(police, aContent([POLICE, JOUR]));
    const swapped = { ...meant, ciphertext, digest };
    expect(await jour.sealing.open(swapped)).toMatchObject({ code: 'DIGEST_DIFFERS' });
    expect(await jour.sealing.verifyEnvelope(swapped)).toMatchObject({ code: 'DIGEST_DIFFERS' });
    for (const place of [
      { incidentId: other.incidentId },
      { subjectId: other.subjectId },
      { subjectId: null },
    ])
      expect(await jour.sealing.open({ ...meant, ...place })).toMatchObject({ code: 'ENVELOPE_SWAPPED' });
  });

  it('refuses an envelope whose wrap was put in the place of another', async () => {
    const meant = { ...(await sealedBy(police, aContent([POLICE, JOUR]))), unitId: JOUR };
    const other = await sealedBy(police, aContent([POLICE, JOUR]));
    await parties.admin.query(
      `update keys.wrap as w set jwe = o.jwe from keys.wrap o
       where w.content_id = $1 and o.content_id = $2 and w.unit_id = $3 and o.unit_id = $3`,
      [meant.contentId, other.contentId, JOUR],
    );
    expect(await jour.sealing.open(meant)).toMatchObject({ code: 'NOT_FOR_THIS_UNIT' });
    expect(await jour.sealing.verifyEnvelope(meant)).toMatchObject({ code: 'NOT_FOR_THIS_UNIT' });
  });
});

describe('rotation, succession and erasure', () => {
  it('rotation moves every wrap to the new key, and leaves the ciphertext readable as it is', async () => {
    await registerKeyUnits(parties.admin, [{ unitId: 'bou-rotated', party: 'bou' }]);
    await bou.keys.ensureUnitKeys(['bou-rotated']);
    const envelopes = [];
    for (let made = 0; made < 3; made += 1)
      envelopes.push(await sealedBy(jour, aContent([JOUR, 'bou-rotated'])));
    const [before] = await bou.store.currentKeys(['bou-rotated'], 'wrap');

    expect(await bou.keys.rotateWrapKey('bou-rotated')).toEqual({ count: 3, unreadable: [] });

    const [after] = await bou.store.currentKeys(['bou-rotated'], 'wrap');
    expect(after?.kid).not.toBe(before?.kid);
    for (const envelope of envelopes) {
      const { wraps } = await bou.store.wrapsOf(envelope.contentId);
      expect(wraps.map(({ kid }) => kid)).toEqual([after?.kid]);
      expect(await bou.sealing.open({ ...envelope, unitId: 'bou-rotated' })).toMatchObject({ ok: true });
    }
  });

  it('a rotation that stopped half-way loses nothing and is finished by the next', async () => {
    await registerKeyUnits(parties.admin, [{ unitId: 'bou-half-way', party: 'bou' }]);
    await bou.keys.ensureUnitKeys(['bou-half-way']);
    const envelope = await sealedBy(jour, aContent([JOUR, 'bou-half-way']));
    const wrapsUnderOldKey = await bou.store.wrapsOf(envelope.contentId);
    await bou.keys.rotateWrapKey('bou-half-way');
    // As if the rotation had died before it came to this wrap.
    const [moved] = (await bou.store.wrapsOf(envelope.contentId)).wraps;
    const [old] = wrapsUnderOldKey.wraps;
    if (!moved || !old) throw new Error('no wraps');
    await bou.store.replaceWraps([{ ...old, oldKid: moved.kid }]);

    expect(await bou.sealing.open({ ...envelope, unitId: 'bou-half-way' })).toMatchObject({ ok: true });
    // What another rotation has moved meanwhile is left as it is.
    await bou.store.replaceWraps([{ ...moved, jwe: 'stale', oldKid: moved.kid }]);
    expect(await bou.keys.rewrapUnit('bou-half-way')).toEqual({ count: 1, unreadable: [] });
    expect(await bou.keys.rewrapUnit('bou-half-way')).toEqual({ count: 0, unreadable: [] });
  });

  it('rotation names a wrap that it cannot open, and goes on', async () => {
    await registerKeyUnits(parties.admin, [{ unitId: 'bou-broken', party: 'bou' }]);
    await bou.keys.ensureUnitKeys(['bou-broken']);
    const [key] = await jour.store.currentKeys(['bou-broken'], 'wrap');
    const contentId = randomUUID();
    await jour.store.addWraps([{ contentId, unitId: 'bou-broken', kid: key?.kid ?? '', jwe: 'a.b.c.d.e' }]);
    await sealedBy(jour, aContent(['bou-broken']));
    expect(await bou.keys.rotateWrapKey('bou-broken')).toEqual({ count: 1, unreadable: [contentId] });
  });

  it('succession lets the successor of another party read all, and may be repeated', async () => {
    const envelope = await sealedBy(jour, aContent([JOUR, RVT]));
    const first = await rvt.keys.succeed(RVT, SUCCESSOR);
    expect(first).toMatchObject({ ok: true, value: { unreadable: [] } });
    expect(await rvt.keys.succeed(RVT, SUCCESSOR)).toEqual(first);
    expect(await rvc.sealing.open({ ...envelope, unitId: SUCCESSOR })).toMatchObject({ ok: true });
    expect(await rvt.keys.succeed(RVT, 'nobody')).toMatchObject({ code: 'UNIT_HAS_NO_KEY' });
  });

  it("erasure makes a content unreadable for the unit that erased, and leaves the others'", async () => {
    const envelope = await sealedBy(jour, aContent([JOUR, BOU_A, BOU_B]));
    expect(await bou.keys.erase([envelope.contentId], [BOU_A])).toBe(1);
    expect(await bou.keys.erase([envelope.contentId], [BOU_A])).toBe(0);
    expect(await bou.sealing.open({ ...envelope, unitId: BOU_A })).toMatchObject({ code: 'ERASED' });
    expect(await bou.sealing.verifyEnvelope({ ...envelope, unitId: BOU_A })).toMatchObject({
      code: 'ERASED',
    });
    expect(await bou.sealing.open({ ...envelope, unitId: BOU_B })).toMatchObject({ ok: true });
    expect(await jour.sealing.open({ ...envelope, unitId: JOUR })).toMatchObject({ ok: true });
  });

  it("does nothing to another party's wraps", async () => {
    const envelope = await sealedBy(jour, aContent([JOUR, BOU_A]));
    expect(await police.keys.erase([envelope.contentId], [JOUR, BOU_A])).toBe(0);
    expect(await jour.sealing.open({ ...envelope, unitId: JOUR })).toMatchObject({ ok: true });
  });
});
