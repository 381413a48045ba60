import type { ExternalCode, PartyName, UnitForm, UnitKind } from '#domain';

/** Services of the social boards without a process of their own (REC-4). */
const OF_THE_BOARD: readonly UnitForm[] = ['family-law', 'financial-assistance', 'open-care'];

/**
 * What a unit is to the routes: its party, or finer where they differ. A partner or a clinic that the directory cannot call at
 * every hour is outside and never holds (ADR 0010); one that receives nothing at all is no route's end.
 */
export function unitKindOf(form: UnitForm, party: PartyName, external: readonly ExternalCode[]): UnitKind {
  if (form === 'other-municipality') return form;
  const isOutside = external.length > 0 && !external.includes('NOT_A_RECEIVER');
  if (party === 'region') return isOutside ? 'outside-care' : party;
  if (party !== 'partner') return party;
  if (isOutside) return 'outside-partner';
  if (OF_THE_BOARD.includes(form)) return 'district-service';
  return form === 'youth-clinic' ? form : party;
}
