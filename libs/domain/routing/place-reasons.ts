import type { LocalDate } from '#calendar';
import { localPoliceAreasOfDistrict, rvcsOfLocalPoliceArea, unitWithId } from './catchment.js';
import type { DirectorySnapshot, Evidence, Programme, Unit } from './directory-snapshot.js';
import type { FoundPlace } from './find-place.js';
import { isSamePlaceName } from './place-name.js';
import { because, type RoutingReason } from './routing-reason.js';

/** How a unit is organised, where that is easily taken for more than it is (Sydväst, R-007). */
export function organisationReasons(snapshot: DirectorySnapshot, unit: Unit): RoutingReason[] {
  const nameOf = (id: string) => unitWithId(snapshot, id)?.name ?? id;
  const reasons: RoutingReason[] = [];
  if (unit.organisedIn !== null) {
    const host = nameOf(unit.organisedIn);
    reasons.push(
      because(
        'ORGANISED_IN',
        {
          sv: `${unit.name} är organiserat i ${host}; beslut och stöd hålls ändå isär.`,
          en: `${unit.name} is organised in ${host}; deciding and giving support are kept apart all the same.`,
        },
        unit.evidence,
      ),
    );
  }
  if (unit.sharesInboxWith !== null) {
    reasons.push(
      because(
        'SHARES_INBOX',
        {
          sv: `${unit.name} och ${nameOf(unit.sharesInboxWith)} är två funktionsadresser med en inkorg.`,
          en: `${unit.name} and ${nameOf(unit.sharesInboxWith)} are two function addresses with one inbox.`,
        },
        unit.evidence,
      ),
    );
  }
  return reasons;
}

/** Where the divisions of police and social services do not meet (C-01, domain.md D3). */
export function straddlingReasons(
  snapshot: DirectorySnapshot,
  district: string,
  lpo: Unit,
  date: LocalDate,
): RoutingReason[] {
  const reasons: RoutingReason[] = [];
  const lpos = localPoliceAreasOfDistrict(snapshot, district, date);
  if (lpos.length > 1) {
    const names = lpos.map(({ name }) => name).join(', ');
    reasons.push(
      because(
        'DISTRICT_STRADDLES_LPO',
        {
          sv: `Stadsdelsområdet ${district} är delat mellan flera lokalpolisområden: ${names}.`,
          en: `The district ${district} is divided between several local police areas: ${names}.`,
        },
        lpo.evidence,
      ),
    );
  }
  const rvcs = rvcsOfLocalPoliceArea(snapshot, lpo.id, date);
  if (rvcs.length > 1) {
    const names = rvcs.map(({ name }) => name).join(', ');
    reasons.push(
      because(
        'LPO_STRADDLES_RVC',
        {
          sv: `${lpo.name} sträcker sig över flera RVC (${names}): bostaden avgör, inte polisområdet.`,
          en: `${lpo.name} covers ground of several RVC (${names}): the home decides, not the police area.`,
        },
        lpo.evidence,
      ),
    );
  }
  return reasons;
}

/** How the written name was read. */
export function nameReasons(found: FoundPlace, evidence: Evidence): RoutingReason[] {
  const reasons: RoutingReason[] = [];
  const { name } = found.place;
  if (found.alias !== null && !isSamePlaceName(found.alias.alias, name)) {
    const { alias } = found.alias;
    reasons.push(
      because(
        'ALIAS',
        found.alias.kind === 'synonym'
          ? {
              sv: `${alias} är ett annat namn på stadsdelen ${name}.`,
              en: `${alias} is another name of the stadsdel ${name}.`,
            }
          : {
              sv: `${alias} räknas till stadsdelen ${name}.`,
              en: `${alias} is counted in the stadsdel ${name}.`,
            },
        found.alias.evidence,
      ),
    );
  }
  if (found.isSharedName) {
    reasons.push(
      because(
        'SHARED_NAME',
        {
          sv: `Även ett stadsdelsområde har namnet; här avses stadsdelen ${name}.`,
          en: `A district has the name too; here the stadsdel ${name} is meant.`,
        },
        evidence,
      ),
    );
  }
  return reasons;
}

/** That a programme runs in the local police area, with the evidence of its start there. */
export function programmeReason(programme: Programme): RoutingReason {
  return {
    code: 'PROGRAMME',
    text: {
      sv: `${programme.label.sv} gäller här från ${programme.validFrom ?? 'okänd dag'}.`,
      en: `${programme.label.en} applies here from ${programme.validFrom ?? 'a day not known'}.`,
    },
    source: programme.evidence.source,
    tag: programme.startEvidence,
  };
}
