import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import type {
  InvestigationStep,
  RvcIntervention,
  SESSION_CONTENTS,
  SessionState,
  SupportChannel,
  SupportModality,
} from '#domain';
import { RecordedAct } from '#party';

/** How somebody came and that support began; need and decision are sealed. */
@Entity('support_beginning')
@Index('support_beginning_version', ['matterId', 'version'], { unique: true })
export class SupportBeginningEntity extends RecordedAct {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'support_beginning_pk' }) id: string;
  @Column('uuid', { name: 'matter_id' }) matterId: string;
  @Column('text') channel: SupportChannel;
  @Column('boolean') anonymous: boolean;
  @Column('boolean', { name: 'asks_as_couple' }) asksAsCouple: boolean;
  @Column({ name: 'referred_at', type: 'timestamptz', precision: 3 }) referredAt: Date;
}

/** A session as it stood after one act: booked, held or not (REC-6). The newest version counts. */
@Entity('support_session')
@Index('support_session_version', ['sessionId', 'version'], { unique: true })
@Index('support_session_of_matter', ['matterId'])
export class SupportSessionEntity extends RecordedAct {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'support_session_pk' }) id: string;
  @Column('uuid', { name: 'matter_id' }) matterId: string;
  @Column('uuid', { name: 'session_id' }) sessionId: string;
  @Column('text') state: SessionState;
  @Column('text') intervention: RvcIntervention;
  @Column('text') modality: SupportModality;
  @Column('text', { nullable: true }) content: keyof typeof SESSION_CONTENTS | null;
  @Column({ name: 'starts_at', type: 'timestamptz', precision: 3 }) startsAt: Date;
}

/** A step about the investigation of RVT; what it is called there is sealed. */
@Entity('support_investigation')
@Index('support_investigation_version', ['matterId', 'version'], { unique: true })
export class SupportInvestigationEntity extends RecordedAct {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'support_investigation_pk' }) id: string;
  @Column('uuid', { name: 'matter_id' }) matterId: string;
  @Column('text') step: InvestigationStep;
  @Column({ name: 'bridged_until', type: 'timestamptz', precision: 3, nullable: true })
  bridgedUntil: Date | null;
  @Column({ name: 'stepped_at', type: 'timestamptz', precision: 3 }) steppedAt: Date;
}
