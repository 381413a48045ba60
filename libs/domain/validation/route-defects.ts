import { partsInEnvelope } from '../disclosure/index.js';
import { HANDOFF_PHASES } from '../handoff/index.js';
import type { DeadlinePurpose, Route } from '../routes/index.js';
import { UNIT_KINDS } from '../units/index.js';
import type { DomainData } from './domain-data.js';

/** Each route is a whole contract: deadlines, way back, fields, bases, and what C9 demands of a report. */
export function routeDefects(data: DomainData): string[] {
  const ids = data.routes.map((route) => route.id);
  const doubled = ids.filter((id, index) => ids.indexOf(id) !== index);
  return [
    ...doubled.map((id) => `route ${id} exists twice`),
    ...data.routes.flatMap((route) =>
      [
        ...endsOf(route, data),
        ...wayBackOf(route, data),
        ...deadlinesOf(route, data),
        ...fieldsOf(route, data),
        ...permissionsOf(route),
        ...reportOf(route, data),
      ].map((defect) => `route ${route.id}: ${defect}`),
    ),
  ];
}

function endsOf(route: Route, data: DomainData): string[] {
  const defects: string[] = [];
  const kind = data.matterKinds[route.matterKind];
  if (route.id !== `${route.matterKind}.${route.from}.${route.to}`)
    defects.push('its id is not its contract');
  if (kind === undefined) defects.push(`there is no matter kind ${route.matterKind}`);
  else if (!kind.subjects.includes(route.subject))
    defects.push(`${route.matterKind} is not about a ${route.subject}`);
  for (const phase of HANDOFF_PHASES) {
    if (!route.senderView.byPhase[phase].includes('phase'))
      defects.push(`the sender is not told of ${phase}`);
  }
  return defects;
}

function wayBackOf(route: Route, data: DomainData): string[] {
  const defects: string[] = [];
  const other = route.onlyWhileOpen?.otherwise;
  if (other !== undefined && !data.routes.some(({ id }) => id === other)) {
    defects.push(`outside hours it points to ${other}, which does not exist`);
  }
  if (route.wayBack.kind === 'never-left') {
    return route.custody === 'attested' ? defects : [...defects, 'the matter leaves and has no way back'];
  }
  const { route: wayBack, reasons } = route.wayBack;
  const back = data.routes.find(({ id }) => id === wayBack);
  if (back === undefined) return [...defects, `its way back ${wayBack} does not exist`];
  if (back.from !== route.to || back.matterKind !== route.matterKind) {
    defects.push(`its way back ${back.id} does not start with the unit that took the matter`);
  }
  if (reasons.length === 0) defects.push('its way back has no reasons');
  if (route.wayBack.kind === 'hand-back' && back.to !== route.from)
    defects.push(`${back.id} is not a way back to ${route.from}`);
  return defects;
}

/** The clocks that a route must arm, given what may happen on it (C3). */
function purposesOf(route: Route): DeadlinePurpose[] {
  const needed: DeadlinePurpose[] = ['acceptance', 'review'];
  if (route.custody === 'attested') return [...needed, 'recheck'];
  if (route.cancellable) needed.push('cancellation-answer');
  return [...needed, 'delivery', 'first-contact', 'information-answer'];
}

function deadlinesOf(route: Route, data: DomainData): string[] {
  const rules = [
    ...Object.values(route.deadlines).map((deadline) => deadline.rule),
    ...route.statutory.opens,
    ...route.statutory.passes,
  ];
  const unowed = !route.cancellable && route.deadlines['cancellation-answer'] !== undefined;
  return [
    ...(unowed ? ['an answer is owed to a cancellation that cannot be asked'] : []),
    ...purposesOf(route)
      .filter((purpose) => route.deadlines[purpose] === undefined)
      .map((purpose) => `no deadline for ${purpose}`),
    ...rules
      .filter((rule) => !data.deadlineRuleIds.includes(rule))
      .map((rule) => `there is no deadline rule ${rule}`),
    ...Object.values(route.deadlines)
      .filter(({ ladder }) => data.ladders[ladder] === undefined)
      .map(({ ladder }) => `there is no ladder ${ladder}`),
  ];
}

function fieldsOf(route: Route, data: DomainData): string[] {
  const defects: string[] = [];
  const form = data.forms[route.form];
  if (form === undefined) return [`there is no form ${route.form}`];
  for (const id of new Set([...route.permittedFields, ...route.requiredFields])) {
    const field = form.fields[id];
    if (field === undefined) {
      defects.push(`there is no field ${id} in ${route.form}`);
      continue;
    }
    if (field.visibleTo[route.audience] === undefined) defects.push(`${route.audience} may not see ${id}`);
    if (
      !partsInEnvelope(field.concerns, route.subject).every((whom) => (route.bases[whom] ?? []).length > 0)
    ) {
      defects.push(`there is no basis for ${id}`);
    }
  }
  for (const id of route.requiredFields) {
    if (!route.permittedFields.includes(id)) defects.push(`${id} is required and not permitted`);
  }
  for (const basis of Object.values(route.bases).flat()) {
    if (data.bases[basis] === undefined) defects.push(`there is no basis ${basis}`);
  }
  return [...new Set(defects)];
}

function permissionsOf(route: Route): string[] {
  const defects: string[] = [];
  if (route.declinable !== route.declineReasons.length > 0)
    defects.push('declinable and its reasons do not agree');
  if (route.redirectable !== route.redirectReasons.length > 0)
    defects.push('redirectable and its reasons do not agree');
  if (route.attestable !== (route.custody === 'attested'))
    defects.push('attestable and custody do not agree');
  if (UNIT_KINDS[route.to].isOutside !== (route.custody === 'attested')) {
    defects.push('only a unit outside Handslag is attested');
  }
  return defects;
}

const OPENS_WITH_A_REPORT = ['D-01', 'D-02', 'D-03', 'D-04'] as const;
const PASSES_WITH_A_REPORT = ['D-03', 'D-04'] as const;

/** C9: a report cannot be declined, withdrawn, cancelled or entered in error, and its duties run on. */
function reportOf(route: Route, data: DomainData): string[] {
  if (data.matterKinds[route.matterKind]?.isStatutoryReport !== true) return [];
  const defects: string[] = [];
  if (route.declinable || route.withdrawable || route.cancellable || route.errorEnterable) {
    defects.push('a concern report could be declined, withdrawn, cancelled or entered in error');
  }
  if (route.custody === 'attested') return defects;
  const isFirst = !UNIT_KINDS[route.from].takesReports;
  const missing = isFirst
    ? OPENS_WITH_A_REPORT.filter((rule) => !route.statutory.opens.includes(rule))
    : PASSES_WITH_A_REPORT.filter((rule) => !route.statutory.passes.includes(rule));
  if (missing.length > 0) defects.push(`the statutory duties ${missing.join(', ')} are lost`);
  if (!isFirst && route.statutory.opens.length > 0) defects.push('a statutory start would be reset');
  return defects;
}
