import type { DisclosureOutlook, ExplainedBasis } from '#contracts';
import {
  type BasisId,
  basisWithId,
  CONDITIONS,
  type ConditionId,
  type FieldVerdict,
  MISSING_REASONS,
} from '#domain';
import { isExternal, wireReason } from '../units/party-directory.js';
import type { ConsideredItem } from './planned-items.js';

/** An item as a preview shows it: field by field what leaves, what is withheld and why, and what the rest would need. */
export function wireDisclosed(
  { matter, receiver, decision }: ConsideredItem,
  isFilled: (field: string) => boolean,
): DisclosureOutlook {
  const { fields } = decision;
  return {
    matterId: matter.id,
    route: receiver.route.id,
    toUnit: { id: receiver.unit.id, name: receiver.unit.name, isExternal: isExternal(receiver.unit) },
    found: receiver.found.map(wireReason),
    leaves: fields.flatMap((one) =>
      one.verdict === 'leaves' && isFilled(one.field)
        ? [
            {
              ...named(one),
              sealedApart: one.sealedApart,
              bases: one.bases.map(({ basis, recordId }) => ({ code: basis, recordId })),
            },
          ]
        : [],
    ),
    needsConsent: needing(fields, 'needs-consent'),
    needsDecision: needing(fields, 'needs-decision'),
    withheld: fields.flatMap((one) => (one.verdict === 'withheld' ? [{ ...named(one), why: one.why }] : [])),
    bases: [...new Set(fields.flatMap(basesOf))].map(wireBasis),
    confirms: decision.confirms.map(wireCondition),
  };
}

/** A basis in the words of its table. */
export function wireBasis(id: BasisId): ExplainedBasis {
  const { kind, label, text, source, isUnclear, decidedBy, conditions } = basisWithId(id);
  return {
    code: id,
    kind,
    label,
    text,
    source,
    isUnclear,
    decidedBy: { by: decidedBy.by, roles: decidedBy.by === 'role' ? [...decidedBy.roles] : [] },
    conditions: conditions.map(wireCondition),
  };
}

function needing(fields: readonly FieldVerdict[], verdict: 'needs-consent' | 'needs-decision') {
  return fields.flatMap((one) =>
    one.verdict === verdict
      ? [
          {
            ...named(one),
            required: one.required,
            options: one.options.map(({ basis, missing }) => ({
              code: basis,
              missing,
              because: MISSING_REASONS[missing],
            })),
          },
        ]
      : [],
  );
}

function basesOf(one: FieldVerdict): BasisId[] {
  switch (one.verdict) {
    case 'leaves':
      return one.bases.map(({ basis }) => basis);
    case 'needs-consent':
    case 'needs-decision':
      return one.options.map(({ basis }) => basis);
    case 'withheld':
      return [];
  }
}

function named({ field, label, because }: FieldVerdict) {
  return { field, label, because };
}

function wireCondition(id: ConditionId) {
  return { code: id, label: CONDITIONS[id].label, how: CONDITIONS[id].how };
}
