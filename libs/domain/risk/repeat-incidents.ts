/** Another incident of the same person in the unit. */
export interface OtherIncident {
  readonly incidentId: string;
  readonly at: Date;
}

/** For how long a further incident counts as a repeated one. Configuration, U. */
export const REPEATS_WITHIN_MONTHS = 12;

/**
 * The days of the incidents of one person within twelve months before an instant, the newest first, each incident once,
 * whatever number of matters it has. Only what the unit itself has is given in here: nobody else is asked or told.
 */
export function repeatIncidents(others: readonly OtherIncident[], now: Date): Date[] {
  const since = new Date(now);
  since.setUTCMonth(since.getUTCMonth() - REPEATS_WITHIN_MONTHS);
  const first = new Map<string, Date>();
  for (const { incidentId, at } of others) {
    const known = first.get(incidentId);
    if (known === undefined || at < known) first.set(incidentId, at);
  }
  return [...first.values()]
    .filter((at) => at > since && at <= now)
    .sort((one, other) => other.getTime() - one.getTime());
}
