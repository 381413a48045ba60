import { z } from 'zod';
import { WireIdSchema } from './wire.js';

const ErasureSchema = z.object({ decisionId: WireIdSchema });
/** A disposal decision by its id: all that Temporal may know of it (C5). */
export type Erasure = z.infer<typeof ErasureSchema>;

const ErasureStepSchema = z.object({ left: z.number().int().min(0) });
/** How many persons of the decision are still to be done. */
export type ErasureStep = z.infer<typeof ErasureStepSchema>;

/** The disposals of one party. Each of these may be asked again at any time, and does nothing twice. */
export interface ErasureBook {
  /**
   * Makes the approved decision known to custody, whose guarded functions obey it; refuses one that is not approved. One
   * that custody refuses ends in the party's record: nobody of it is left, and nothing is proved.
   */
  publish(erasure: Erasure): Promise<void>;
  /** Erases some of the persons of the decision, or passes over who has become current; says how many are left. */
  eraseSome(erasure: Erasure): Promise<ErasureStep>;
  /** Tries to open what was erased, keeps the figures and the signed receipt, and closes the decision's stream. */
  prove(erasure: Erasure): Promise<void>;
}

export interface ErasureDeps {
  readonly book: ErasureBook;
}

/** The carrying out of disposal decisions, served on the task queue `party.<party>`. */
export function createErasureActivities({ book }: ErasureDeps) {
  return {
    async publishErasure(erasure: Erasure): Promise<void> {
      await book.publish(ErasureSchema.parse(erasure));
    },
    async eraseSome(erasure: Erasure): Promise<ErasureStep> {
      return ErasureStepSchema.parse(await book.eraseSome(ErasureSchema.parse(erasure)));
    },
    async proveErasure(erasure: Erasure): Promise<void> {
      await book.prove(ErasureSchema.parse(erasure));
    },
  };
}
export type ErasureActivities = ReturnType<typeof createErasureActivities>;
