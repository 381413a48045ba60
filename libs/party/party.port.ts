import type { DynamicModule, Type } from '@nestjs/common';
import type { PartyService, SchemaDefinition } from '#database';
import type { Label } from '#domain';

export type PartyName = PartyService;

/**
 * A party as a value: what its service is, and what it does beyond the door that all share. An app is one of these
 * and its features.
 */
export interface Party {
  readonly name: PartyName;
  readonly title: Label;
  /** The party's own tables; its schema is named after it. */
  readonly schema: SchemaDefinition;
  /** Nest modules with the party's own nouns. */
  readonly features: readonly (Type | DynamicModule)[];
}
