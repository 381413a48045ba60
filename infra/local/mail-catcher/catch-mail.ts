import { appendFileSync } from 'node:fs';
import { SMTPServer } from 'smtp-server';
import { readMessage } from './read-message.js';

/** Listens for SMTP on 127.0.0.1 and writes a JSON line per message; sends nothing on. Resolves with how to close it. */
export async function catchMail(port: number, file: string): Promise<{ close(): Promise<void> }> {
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
        const message = readMessage(Buffer.concat(chunks).toString('utf8'));
        try {
          // Accepted means stored: the sender takes our answer as delivery.
          appendFileSync(
            file,
            `${JSON.stringify({ receivedAt: new Date().toISOString(), to, ...message })}\n`,
            {
              mode: 0o600,
            },
          );
          done();
        } catch (error) {
          done(error instanceof Error ? error : new Error(String(error)));
        }
      });
    },
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  server.on('error', () => {}); // a peer that hangs up is its own affair
  return { close: () => new Promise((resolve) => server.close(() => resolve())) };
}
