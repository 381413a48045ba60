import type { Audience, FormId } from '../forms/index.js';
import type { MatterKind, SubjectRole } from '../matter/index.js';
import type { UnitKind } from '../units/index.js';
import type { RouteId, RouteTerms } from './route.js';
import { ATTESTED_DEADLINES, OFFICE_DEADLINES } from './route-deadlines.js';
import { ALL_REASONS, CHILD_REASONS, fieldTerms, termsOf } from './route-terms.js';

/** What tells one ordinary route from another. */
export interface Way {
  readonly kind: MatterKind;
  readonly from: UnitKind;
  readonly to: UnitKind;
  readonly subject: SubjectRole;
  readonly form: FormId;
  readonly audience: Audience;
  readonly direction: RouteTerms['direction'];
  readonly deadlines: RouteTerms['deadlines'];
  readonly group: RouteTerms['group'];
}

/** A route that a unit of Handslag takes over by, and hands back by its mirror. */
export function way({
  kind,
  from,
  to,
  subject,
  form,
  audience,
  direction,
  deadlines,
  group,
}: Way): RouteTerms {
  return {
    version: 1,
    validFrom: '2026-01-01',
    custody: 'moves',
    attestable: false,
    onlyWhileOpen: null,
    statutory: { opens: [], passes: [] },
    ...termsOf(kind, group),
    matterKind: kind,
    from,
    to,
    subject,
    group,
    direction,
    deadlines,
    form,
    audience,
    ...fieldTerms(form, audience, subject),
    wayBack: {
      kind: 'hand-back',
      route: `${kind}.${to}.${from}`,
      reasons: subject === 'child' ? CHILD_REASONS : ALL_REASONS,
    },
  };
}

/** A route to a unit outside, which never holds: the sender rings, attests and checks again (DESIGN 2). */
export function attestedWay(some: Omit<Way, 'direction' | 'deadlines'>): RouteTerms {
  return {
    ...way({ ...some, direction: 'forward', deadlines: ATTESTED_DEADLINES }),
    custody: 'attested',
    attestable: true,
    // Nobody there answers through Handslag, and nothing was taken over that could be cancelled or declined.
    declinable: false,
    redirectable: false,
    cancellable: false,
    declineReasons: [],
    redirectReasons: [],
    wayBack: { kind: 'never-left' },
  };
}

/** An end of a way and who reads there. */
interface End {
  readonly at: UnitKind;
  readonly reads: Audience;
}

/** There and back between two kinds of unit, by the same form; what starts at the second goes back as a forwarding can. */
export function thereAndBack(
  some: Pick<Way, 'kind' | 'subject' | 'form' | 'group'>,
  here: End,
  there: End,
  back: 'forward' | 'hand-back' = 'hand-back',
): Readonly<Partial<Record<RouteId, RouteTerms>>> {
  const shared = { ...some, deadlines: OFFICE_DEADLINES };
  return {
    [`${some.kind}.${here.at}.${there.at}`]: way({
      ...shared,
      ...{ from: here.at, to: there.at, audience: there.reads, direction: 'forward' },
    }),
    [`${some.kind}.${there.at}.${here.at}`]: way({
      ...shared,
      ...{ from: there.at, to: here.at, audience: here.reads, direction: back },
    }),
  };
}
