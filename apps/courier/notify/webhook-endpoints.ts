import type { DataSource } from 'typeorm';
import { z } from 'zod';
import type { UnitId } from '#domain';
import type { WebhookEndpoint, WebhookEndpoints } from '#notify';
import { webhookKey } from '#sealing';

const SchemasSchema = z.array(z.object({ schema: z.string().regex(/^[a-z]+$/) }));
const RowsSchema = z.array(
  z.object({ endpoint_id: z.uuid(), url: z.url(), secret_version: z.int(), signs_with_old: z.boolean() }),
);

/** Schemas come with a deployment; asking for each notice would cost more than the notice. */
const SCHEMAS_KNOWN_MS = 30_000;

/** What the units' administrators have registered, read where each party keeps its own. The keys are derived, not read. */
export class RegisteredEndpoints implements WebhookEndpoints {
  private known: { readonly schemas: readonly string[]; readonly until: number } = { schemas: [], until: 0 };

  constructor(
    private readonly dataSource: DataSource,
    private readonly noticeKey: Buffer,
  ) {}

  async endpointOf(unit: UnitId): Promise<WebhookEndpoint | null> {
    for (const schema of await this.schemas()) {
      const [row] = RowsSchema.parse(
        await this.dataSource.query(
          `select endpoint_id, url, secret_version, old_until > directory.record_now() as signs_with_old
           from ${schema}.webhook_in_force where unit_id = $1`,
          [unit],
        ),
      );
      if (row === undefined) continue;
      const versions = [row.secret_version, ...(row.signs_with_old ? [row.secret_version - 1] : [])];
      return {
        url: new URL(row.url),
        keys: versions.map((version) => webhookKey(this.noticeKey, row.endpoint_id, version)),
      };
    }
    return null;
  }

  private async schemas(): Promise<readonly string[]> {
    if (performance.now() < this.known.until) return this.known.schemas;
    const rows: unknown = await this.dataSource.query(
      `select table_schema as schema from information_schema.views where table_name = 'webhook_in_force'
       and has_table_privilege(format('%I.%I', table_schema, table_name), 'select') order by 1`,
    );
    const schemas = SchemasSchema.parse(rows).map(({ schema }) => schema);
    this.known = { schemas, until: performance.now() + SCHEMAS_KNOWN_MS };
    return schemas;
  }
}
