import type { Role } from '../units/index.js';
import { keysOf, type Label } from '../wording/index.js';

/**
 * What a permission reaches. `content` opens or writes what is sealed, or names persons and their matters; the others
 * never do. An administrator and a coordinator have no permission that reaches content, an auditor none but the audit.
 */
export const REACHES = {
  content: { sv: 'ärenden och deras innehåll', en: 'matters and their content' },
  audit: { sv: 'loggen, utan innehåll', en: 'the audit, without content' },
  staffing: { sv: 'uppdrag och schema', en: 'mandates and rota' },
  overview: {
    sv: 'klockor och enheter, utan ärendets slag eller person',
    en: 'clocks and units, no kind or person',
  },
  retention: {
    sv: 'vilka akter som gallras och varför, utan innehåll',
    en: 'which files go and why, without content',
  },
  directory: { sv: 'katalogen', en: 'the directory' },
} as const satisfies Record<string, Label>;
export type Reach = keyof typeof REACHES;

interface PermissionDefinition {
  readonly label: Label;
  readonly roles: readonly [Role, ...Role[]];
  readonly reach: Reach;
}

const WORKERS = ['case-worker', 'unit-head', 'liaison'] as const;
const EVERYONE = ['case-worker', 'unit-head', 'liaison', 'coordinator', 'auditor', 'administrator'] as const;

/** The one table of who may do what at the door (DESIGN 8): `@Permits`, OpenAPI and docs/permissions.md read it. */
export const PERMISSIONS = {
  'case.work': {
    label: { sv: 'Arbeta med enhetens ärenden', en: "Work on the unit's matters" },
    roles: WORKERS,
    reach: 'content',
  },
  'social.decide': {
    label: {
      sv: 'Socialtjänstens bedömningar och beslut',
      en: 'Assessments and decisions of social services',
    },
    roles: ['case-worker', 'unit-head'],
    reach: 'content',
  },
  'break-glass.open': {
    label: { sv: 'Öppna i en nödsituation, med skäl', en: 'Open in an emergency, with a reason' },
    roles: WORKERS,
    reach: 'content',
  },
  'break-glass.review': {
    label: { sv: 'Granska en nödöppning', en: 'Review an emergency opening' },
    roles: ['unit-head', 'auditor'],
    reach: 'audit',
  },
  'break-glass.words': {
    label: { sv: 'Läsa skälen till en nödöppning', en: 'Read the reasons of an emergency opening' },
    roles: ['unit-head'],
    reach: 'content',
  },
  'log-review.perform': {
    label: { sv: 'Granska loggen', en: 'Review the log' },
    roles: ['auditor', 'unit-head'],
    reach: 'audit',
  },
  'register-extract.prepare': {
    label: { sv: 'Ta emot en begäran om registerutdrag', en: 'Take a request for a register extract' },
    roles: WORKERS,
    reach: 'content',
  },
  'register-extract.decide': {
    label: { sv: 'Besluta om ett registerutdrag', en: 'Decide on a register extract' },
    roles: ['unit-head'],
    reach: 'content',
  },
  'mandate.show': {
    label: { sv: 'Se enhetens uppdrag', en: "See the unit's mandates" },
    roles: ['unit-head', 'administrator', 'auditor'],
    reach: 'staffing',
  },
  'mandate.change': {
    label: { sv: 'Ge och avsluta uppdrag', en: 'Grant and end mandates' },
    roles: ['unit-head', 'administrator'],
    reach: 'staffing',
  },
  'rota.change': {
    label: { sv: 'Ändra schemat', en: 'Change the rota' },
    roles: ['unit-head'],
    reach: 'staffing',
  },
  'work-conflict.explain': {
    label: {
      sv: 'Se varför någon inte kan arbeta med ett ärende',
      en: 'See why somebody may not work on a matter',
    },
    roles: ['unit-head'],
    reach: 'content',
  },
  'unit.succeed': {
    label: { sv: 'Lämna över allt till en efterträdare', en: 'Move all to a successor' },
    roles: ['unit-head'],
    reach: 'content',
  },
  'disposal.show': {
    label: { sv: 'Se gallringslistor och skäl', en: 'See disposal lists and reasons' },
    roles: ['unit-head', 'administrator', 'auditor'],
    reach: 'retention',
  },
  'disposal.change': {
    label: { sv: 'Ta fram, föreslå och besluta gallring', en: 'List, propose and decide disposal' },
    roles: ['unit-head', 'administrator'],
    reach: 'retention',
  },
  'directory.read': {
    label: { sv: 'Läsa katalogen', en: 'Read the directory' },
    roles: EVERYONE,
    reach: 'directory',
  },
  'webhook.show': {
    label: { sv: 'Se var enhetens eget system lyssnar', en: "See where the unit's own system listens" },
    roles: ['administrator', 'unit-head', 'auditor'],
    reach: 'directory',
  },
  'webhook.register': {
    label: { sv: 'Ange var enhetens eget system lyssnar', en: "Say where the unit's own system listens" },
    roles: ['administrator'],
    reach: 'directory',
  },
  'routing.explain': {
    label: { sv: 'Se vilken enhet som svarar för en plats', en: 'See which unit answers for a place' },
    roles: ['case-worker', 'unit-head', 'liaison', 'coordinator'],
    reach: 'directory',
  },
  'live.listen': {
    label: { sv: 'Få veta att något är nytt', en: 'Be told that something is new' },
    roles: ['case-worker', 'unit-head', 'liaison', 'coordinator'],
    reach: 'overview',
  },
  'overview.read': {
    label: { sv: 'Se vad som står still, och siffror', en: 'See what stands still, and figures' },
    roles: ['coordinator', 'auditor'],
    reach: 'overview',
  },
  'overview.coordinate': {
    label: { sv: 'Påminna och föreslå', en: 'Remind and propose' },
    roles: ['coordinator'],
    reach: 'overview',
  },
} as const satisfies Record<string, PermissionDefinition>;
export type PermissionName = keyof typeof PERMISSIONS;

export const PERMISSION_NAMES: readonly PermissionName[] = keysOf(PERMISSIONS);

/** The definition of a permission, widened so that its roles can be asked without narrowing on the name. */
export function permission(name: PermissionName): PermissionDefinition {
  return PERMISSIONS[name];
}

/** Whether a text names a permission; a role does not. */
export function isPermission(text: string): text is PermissionName {
  return Object.hasOwn(PERMISSIONS, text);
}

/** What each role may reach at all: the walls that the table may not break; asked by a test over every service. */
export const ROLE_REACHES: Readonly<Record<Role, readonly Reach[]>> = {
  'case-worker': ['content', 'directory', 'overview'],
  'unit-head': ['content', 'audit', 'retention', 'staffing', 'directory', 'overview'],
  liaison: ['content', 'directory', 'overview'],
  coordinator: ['overview', 'directory'],
  auditor: ['audit', 'retention', 'staffing', 'overview', 'directory'],
  administrator: ['retention', 'staffing', 'directory'],
};

/** Roles that open content; nobody holds one of them together with administrator or auditor at one unit. */
export const CONTENT_ROLES: readonly Role[] = WORKERS;

/** Permissions that give a role more than its walls allow; empty is right. */
export function permissionDefects(
  table: Readonly<Record<string, PermissionDefinition>> = PERMISSIONS,
): readonly string[] {
  return Object.entries(table).flatMap(([name, { roles, reach }]) =>
    roles
      .filter((role) => !ROLE_REACHES[role].includes(reach))
      .map((role) => `${name}: ${role} reaches ${reach}`),
  );
}

/** The table for people, as Markdown; in docs/diagrams. */
export function permissionTable(): string {
  const rows = PERMISSION_NAMES.map((name) => {
    const { label, roles, reach } = permission(name);
    return `| \`${name}\` | ${label.en} · ${label.sv} | ${REACHES[reach].en} | ${roles.join(', ')} |`;
  });
  return ['| permission | what | reaches | roles |', '| --- | --- | --- | --- |', ...rows].join('\n');
}
