const SEPARATED = /^(\d{6})([-+])?([0-9A-Z]{4})$/;
const WITH_CENTURY = /^(\d{8})-?([0-9A-Z]{4})$/;
/** A coordination number's day is sixty too high. */
const COORDINATION = 60;

/** A number as it is found: with its century, where that is written or follows, and without. */
export interface NumberKeys {
  /** Twelve characters; null where nobody can tell the century. */
  readonly withCentury: string | null;
  /** The last ten. */
  readonly withoutCentury: string;
}

/**
 * Normalises a Swedish personal or coordination number, in whatever way it was written, as of a day (`YYYY-MM-DD`).
 * The control digit is not asked for: a number that was kept as unverified is found by what was typed. Of ten
 * characters, `+` says that the person is in the year of the hundredth birthday or later (folkbokföringslagen 18 §); `-` or nothing, the
 * latest century in which the birth is not in the future. Null when it is written like no such number; letters among the last four
 * are those of a hospital's temporary number.
 */
export function numberKeys(typed: string, today: string): NumberKeys | null {
  const text = typed.replaceAll(/[\s.]/g, '').replaceAll(/[–−]/g, '-').toUpperCase();
  const whole = WITH_CENTURY.exec(text);
  if (whole?.[1] !== undefined && whole[2] !== undefined) {
    return { withCentury: whole[1] + whole[2], withoutCentury: whole[1].slice(2) + whole[2] };
  }
  const short = SEPARATED.exec(text);
  if (short?.[1] === undefined || short[3] === undefined) return null;
  const [, born, separator, last] = short;
  const withoutCentury = born + last;
  const century = centuryOf(born, separator === '+', today);
  return { withCentury: century === null ? null : century + withoutCentury, withoutCentury };
}

/** What to look for when this was typed: with the century where it was given or marked, else without. */
export function numberSought(typed: string, today: string): string | null {
  const keys = numberKeys(typed, today);
  if (keys === null) return null;
  const saysCentury = WITH_CENTURY.test(typed.replaceAll(/[\s.]/g, '').toUpperCase()) || typed.includes('+');
  return saysCentury ? (keys.withCentury ?? keys.withoutCentury) : keys.withoutCentury;
}

function centuryOf(born: string, isHundred: boolean, today: string): string | null {
  const day = Number(born.slice(4, 6));
  const month = born.slice(2, 4);
  const realDay = String(day > COORDINATION ? day - COORDINATION : day).padStart(2, '0');
  const thisYear = Number(today.slice(0, 4));
  const centuries = [0, 1, 2].map((back) => Math.floor(thisYear / 100) - back);
  const notInFuture = centuries.filter((one) => `${one}${born.slice(0, 2)}-${month}-${realDay}` <= today);
  // The sign changes in the calendar year of the hundredth birthday, not on the day.
  const fitting = isHundred
    ? notInFuture.filter((one) => thisYear - Number(`${one}${born.slice(0, 2)}`) >= 100)
    : notInFuture;
  return fitting[0] === undefined ? null : String(fitting[0]);
}
