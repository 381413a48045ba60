import { Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';
import { instant } from './column-types.js';
import { IncidentEntity } from './incident.entity.js';

/** One act of sending: several handoffs, all or none. */
@Entity('dispatch')
@Unique('one_dispatch_a_preview', ['previewId'])
@Index('dispatch_by_incident', ['incidentId'])
export class DispatchEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'dispatch_pk' }) id: string;
  @ForeignKey(() => IncidentEntity, 'id', { name: 'dispatch_incident' })
  @Column('uuid', { name: 'incident_id' })
  incidentId: string;
  @Column('uuid', { name: 'preview_id' }) previewId: string;
  @Column('text', { name: 'from_unit' }) fromUnit: string;
  @Column('text', { name: 'sent_by' }) sentBy: string;
  @Column({ name: 'sent_at', ...instant }) sentAt: Date;
}
