/**
 * OUT_OF_RANGE    a year outside the calendar's data;
 * HOURS_REQUIRED  a period in office hours was computed without the hours of a unit;
 * NEVER_OPENS     the given hours hold no opening within the search horizon;
 * EVENT_REQUIRED  a period counts from an event that the context does not name;
 * INVALID_PERIOD  the period is not computable (a count that is not a whole number from 0, no parts).
 */
export type CalendarErrorCode =
  | 'OUT_OF_RANGE'
  | 'HOURS_REQUIRED'
  | 'NEVER_OPENS'
  | 'EVENT_REQUIRED'
  | 'INVALID_PERIOD';

/**
 * Thrown, not returned: each code is a defect of configuration or of the caller, and `validateOfficeHours`,
 * `validatePeriod` and the parsers at the border find it before a due time is ever asked for.
 */
export class CalendarError extends Error {
  override readonly name = 'CalendarError';

  constructor(
    readonly code: CalendarErrorCode,
    message: string,
  ) {
    super(message);
  }
}
