import { z } from 'zod';
import { InstantSchema, pageOf, UnitIdSchema, UuidSchema } from '../wire/index.js';

/** Take a matter out to the authority's own case file (personakt). */
export const ExportMatterSchema = z.object({ actingUnit: UnitIdSchema }).meta({ id: 'ExportMatter' });
export type ExportMatter = z.infer<typeof ExportMatterSchema>;

/** Where an export stands: it can be left and found again. */
export const CaseFileExportSchema = z
  .object({
    exportId: UuidSchema,
    matterId: UuidSchema,
    unit: UnitIdSchema,
    askedAt: InstantSchema,
    state: z.enum(['waiting', 'working', 'ready', 'gone', 'failed']),
    done: z.int().min(0),
    total: z.int().min(0).nullable().meta({ description: 'Contents to open; null while it is not known' }),
    readyAt: InstantSchema.nullable(),
    expiresAt: InstantSchema.nullable().meta({ description: 'Fetched or not, the files are removed then' }),
    fetched: z.array(z.enum(['pdf', 'json'])),
  })
  .meta({ id: 'CaseFileExport' });
export type CaseFileExportView = z.infer<typeof CaseFileExportSchema>;
export const CaseFileExportPageSchema = pageOf(CaseFileExportSchema, 'CaseFileExportPage');
export type CaseFileExportPage = z.infer<typeof CaseFileExportPageSchema>;

/** The signed statement of what was taken out; check it offline with `npm run receipt`. */
export const TransferReceiptViewSchema = z
  .object({ exportId: UuidSchema, receipt: z.string(), keysAt: z.string() })
  .meta({ id: 'TransferReceipt' });
export type TransferReceiptView = z.infer<typeof TransferReceiptViewSchema>;
