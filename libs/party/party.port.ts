import type { DynamicModule, Type } from '@nestjs/common';
import type { ModuleRef } from '@nestjs/core';
import type { PartyService, SchemaDefinition } from '#database';
import type { Label } from '#domain';

/** A party's own activities: the queue that the workflows call, and what serves it. */
export interface PartyWorker {
  readonly queue: string;
  /** Builds the activities from what the started service provides. */
  readonly activities: (app: ModuleRef) => Record<string, (...args: never[]) => Promise<unknown>>;
}

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
  /** False for coordination, whose service holds nothing and has no keys. */
  readonly holdsMatters: boolean;
  /** What the party's queue in Temporal serves; none for a party that no process asks anything of. */
  readonly worker?: PartyWorker;
}
