import { localTimeOf, type OfficeHours } from '#calendar';

/**
 * The hours that the directory assumes for a district's units: those of Rinkeby's ordinary social services in 2006, the
 * only ones found (libs/directory/data/office_hours.csv). A question on the command line names no unit, so these stand
 * in, and the answer says so.
 */
export const ASSUMED_OFFICE_HOURS: OfficeHours = {
  kind: 'weekly',
  version: 'rinkeby-2006',
  label: {
    sv: 'antagna för en stadsdels enheter (måndag–torsdag 08.00–16.30, fredag 08.00–16.00)',
    en: "assumed for a district's units (Monday to Thursday 08:00–16:30, Friday 08:00–16:00)",
  },
  rows: [
    { days: ['MON', 'TUE', 'WED', 'THU'], hours: { opens: localTimeOf(8, 0), closes: localTimeOf(16, 30) } },
    { days: ['FRI'], hours: { opens: localTimeOf(8, 0), closes: localTimeOf(16, 0) } },
    { days: ['SAT', 'SUN', 'HOLIDAY'], hours: 'closed' },
  ],
  exceptions: [],
};
