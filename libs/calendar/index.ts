export type { Because, BecauseCode, RuleCitation } from './because.js';
export { CalendarError, type CalendarErrorCode } from './calendar-error.js';
export { CALENDAR_VERSION, type Due, type DueContext, due, type EvaluatedCalendar } from './due.js';
export { type Holiday, holidayName, holidayOn, holidaysOf, isEve, isPublicHoliday } from './holidays.js';
export {
  addDays,
  addMonths,
  daysBetween,
  daysOfYear,
  FIRST_YEAR,
  formatDate,
  LAST_YEAR,
  type LocalDate,
  localDateOf,
  parseLocalDate,
  type Weekday,
  weekdayOf,
  yearOf,
} from './local-date.js';
export { type LocalTime, localTimeOf, minutesOf, parseLocalTime } from './local-time.js';
export {
  type OfficeDay,
  type OfficeHours,
  type OfficeHoursException,
  type OfficeHoursRow,
  type OpenHours,
  type Opening,
  officeDayOf,
  openingsOn,
  validateOfficeHours,
  type WeeklyOfficeHours,
} from './office-hours.js';
export {
  endOfFirstOfficeDay,
  endOfOfficeDay,
  isOpen,
  nextOpening,
  officeDaysAdded,
  officeTimeAdded,
  openFrom,
} from './office-time.js';
export { type NamedEvent, needsOfficeHours, type Period, type Roll, validatePeriod } from './period.js';
export {
  endOfDay,
  formatLocalInstant,
  formatLocalTime,
  instantOf,
  instantOfLocal,
  type LocalDateTime,
  localDateOfInstant,
  localDateTimeOf,
  type Occurrence,
  offsetMinutesAt,
  startOfDay,
  ZONE,
} from './stockholm-time.js';
export type { Language, Text } from './text.js';
export {
  addWorkingDays,
  isWorkingDay,
  nextWorkingDay,
  rollToWorkingDay,
  whyNotWorkingDay,
} from './working-days.js';
