import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, expect, test } from '@jest/globals';
import nodemailer from 'nodemailer';
import { latestMail } from '../../issuer/caught-mail.js';
import { freePorts } from '../ports.js';
import { catchMail } from './catch-mail.js';

const folder = mkdtempSync(path.join(os.tmpdir(), 'handslag-mail-'));
afterAll(() => rmSync(folder, { recursive: true }));

const letter = {
  from: 'Handslag <no-reply@handslag.local>',
  to: 'rvt-sydvast@handslag.local',
  subject: 'Något väntar på er',
  text: 'Det finns något att öppna i Handslag.',
};

test('a mail that was accepted is stored, as people read it', async () => {
  const [port = 0] = await freePorts(1);
  const file = path.join(folder, 'messages.jsonl');
  const catcher = await catchMail(port, file);
  try {
    await nodemailer.createTransport(`smtp://127.0.0.1:${port}`).sendMail(letter);
  } finally {
    await catcher.close();
  }
  expect(await latestMail(file)).toMatchObject([
    { to: ['rvt-sydvast@handslag.local'], subject: letter.subject, body: letter.text },
  ]);
});

test('a mail that cannot be stored is not accepted, so that its sender tries again', async () => {
  const [port = 0] = await freePorts(1);
  const catcher = await catchMail(port, path.join(folder, 'no-such-folder', 'messages.jsonl'));
  try {
    await expect(nodemailer.createTransport(`smtp://127.0.0.1:${port}`).sendMail(letter)).rejects.toThrow();
  } finally {
    await catcher.close();
  }
});
