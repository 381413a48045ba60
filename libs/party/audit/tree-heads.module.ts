import { type DynamicModule, Module } from '@nestjs/common';
import type { Logger } from '@temporalio/common';
import { DataSource } from 'typeorm';
import { SlowRound } from '../housekeeping/slow-round.js';
import type { Party } from '../party.port.js';
import { TreeHeadWitness } from './tree-head-witness.js';

/** How long a rewritten history can go unseen by this authority. */
const EVERY_MS = 60_000;
const TREE_HEAD_ROUND = Symbol('handslag:tree-head-round');

/** Keeps the signed heads of the authorities' audit trees with the party (C7: each authority keeps the heads it has seen). */
@Module({})
export class TreeHeadsModule {
  static with({ name }: Party, log: Logger): DynamicModule {
    return {
      module: TreeHeadsModule,
      providers: [
        {
          provide: TreeHeadWitness,
          useFactory: (database: DataSource) => new TreeHeadWitness(database, name, log),
          inject: [DataSource],
        },
        {
          provide: TREE_HEAD_ROUND,
          useFactory: (witness: TreeHeadWitness) =>
            new SlowRound('tree-heads', () => witness.look().then(() => undefined), log, EVERY_MS),
          inject: [TreeHeadWitness],
        },
      ],
    };
  }
}
