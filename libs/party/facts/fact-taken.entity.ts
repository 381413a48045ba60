import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A published fact that a unit of this party was told, once what follows from it is done in this schema. */
@Entity('fact_taken')
export class FactTakenEntity {
  @PrimaryColumn('uuid', { name: 'fact_id', primaryKeyConstraintName: 'fact_taken_pk' }) factId: string;
  @PrimaryColumn('text', { name: 'unit_id', primaryKeyConstraintName: 'fact_taken_pk' }) unitId: string;
  @Column({ name: 'taken_at', type: 'timestamptz', precision: 3 }) takenAt: Date;
}
