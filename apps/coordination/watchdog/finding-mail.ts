import type { Transporter } from 'nodemailer';
import { type DirectorySnapshot, isStaffed, staffedUnitAt, type UnitId } from '#domain';
import { addressOf, type NotifyAddresses } from '#notify';
import { findingKind } from './finding-kinds.js';
import type { OpenFinding } from './findings.repository.js';

/** Whom a finding reaches: the coordinator when open, else a function that is staffed at that hour (C3). */
export function whomToTell(
  snapshot: DirectorySnapshot,
  at: Date,
): { readonly unit: UnitId; readonly function: string } {
  const coordination = snapshot.units.find(({ party }) => party === 'coordination');
  if (coordination === undefined) throw new Error('the directory has no coordination unit');
  if (isStaffed(snapshot, coordination.id, at) === true)
    return { unit: coordination.id, function: 'coordinator' };
  const staffed = staffedUnitAt(snapshot, coordination.id, at);
  return staffed === undefined
    ? { unit: coordination.id, function: 'coordinator' }
    : { unit: staffed.unit.id, function: 'on-duty' };
}

/** Mails findings, once each, in both languages: what it is, how many, what to do. No ids, no content (C5). */
export class FindingMail {
  constructor(
    private readonly mail: Transporter,
    private readonly addresses: NotifyAddresses,
    private readonly snapshot: () => Promise<DirectorySnapshot>,
  ) {}

  async send(findings: readonly OpenFinding[], at: Date): Promise<void> {
    const { unit, function: ofFunction } = whomToTell(await this.snapshot(), at);
    const lines = (language: 'sv' | 'en') =>
      findings.flatMap(({ kind, place, count }) => {
        const { label, next } = findingKind(kind);
        const where = place === '' ? '' : ` [${place}]`;
        return [`* ${label[language]} (${count})${where}`, `  ${next[language]}`];
      });
    await this.mail.sendMail({
      from: `handslag@${this.addresses.domain}`,
      to: addressOf(unit, ofFunction, this.addresses),
      subject: 'Handslag: vakten har hittat något / the watchdog has found something',
      text: [...lines('sv'), '', ...lines('en'), '', this.addresses.link, ''].join('\n'),
    });
  }
}
