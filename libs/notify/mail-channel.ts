import type { Transporter } from 'nodemailer';
import type { DirectorySnapshot } from '#domain';
import { DELIVERED, type DeliveryOutcome, type NoticeChannel, undelivered } from './channel.port.js';
import { ringNumberOf } from './channels-for.js';
import type { Notice } from './notice.js';
import { mailWords, type NoticeLink } from './notice-words.js';

/** Where the functions' addresses are (`on-duty@<unit>.<domain>`), and what a notice points to. */
export interface NotifyAddresses {
  readonly domain: string;
  readonly link: NoticeLink;
}

/** The address of a function of a unit; never a person's. */
export function addressOf(unitId: string, ofFunction: string, { domain }: NotifyAddresses): string {
  return `${ofFunction}@${unitId}.${domain}`;
}

/** Sends a notice to the unit's function by mail; never to a person. */
export class MailChannel implements NoticeChannel {
  readonly name = 'email';

  constructor(
    private readonly mail: Transporter,
    private readonly to: NotifyAddresses,
    private readonly snapshot: () => Promise<DirectorySnapshot>,
  ) {}

  async send(notice: Notice): Promise<DeliveryOutcome> {
    const ring =
      notice.ringUnit === null ? null : ringNumberOf(await this.snapshot(), notice.ringUnit, notice.at);
    const { subject, text } = mailWords(notice.kind, this.to.link, ring);
    try {
      await this.mail.sendMail({
        from: `handslag@${this.to.domain}`,
        to: addressOf(notice.unitId, notice.function, this.to),
        subject,
        text,
        // The same notice sent twice after a crash is one message to a mail system that looks.
        messageId: `<${notice.id}@${this.to.domain}>`,
      });
      return DELIVERED;
    } catch (error) {
      return undelivered(isRefusal(error) ? 'REFUSED' : 'UNREACHABLE');
    }
  }
}

/** A mail server that answers 5xx will answer the same the next time (RFC 5321 4.2.1); all else may pass. */
function isRefusal(error: unknown): boolean {
  const code: unknown = Object(error).responseCode;
  return typeof code === 'number' && code >= 500 && code < 600;
}
