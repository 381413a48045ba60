import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { type InstantOrNever, instantOrNever } from '#database';

const instant = { type: 'timestamptz', precision: 3 } as const;

/** What the watchdog sees that should not be, from when it was first seen until it was gone: figures, never content. */
@Entity('finding')
@Index('finding_open', ['kind', 'place'], {
  unique: true,
  where: `(cleared_at = 'infinity'::timestamp with time zone)`,
})
export class FindingEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'finding_pk' }) id: string;
  @Column('text') kind: string;
  /** The schema, the party or the check that it is about; empty when there is none. */
  @Column('text') place: string;
  /** Record time, like everything that people see. */
  @Column({ ...instant }) since: Date;
  @Column({ name: 'last_seen', ...instant }) lastSeen: Date;
  @Column({
    name: 'cleared_at',
    ...instant,
    default: () => `'infinity'`,
    transformer: instantOrNever,
  })
  clearedAt: InstantOrNever;
  @Column('integer') count: number;
  @Column({ name: 'oldest_at', ...instant, nullable: true }) oldestAt: Date | null;
  @Column({ name: 'mailed_at', ...instant, nullable: true }) mailedAt: Date | null;
}
