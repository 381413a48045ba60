import { type ClosingNeed, OUTCOMES } from '../matter/index.js';
import { isLabelled, keysOf } from '../wording/index.js';
import type { DomainData } from './domain-data.js';

const KEEPS_A_CHILD: readonly ClosingNeed[] = ['successor-matter', 'nothing-further-decision'];

/** Every kind of matter has a way out for each of its subjects, and none by which a child falls between matters (C1, C9). */
export function matterDefects(data: DomainData): string[] {
  const defects = keysOf(OUTCOMES)
    .filter((outcome) => !isLabelled(OUTCOMES[outcome].label))
    .map((outcome) => `outcome ${outcome} is not labelled in both languages`);

  for (const [name, kind] of Object.entries(data.matterKinds)) {
    if (!isLabelled(kind.label)) defects.push(`matter kind ${name} is not labelled in both languages`);
    if (kind.subjects.length === 0) defects.push(`matter kind ${name} is about nobody`);
    const safe = kind.outcomes.filter((outcome) =>
      OUTCOMES[outcome].needs.some((need) => KEEPS_A_CHILD.some((keeps) => keeps === need)),
    );
    for (const subject of kind.subjects) {
      if ((subject === 'child' ? safe : kind.outcomes).length === 0) {
        defects.push(`matter kind ${name} has no way out for a ${subject}`);
      }
    }
    if (kind.isStatutoryReport && kind.closingWithOpenOffer !== 'refused') {
      defects.push(`matter kind ${name} is a report and could be closed while an offer is open`);
    }
    if (kind.isStatutoryReport && kind.outcomes.length !== safe.length) {
      defects.push(`matter kind ${name} is a report and could be closed without successor or decision`);
    }
  }
  return defects;
}
