import {
  addDays,
  type Holiday,
  holidayOn,
  instantOf,
  isPublicHoliday,
  type LocalDate,
  localDateOfInstant,
  localTimeOf,
  nextWorkingDay,
  weekdayOf,
} from '#calendar';

/** The night that ends in a public holiday, and the first day after it that offices open. */
export interface HolidayNight {
  readonly holiday: Holiday;
  /** 02:40 in the night before the day of the holiday, Europe/Stockholm. */
  readonly alarmAt: Date;
  readonly nextOfficeDay: LocalDate;
}

const ALARM = localTimeOf(2, 40);
const FRIDAY = 5;

/**
 * The next public holiday on a weekday whose night is still to come at `now`. Ordinary weekends do not count: the point
 * is a weekday on which nobody is at the office (domain.md D4).
 */
export function nextHolidayNight(now: Date): HolidayNight {
  for (let day = localDateOfInstant(now); ; day = addDays(day, 1)) {
    const holiday = holidayOn(day);
    const alarmAt = instantOf(day, ALARM);
    if (holiday !== undefined && isPublicHoliday(day) && weekdayOf(day) <= FRIDAY && alarmAt > now) {
      return { holiday, alarmAt, nextOfficeDay: nextWorkingDay(day) };
    }
  }
}
