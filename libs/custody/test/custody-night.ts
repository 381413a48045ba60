import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { DataSource } from 'typeorm';
import { AUDIT_SCHEMA } from '#audit';
import { createTestDatabase, openDataSource, type PartyService, type TestDatabase } from '#database';
import {
  DIRECTORY_SCHEMA,
  generatePersonas,
  loadDirectory,
  loadPersonas,
  readSnapshot,
  shippedDataFolder,
} from '#directory';
import {
  authorityOf,
  type ContentId,
  type DirectorySnapshot,
  type DispatchPlan,
  type HandoffId,
  type IncidentId,
  type MatterKind,
  type PersonId,
  type PreviewId,
  type Refusal,
  type Result,
  type RouteId,
  type SubjectId,
  type SubjectRole,
  type UnitId,
  unitId,
} from '#domain';
import {
  createLocalKms,
  KEY_HOLDERS,
  KEYS_SCHEMA,
  PostgresKeyStore,
  registerKeyUnits,
  UnitKeys,
} from '#sealing';
import { type Caller, CUSTODY_SCHEMA, CustodyCommands, type SealedContent } from '../index.js';

/** A night for the tests: a directory, personas, keys, and custody's commands as each party's own role. */
export class CustodyNight {
  private readonly opened: DataSource[] = [];
  private readonly services = new Map<PartyService, CustodyCommands>();
  private readonly keyStores = new Map<PartyService, { store: PostgresKeyStore; unitKeys: UnitKeys }>();

  private constructor(
    readonly record: TestDatabase,
    private readonly keys: TestDatabase,
    readonly admin: DataSource,
    readonly directory: DirectorySnapshot,
  ) {}

  /** `alter` gives the directory what a test needs beyond what ships, such as a successor of a unit in force. */
  static async open(
    serverUrl?: string,
    alter: (shipped: DirectorySnapshot) => DirectorySnapshot = (shipped) => shipped,
  ): Promise<CustodyNight> {
    const record = await createTestDatabase([DIRECTORY_SCHEMA, AUDIT_SCHEMA, CUSTODY_SCHEMA], serverUrl);
    const keys = await createTestDatabase([KEYS_SCHEMA], serverUrl);
    const admin = await openDataSource({
      url: record.adminUrl,
      definition: { schema: 'directory', entities: DIRECTORY_SCHEMA.entities, migrations: [] },
      applicationName: 'night',
      poolSize: 3,
    });
    const loaded = await loadDirectory(admin, await shippedDataFolder());
    if (!loaded.ok) throw new Error('the shipped directory does not load');
    const directory = alter(await readSnapshot(admin));
    await loadPersonas(admin, generatePersonas(directory, directory.firstDay));
    const keyAdmin = await new DataSource({ type: 'postgres', url: keys.adminUrl }).initialize();
    await registerKeyUnits(
      keyAdmin,
      directory.units.flatMap(({ id, party }) => {
        const holder = KEY_HOLDERS.find((one) => one === party);
        return holder === undefined ? [] : [{ unitId: id, party: holder }];
      }),
    );
    await keyAdmin.destroy();
    return new CustodyNight(record, keys, admin, directory);
  }

  /** The key store, for whoever checks signatures. */
  get keysAdminUrl(): string {
    return this.keys.adminUrl;
  }

  async close(): Promise<void> {
    await Promise.all(this.opened.map((one) => one.destroy()));
    await this.admin.destroy();
    await this.record.drop();
    await this.keys.drop();
  }

  /** Custody as the service of a party sees it. */
  async as(party: PartyService): Promise<CustodyCommands> {
    const known = this.services.get(party);
    if (known !== undefined) return known;
    const dataSource = await openDataSource({
      url: this.record.urlFor(party),
      definition: { ...CUSTODY_SCHEMA, migrations: [] },
      applicationName: `night ${party}`,
      poolSize: 4,
    });
    const keySource = await new DataSource({ type: 'postgres', url: this.keys.urlFor(party) }).initialize();
    this.opened.push(dataSource, keySource);
    const store = new PostgresKeyStore(keySource);
    const unitKeys = new UnitKeys(
      store,
      createLocalKms(createHash('sha256').update(`night ${party}`).digest()),
    );
    await unitKeys.ensureUnitKeys(
      this.directory.units.filter((unit) => unit.party === party).map(({ id }) => id),
    );
    const commands = new CustodyCommands({ dataSource, unitKeys, snapshot: async () => this.directory });
    this.services.set(party, commands);
    this.keyStores.set(party, { store, unitKeys });
    return commands;
  }

  /** The keys of a party's units, as its service has them. */
  async keysOf(party: PartyService): Promise<{ store: PostgresKeyStore; unitKeys: UnitKeys }> {
    await this.as(party);
    const keys = this.keyStores.get(party);
    if (keys === undefined) throw new Error(`no keys of ${party}`);
    return keys;
  }

  /** The caller that a persona's token gives, with a key of her own for this command. */
  caller(personaName: string, key: string = randomUUID()): Caller {
    const persona = generatePersonas(this.directory, this.directory.firstDay).find(
      ({ name }) => name === personaName,
    );
    if (persona === undefined) throw new Error(`no persona ${personaName}`);
    return {
      person: persona.personId as PersonId,
      units: [persona.unit],
      idempotency: { scope: persona.personId, key, bodyHmac: 'body' },
    };
  }

  /** An incident with these persons, opened by a unit now. */
  async incident(persona: string, unit: string, roles: readonly SubjectRole[]) {
    const party = this.party(unit);
    const id = randomUUID() as IncidentId;
    const subjects = roles.map((role) => ({ id: randomUUID() as SubjectId, role }));
    const opened = await (await this.as(party)).openIncident(this.caller(persona), {
      actingUnit: unitId(unit),
      incident: { id, kind: 'call-out', occurredAt: new Date(Date.now() - 60_000), subjects },
      contents: [this.sealed(id, null, null, unitId(unit), 'facts')],
    });
    const { reply } = granted(opened);
    return { id, subjects, matters: reply.matters };
  }

  /** Previews and sends these matters, each to a unit; answers the handoffs. */
  async send(
    persona: string,
    incidentId: IncidentId,
    items: readonly {
      matterId: string;
      subjectId: string;
      kind: string;
      from: string;
      to: string;
      version?: number;
      reason?: string;
    }[],
  ) {
    const [first] = items;
    if (first === undefined) throw new Error('nothing to send');
    const actingUnit = unitId(first.from);
    const now = new Date();
    const contents: SealedContent[] = [];
    const plan: DispatchPlan = {
      directoryVersion: this.directory.version,
      items: items.map((item) => {
        const handoffId = randomUUID() as HandoffId;
        const content = this.sealed(
          incidentId,
          item.subjectId as SubjectId,
          handoffId,
          unitId(item.to),
          'referral',
        );
        contents.push(content);
        return {
          handoffId,
          matterId: item.matterId as DispatchPlan['items'][number]['matterId'],
          matterVersion: item.version ?? 1,
          route: `${item.kind as MatterKind}.${this.kind(item.from)}.${this.kind(item.to)}` as RouteId,
          toUnit: unitId(item.to),
          contentId: content.id,
          contentDigest: content.digest,
          basis: item.kind === 'child-protection' ? 'X-02' : 'X-01',
          grounds: [
            {
              basis: item.kind === 'child-protection' ? 'X-02' : 'X-01',
              decisionRef: null,
              fields: ['danger'],
            },
          ],
          fromAuthority: authorityOf(this.directory, actingUnit, now),
          toAuthority: authorityOf(this.directory, unitId(item.to), now),
          neededBefore: null,
          reason: item.reason ?? null,
        };
      }),
    };
    const custody = await this.as(this.party(first.from));
    const previewId = randomUUID() as PreviewId;
    granted(
      await custody.storePreview(this.caller(persona), { actingUnit, previewId, incidentId, plan, contents }),
    );
    return granted(await custody.sendDispatch(this.caller(persona), { previewId })).reply;
  }

  async query<Row>(sql: string, parameters: unknown[] = []): Promise<Row[]> {
    const rows: Row[] = await this.admin.query(sql, parameters);
    return rows;
  }

  private kind(unit: string) {
    const found = this.directory.units.find(({ id }) => id === unit);
    if (found === undefined) throw new Error(`no unit ${unit}`);
    return found.kind;
  }

  private party(unit: string): PartyService {
    const found = this.directory.units.find(({ id }) => id === unit);
    if (found === undefined) throw new Error(`no unit ${unit}`);
    return found.party;
  }

  sealed(
    incidentId: IncidentId,
    subjectId: SubjectId | null,
    handoffId: HandoffId | null,
    toUnit: UnitId,
    kind: SealedContent['kind'],
  ): SealedContent {
    const ciphertext = randomBytes(64);
    return {
      id: randomUUID() as ContentId,
      incidentId,
      subjectId,
      handoffId,
      kind,
      toUnit,
      ciphertext,
      digest: createHash('sha256').update(ciphertext).digest('hex'),
    };
  }
}

/** The value of a command that is expected to succeed. */
export function granted<Value>(result: Result<Value>): Value {
  if (!result.ok) throw new Error(`refused: ${JSON.stringify(result.refusal)}`);
  return result.value;
}

/** The refusal of a command that is expected to be refused. */
export function refusalOf(result: Result<unknown>): Refusal['code'] | 'accepted' {
  return result.ok ? 'accepted' : result.refusal.code;
}
