import { buildSnapshot } from './build-snapshot.js';
import { checkContactData } from './check-contact-data.js';
import { checkCounts } from './check-counts.js';
import { checkDays } from './check-days.js';
import { checkNames } from './check-names.js';
import type { DirectoryRows } from './directory-file.js';
import type { DirectoryRecords } from './directory-records.js';
import type { FileRefusals } from './file-refusal.js';

/** Everything data/README.md ("Refresh", 2) tells a loader to refuse. */
export function checkDirectory(rows: DirectoryRows, records: DirectoryRecords, refusals: FileRefusals): void {
  checkContactData(rows, refusals);
  checkNames(rows, refusals);
  // Days are checked by the functions that route: they need rows whose names fit together.
  if (refusals.all.length > 0) return;
  const snapshot = buildSnapshot(records, 'being checked');
  checkCounts(rows, snapshot, refusals);
  checkDays(rows, snapshot, refusals);
}
