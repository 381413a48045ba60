/**
 * Whole years on a day, both `YYYY-MM-DD` in Europe/Stockholm; negative before birth. Who was born on 29 February
 * turns on 1 March in a common year: the later day, so that nobody is taken for an adult too early.
 */
export function ageOnDay(birthDate: string, day: string): number {
  const years = Number(day.slice(0, 4)) - Number(birthDate.slice(0, 4));
  return day.slice(5) < birthDate.slice(5) ? years - 1 : years;
}

/** Under eighteen on the day. */
export function isChildOn(birthDate: string, day: string): boolean {
  return ageOnDay(birthDate, day) < 18;
}
