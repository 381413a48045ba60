import { explain } from './explain.js';

// `explain … | head` closes the pipe early: that is no error of the reader's.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
});

process.exitCode = await explain(process.argv.slice(2), {
  line: (text) => void process.stdout.write(`${text}\n`),
  problem: (sentence) => void process.stderr.write(`${sentence}\n`),
});
