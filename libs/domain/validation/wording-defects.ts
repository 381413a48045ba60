import { reasonsNeverOffered } from '../reasons/index.js';
import { isLabelled, type Label } from '../wording/index.js';
import type { DomainData } from './domain-data.js';

const ISO_DAY = /^\d{4}-\d{2}-\d{2}$/;

/** What people read exists in both languages; reasons hold none that may never be offered; forms are well-formed. */
export function wordingDefects(data: DomainData): string[] {
  return [
    ...Object.entries(data.reasonSets).flatMap(([set, reasons]) => [
      ...unlabelled(`reason set ${set}`, reasons),
      ...reasonsNeverOffered(Object.keys(reasons)).map((code) => `reason set ${set} offers ${code}`),
    ]),
    ...Object.entries(data.codeSets).flatMap(([set, codes]) => unlabelled(`code set ${set}`, codes)),
    ...Object.entries(data.bases).flatMap(([id, basis]) =>
      isLabelled(basis.label) && basis.source !== '' ? [] : [`basis ${id} lacks a label or a source`],
    ),
    ...Object.entries(data.refusals).flatMap(([code, text]) =>
      isLabelled(text) && isLabelled(text.next)
        ? []
        : [`refusal ${code} does not say in both languages what to do`],
    ),
    ...formDefects(data),
  ];
}

function unlabelled(where: string, labels: Readonly<Record<string, Label>>): string[] {
  return Object.entries(labels)
    .filter(([, label]) => !isLabelled(label))
    .map(([code]) => `${where}: ${code} is not labelled in both languages`);
}

function formDefects(data: DomainData): string[] {
  return Object.entries(data.forms).flatMap(([name, form]) => {
    const defects: string[] = [];
    if (!isLabelled(form.label)) defects.push(`form ${name} is not labelled in both languages`);
    if (form.version < 1 || !ISO_DAY.test(form.validFrom)) defects.push(`form ${name} has no version or day`);
    for (const [id, field] of Object.entries(form.fields)) {
      const isCoded = field.type === 'code' || field.type === 'codes';
      if (!isLabelled(field.label)) defects.push(`form ${name}: ${id} is not labelled in both languages`);
      if (isCoded !== (field.codes !== null))
        defects.push(`form ${name}: ${id} and its code set do not agree`);
      if (field.codes !== null && data.codeSets[field.codes] === undefined) {
        defects.push(`form ${name}: ${id} names the unknown code set ${field.codes}`);
      }
      if (Object.keys(field.visibleTo).length === 0) defects.push(`form ${name}: nobody may see ${id}`);
      if (field.sealedApart && !field.keepFrom.includes('alleged-perpetrator')) {
        defects.push(`form ${name}: ${id} is sealed apart and kept from nobody`);
      }
    }
    return defects;
  });
}
