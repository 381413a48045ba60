// Catches what Handslag mails in local mode, in a process of its own.
import { z } from 'zod';
import { catchMail } from './catch-mail.js';

const config = z.object({ PORT: z.coerce.number(), HANDSLAG_MAIL_FILE: z.string() }).parse(process.env);
const catcher = await catchMail(config.PORT, config.HANDSLAG_MAIL_FILE);
process.once('SIGTERM', () => void catcher.close().then(() => process.exit(0)));
