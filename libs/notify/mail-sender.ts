import type { Transporter } from 'nodemailer';
import type { DirectorySnapshot } from '#domain';
import { type Notice, NoticeSchema } from './notice.js';
import { noticeOf } from './notice-text.js';

/** Where the functions' addresses are (`on-duty@<unit>.<domain>`), and what a notice points to. */
export interface NotifyAddresses {
  readonly domain: string;
  readonly link: string;
}

/** The address of a function of a unit; never a person's. */
export function addressOf(unitId: string, ofFunction: string, { domain }: NotifyAddresses): string {
  return `${ofFunction}@${unitId}.${domain}`;
}

/** Sends a notice to the unit's function by mail; never to a person. */
export class MailSender {
  constructor(
    private readonly mail: Transporter,
    private readonly to: NotifyAddresses,
    private readonly snapshot: () => Promise<DirectorySnapshot>,
  ) {}

  async send(notice: Notice): Promise<void> {
    const known = NoticeSchema.parse(notice);
    const { subject, text } = noticeOf(known.kind, this.to.link, await this.numberOf(known.ringUnit));
    await this.mail.sendMail({
      from: `handslag@${this.to.domain}`,
      to: addressOf(known.unitId, known.function, this.to),
      subject,
      text,
      // The same notice sent twice after a crash is one message to a mail system that looks.
      messageId: `<${known.id}@${this.to.domain}>`,
    });
  }

  private async numberOf(unit: string | null): Promise<string | null> {
    if (unit === null) return null;
    const { contactPoints } = await this.snapshot();
    return contactPoints.find((point) => point.unit === unit && point.purpose === 'ring')?.value ?? null;
  }
}
