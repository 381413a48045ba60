import type { Transporter } from 'nodemailer';
import type { DirectorySnapshot } from '#domain';
import { noticeOf } from './notice-text.js';
import { type NoticeJob, NoticeJobSchema } from './notification-outbox.js';

/** Sends a notice to the unit's function by mail; never to a person. */
export class MailSender {
  constructor(
    private readonly mail: Transporter,
    private readonly to: { readonly domain: string; readonly link: string },
    private readonly snapshot: () => Promise<DirectorySnapshot>,
  ) {}

  async send(data: NoticeJob): Promise<void> {
    const job = NoticeJobSchema.parse(data);
    const { subject, text } = noticeOf(job.kind, this.to.link, await this.numberOf(job.ringUnit));
    await this.mail.sendMail({
      from: `handslag@${this.to.domain}`,
      to: `${job.function}@${job.unitId}.${this.to.domain}`,
      subject,
      text,
      // The same notice sent twice after a crash is one message to a mail system that looks.
      messageId: `<${job.id}@${this.to.domain}>`,
    });
  }

  private async numberOf(unit: string | null): Promise<string | null> {
    if (unit === null) return null;
    const { contactPoints } = await this.snapshot();
    return contactPoints.find((point) => point.unit === unit && point.purpose === 'ring')?.value ?? null;
  }
}
