export { DIRECTORY_SCHEMA } from './directory-schema.js';
export { type FileRefusal, type FileRefusalCode, formatRefusals, type LoadResult } from './file-refusal.js';
export { type Loaded, loadDirectory } from './load-directory.js';
export {
  changeMandate,
  loadPersonas,
  type MandateChange,
  type MandateOfUnit,
  type MandateProposed,
  type MandateState,
  mandatesOf,
  proposalsOf,
} from './mandates.js';
export { generatePersonas, type Persona } from './personas.js';
export { readSnapshot } from './read-snapshot.js';
export { advanceRecordTime, recordNow, setTimeMachine } from './record-time.js';
export {
  type NewRotaSpell,
  onDuty,
  putOnRota,
  type RotaDuty,
  type RotaSpell,
  rotaOf,
  takeOffRota,
} from './rota.js';
export { shippedDataFolder, snapshotFromFiles } from './snapshot-from-files.js';
