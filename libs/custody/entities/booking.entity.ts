import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { instant } from './column-types.js';
import { MatterEntity } from './matter.entity.js';

/**
 * A meeting that is booked, one a matter; gone when it is over. Only the guarded functions read it: nobody sees whom else a site
 * or a colleague waits for. The site is a keyed digest.
 */
@Entity('booking')
@Index('booking_by_site', ['site', 'startsAt'])
@Index('booking_by_person', ['person', 'startsAt'])
@Check('booking_forward', 'starts_at < ends_at')
export class BookingEntity {
  @ForeignKey(() => MatterEntity, 'id', { name: 'booking_matter' })
  @PrimaryColumn('uuid', { name: 'matter_id', primaryKeyConstraintName: 'booking_pk' })
  matterId: string;
  @Column('uuid', { name: 'incident_id' }) incidentId: string;
  @Column('boolean', { name: 'is_his' }) isHis: boolean;
  @Column('text', { name: 'unit_id' }) unitId: string;
  @Column('text') person: string;
  @Column('text') site: string;
  @Column({ name: 'starts_at', ...instant }) startsAt: Date;
  @Column({ name: 'ends_at', ...instant }) endsAt: Date;
}
