import { bundleWorkflowCode, type WorkflowBundleWithSourceMap } from '@temporalio/worker';
import { FAILURE_CONVERTER_PATH } from './data-converter.js';
import { createLogger } from './redacting-logger.js';

export interface BundleSource {
  /** The absolute path of the bundle's entry (`workflows/registry`): every function it exports is a workflow. */
  readonly entry: string;
  /** `source` follows the doors to TypeScript (tests); `dist` to what `npm run build` compiled (the file of production). */
  readonly from: 'source' | 'dist';
}

/** Bundles the workflows with the failure converter inside. One to two seconds: once a process. */
export async function bundleWorkflows({ entry, from }: BundleSource): Promise<WorkflowBundleWithSourceMap> {
  return await bundleWorkflowCode({
    workflowsPath: entry,
    failureConverterPath: FAILURE_CONVERTER_PATH,
    logger: createLogger('warn'),
    webpackConfigHook: (config) =>
      from === 'dist'
        ? config
        : { ...config, resolve: { ...config.resolve, conditionNames: ['source', '...'] } },
  });
}
