/**
 * C-11: incidents with a child that falls between all: no open matter, which has one holder (C1), and none that ended with a
 * successor or a decision (C1). One column `id`, of an incident. For the watchdog and `npm run verify`; no parameters.
 */
export const CHILD_WITHOUT_OWNER_SQL = `
select c.incident_id as id from custody.child_without_owner c order by c.incident_id`;
