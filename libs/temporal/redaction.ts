/** What stands where something was left out. */
export const REDACTED = '[redacted]';

/** Fields that may be logged: ids of our own and of Temporal, kinds, codes and counts (C5). All others are left out. */
const ALLOWED_FIELDS: ReadonlySet<string> = new Set([
  ...[
    'service',
    'party',
    'schema',
    'context',
    'component',
    'sdkComponent',
    'target',
    'state',
    'status',
    'code',
    'type',
    'kind',
  ],
  ...[
    'namespace',
    'taskQueue',
    'workflowId',
    'workflowType',
    'runId',
    'activityId',
    'activityType',
    'attempt',
  ],
  ...[
    'incidentId',
    'matterId',
    'handoffId',
    'dispatchId',
    'deadlineId',
    'clockId',
    'streamId',
    'notificationId',
    'unitId',
    'authority',
    'leafId',
    'rung',
    'version',
  ],
  ...[
    'requestId',
    'method',
    'route',
    'operation',
    'statusCode',
    'durationMs',
    'count',
    'port',
    'size',
    'queue',
    'jobId',
    'process',
    'stepKey',
    'signal',
  ],
]);

/** Sentences of the SDK and of Nest that are fixed in their source and carry nothing; other free text may carry anything. */
const FIXED_SENTENCES: ReadonlySet<string> = new Set([
  'Workflow started',
  'Workflow completed',
  'Workflow continued as new',
  'Workflow failed',
  'Workflow cancelled',
  'Workflow bundle created',
  'Activity started',
  'Activity completed',
  'Activity failed',
  'Activity completed as cancelled',
  'Activity cancelled',
  'Failing workflow task',
  'Failing workflow task due to nondeterminism error',
  'Worker state changed',
  'Worker failed',
  'Creating worker',
  'Core reported failure in completeWorkflowActivation(). Initiating Worker shutdown.',
  'No activities registered, not polling for activity tasks',
  'No workflows registered, not polling for workflow tasks',
  'No Nexus services registered, not polling for Nexus tasks',
  'Failed to initiate shutdown',
  'Starting Nest application...',
  'Nest application successfully started',
]);

const ID_OR_CODE = /^[A-Za-z0-9_][A-Za-z0-9_.:@/-]{0,199}$/;
const EVENT_CODE = /^[A-Za-z][A-Za-z0-9_-]*(?:\.[A-Za-z0-9_-]+)*$/;
const UUID = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/gi;
/** A personal or coordination number, with or without century and separator. */
const PERSONAL_NUMBER = /(?<!\d)(?:\d{2})?\d{6}[-+]?\d{4}(?!\d)/;
const LARGEST_COUNT = 1e9;

/** A message as it may be logged: an event code (`stream.parked`) or a sentence known to be fixed. */
export function redactMessage(message: unknown): string {
  if (typeof message !== 'string') return REDACTED;
  return FIXED_SENTENCES.has(message) || (EVENT_CODE.test(message) && isPlain(message)) ? message : REDACTED;
}

/** The fields as they may be logged; an error leaves its name and its codes, never its message or stack. */
export function redactFields(fields: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const kept: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(fields)) {
    if (value === undefined) continue;
    if (value instanceof Error) kept[safeName(name)] = describeError(value);
    else kept[safeName(name)] = ALLOWED_FIELDS.has(name) ? redactValue(value) : REDACTED;
  }
  return kept;
}

/** Name, code and type of an error and of its causes, outermost first. */
export function describeError(error: Error): Record<string, unknown>[] {
  const described: Record<string, unknown>[] = [];
  for (let at: unknown = error; at instanceof Error && described.length < 5; at = at.cause) {
    const code: unknown = 'code' in at ? at.code : undefined;
    const type: unknown = 'type' in at ? at.type : undefined;
    described.push({
      name: redactValue(at.name),
      ...(code !== undefined && code !== null && { code: redactValue(code) }),
      ...(type !== undefined && type !== null && { type: redactValue(type) }),
    });
  }
  return described;
}

const safeName = (name: string): string => (ID_OR_CODE.test(name) && isPlain(name) ? name : REDACTED);

function redactValue(value: unknown): unknown {
  if (value === null || typeof value === 'boolean') return value;
  if (typeof value === 'number') return Math.abs(value) < LARGEST_COUNT ? value : REDACTED;
  return typeof value === 'string' && ID_OR_CODE.test(value) && isPlain(value) ? value : REDACTED;
}

const isPlain = (text: string): boolean => !PERSONAL_NUMBER.test(text.replace(UUID, ''));
