// Checks a receipt offline: npm run receipt -- verify receipt.json --keys keys.json
import { receiptCommand } from './receipt-command.js';

// npm runs in the project's folder; file names are meant from where the reader stands.
const folder = process.env['INIT_CWD'] ?? process.cwd();
process.exitCode = await receiptCommand(process.argv.slice(2), folder, {
  line: (text) => void process.stdout.write(`${text}\n`),
  problem: (sentence) => void process.stderr.write(`${sentence}\n`),
});
