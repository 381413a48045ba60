export interface CaughtMessage {
  readonly from: string;
  /** Without its brackets; the same message sent twice has the same. */
  readonly messageId: string;
  readonly subject: string;
  readonly body: string;
}

/** What people look at in a message of ours: plain text, encoded as our mailer encodes it (RFC 5322, 2045, 2047). */
export function readMessage(raw: string): CaughtMessage {
  const end = raw.search(/\r?\n\r?\n/);
  const head = (end < 0 ? raw : raw.slice(0, end)).replace(/\r?\n[ \t]+/g, ' ');
  const header = (name: string): string =>
    new RegExp(`^${name}:\\s*(.*)$`, 'im').exec(head)?.[1]?.trim() ?? '';
  const body = end < 0 ? '' : raw.slice(end).replace(/^(\r?\n){2}/, '');
  return {
    from: decodeWords(header('From')),
    messageId: header('Message-ID').replace(/^<|>$/g, ''),
    subject: decodeWords(header('Subject')),
    body: decodeBody(body, header('Content-Transfer-Encoding').toLowerCase()).trim(),
  };
}

function decodeBody(body: string, encoding: string): string {
  if (encoding === 'base64') return Buffer.from(body, 'base64').toString('utf8');
  if (encoding === 'quoted-printable') return decodeQuoted(body.replace(/=\r?\n/g, ''));
  return body;
}

function decodeWords(text: string): string {
  return text
    .replace(/\?=\s+=\?/g, '?==?')
    .replace(/=\?utf-8\?([bq])\?([^?]*)\?=/gi, (_, kind: string, coded: string) =>
      kind.toLowerCase() === 'b'
        ? Buffer.from(coded, 'base64').toString('utf8')
        : decodeQuoted(coded.replaceAll('_', ' ')),
    );
}

function decodeQuoted(text: string): string {
  const bytes = text.replace(/=([0-9A-F]{2})/gi, (_, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );
  // Unescaped characters beyond Latin-1 are text already.
  return [...bytes].some((character) => character > '\u00ff')
    ? bytes
    : Buffer.from(bytes, 'latin1').toString('utf8');
}
