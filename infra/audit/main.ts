// npm run -s audit:export [-- --authority <name> …] [-- --persons] > audit.jsonl: the audit, to be checked anywhere.
import { once } from 'node:events';
import { Problem } from '../local/problem.js';
import { recordUrl } from '../operator/addresses.js';
import { openAsOperator, readOptions, runOperator } from '../operator/operator-command.js';
import { exportAudit } from './export-audit.js';

const USAGE =
  'Usage: npm run -s audit:export -- [--authority <name>]… [--persons] > <file> (JSON lines; check them with npm run verify -- --export <file>)';

/** 0: the whole of it was written. */
async function main([subcommand, ...args]: readonly string[]): Promise<number> {
  if (subcommand !== 'export') throw new Problem(USAGE);
  const { authority, persons } = readOptions(
    args,
    { authority: { type: 'string', multiple: true }, persons: { type: 'boolean' } },
    USAGE,
  );
  const record = await openAsOperator(recordUrl(process.env), 'audit export');
  try {
    await exportAudit({
      record,
      authorities: authority ?? [],
      persons: persons ?? false,
      write: async (line) => {
        if (!process.stdout.write(`${line}\n`)) await once(process.stdout, 'drain');
      },
    });
    return 0;
  } finally {
    await record.destroy();
  }
}

await runOperator(main);
