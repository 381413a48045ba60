import { z } from 'zod';
import { WireIdSchema } from './wire.js';

const CaseRefSchema = z.object({ caseId: WireIdSchema });
/** The case of a process, by its id in its party's schema. */
export type CaseRef = z.infer<typeof CaseRefSchema>;

/** A party's record of the cases of one process. */
export interface CaseBook<Facts> {
  /** What the story may know of the case as it stands now: ids, codes and instants (C5). */
  facts(of: CaseRef): Promise<Facts>;
  /** Closes the case's stream; closing it again changes nothing. */
  close(of: CaseRef): Promise<void>;
}

export interface CaseDeps<Facts> {
  readonly book: CaseBook<Facts>;
}

/**
 * The two activities that every process has, for its own factory to name: the facts, of which only what the schema has
 * leaves, and the closing.
 */
export function caseActivities<Facts>(schema: z.ZodType<Facts>, { book }: CaseDeps<Facts>) {
  return {
    facts: async (of: CaseRef): Promise<Facts> => schema.parse(await book.facts(CaseRefSchema.parse(of))),
    close: async (of: CaseRef): Promise<void> => {
      await book.close(CaseRefSchema.parse(of));
    },
  };
}
