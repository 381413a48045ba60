// Catches what Handslag mails in local mode: SMTP in, one JSON line per message out. Sends nothing on.
import { appendFileSync } from 'node:fs';
import { SMTPServer } from 'smtp-server';
import { z } from 'zod';
import { readMessage } from './read-message.js';

const config = z.object({ PORT: z.coerce.number(), HANDSLAG_MAIL_FILE: z.string() }).parse(process.env);

const server = new SMTPServer({
  authOptional: true,
  disabledCommands: ['AUTH', 'STARTTLS'],
  size: 1_000_000,
  onData(stream, session, done) {
    const chunks: Buffer[] = [];
    stream.on('data', (chunk: Buffer) => chunks.push(chunk));
    stream.on('error', done);
    stream.on('end', () => {
      const to = session.envelope.rcptTo.map(({ address }) => address);
      const line = {
        receivedAt: new Date().toISOString(),
        to,
        ...readMessage(Buffer.concat(chunks).toString('utf8')),
      };
      try {
        // Accepted means stored: the sender takes our answer as delivery.
        appendFileSync(config.HANDSLAG_MAIL_FILE, `${JSON.stringify(line)}\n`, { mode: 0o600 });
        done();
      } catch (error) {
        done(error instanceof Error ? error : new Error(String(error)));
      }
    });
  },
});
server.listen(config.PORT, '127.0.0.1');
process.once('SIGTERM', () => server.close(() => process.exit(0)));
