export * from './directory-schema.js';
export { type FileRefusal, type FileRefusalCode, formatRefusals, type LoadResult } from './file-refusal.js';
export { shippedDataFolder, snapshotFromFiles } from './snapshot-from-files.js';
