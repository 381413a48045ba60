import { expect, test } from '@jest/globals';
import { readMessage } from './read-message.js';

test('a message is read as people read it', () => {
  const raw = [
    'From: Handslag <no-reply@handslag.local>',
    'Message-ID: <notice-1@handslag.local>',
    'Subject: =?UTF-8?Q?Ny_h=C3=A4ndelse?=',
    ' =?UTF-8?Q?_i_inkorgen?=',
    'Content-Type: text/plain; charset=utf-8',
    'Content-Transfer-Encoding: quoted-printable',
    '',
    'Det finns n=C3=A5got att =',
    '=C3=B6ppna.',
    '',
  ].join('\r\n');
  expect(readMessage(raw)).toEqual({
    from: 'Handslag <no-reply@handslag.local>',
    messageId: 'notice-1@handslag.local',
    subject: 'Ny händelse i inkorgen',
    body: 'Det finns något att öppna.',
  });
});

test('base64 and plain bodies are read too', () => {
  const coded = `Subject: x\nContent-Transfer-Encoding: base64\n\n${Buffer.from('åäö').toString('base64')}\n`;
  expect(readMessage(coded).body).toBe('åäö');
  expect(readMessage('Subject: x\n\nåäö = 3\n').body).toBe('åäö = 3');
});
