import type { ExternalCode, ExternalReason, Label, UnitForm } from '#domain';

const TEXTS: { readonly [Code in ExternalCode]: Label } = {
  NO_RUNNING_SERVICE: {
    sv: 'Utanför Handslag: ingen tjänst körs för den här parten.',
    en: 'Outside Handslag: no service runs for this party.',
  },
  HOURS_NOT_KNOWN: {
    sv: 'Utanför Handslag: enhetens tider är inte kända.',
    en: "Outside Handslag: the unit's hours are not known.",
  },
  FALLBACK_NOT_KNOWN: {
    sv: 'Utanför Handslag: vem som svarar när enheten är stängd är inte känt.',
    en: 'Outside Handslag: who answers while the unit is closed is not known.',
  },
  AREA_NOT_KNOWN: {
    sv: 'Utanför Handslag: vilket område enheten betjänar är inte känt.',
    en: 'Outside Handslag: the area the unit serves is not known.',
  },
  OTHER_MUNICIPALITY: {
    sv: 'Utanför Handslag: enheten hör till en annan kommun.',
    en: 'Outside Handslag: the unit belongs to another municipality.',
  },
  NOT_A_RECEIVER: {
    sv: 'Tar inte emot ärenden.',
    en: 'Does not receive matters.',
  },
};

interface UnitFacts {
  readonly form: UnitForm;
  readonly isReceiver: boolean;
  readonly partyHasService: boolean;
  readonly hours: {
    readonly isKnown: boolean;
    readonly isAlwaysOpen: boolean;
    readonly fallback: string | null;
  };
  readonly areaNames: readonly string[];
}

/**
 * Why a unit cannot hold a matter in Handslag; none if it can. A unit open at all hours needs no fallback
 * (data/README.md, "How a loader should treat gaps").
 */
export function externalCodes(unit: UnitFacts): readonly ExternalCode[] {
  const isMunicipal = unit.form === 'other-municipality' || unit.form === 'emergency-social-service';
  const reasons: [boolean, ExternalCode][] = [
    [!unit.isReceiver, 'NOT_A_RECEIVER'],
    [!unit.hours.isKnown, 'HOURS_NOT_KNOWN'],
    [unit.hours.isKnown && !unit.hours.isAlwaysOpen && unit.hours.fallback === null, 'FALLBACK_NOT_KNOWN'],
    [unit.areaNames.length === 0, 'AREA_NOT_KNOWN'],
    [isMunicipal && !unit.areaNames.includes('Stockholm'), 'OTHER_MUNICIPALITY'],
    [!unit.partyHasService, 'NO_RUNNING_SERVICE'],
  ];
  return reasons.flatMap(([holds, code]) => (holds ? [code] : []));
}

/** The reasons behind stored codes, as people read them. */
export function externalReasons(codes: string): readonly ExternalReason[] {
  const isCode = (code: string): code is ExternalCode => Object.hasOwn(TEXTS, code);
  return codes
    .split('|')
    .filter(isCode)
    .map((code) => ({ code, text: TEXTS[code] }));
}
