import { fileURLToPath } from 'node:url';
import type { DataConverter } from '@temporalio/common';
import { EncryptingCodec } from './encrypting.codec.js';
import type { CodecKey } from './temporal-config.schema.js';

const extension = import.meta.url.endsWith('.ts') ? 'cts' : 'cjs';

/** Where the failure converter is; the bundle needs it as well as worker and client, or messages leak in the clear. */
export const FAILURE_CONVERTER_PATH = fileURLToPath(
  new URL(`./failure-converter.${extension}`, import.meta.url),
);

/** How values become payloads in every service: JSON, failures encoded, all of it encrypted. */
export function createDataConverter(keys: readonly CodecKey[]): DataConverter {
  return { failureConverterPath: FAILURE_CONVERTER_PATH, payloadCodecs: [new EncryptingCodec(keys)] };
}
