import { keysOf } from '../wording/index.js';
import { ACUTE_POLICE_REFERRAL, type AcutePoliceReferralField } from './acute-police-referral.form.js';
import { CARE_ANSWER, type CareAnswerField } from './care-answer.form.js';
import { CARE_REFERRAL, type CareReferralField } from './care-referral.form.js';
import { CHANGE_OFFER, type ChangeOfferField } from './change-offer.form.js';
import { CONCERN_REPORT, type ConcernReportField } from './concern-report.form.js';
import type { FieldDefinition, FormDefinition } from './field.js';
import {
  CHILD_HOUSING_REFERRAL,
  HOUSING_REFERRAL,
  type HousingReferralField,
} from './housing-referral.form.js';
import { MORNING_HANDOVER, type MorningHandoverField } from './morning-handover.form.js';
import { RETURN_TO_POLICE, type ReturnToPoliceField } from './return-to-police.form.js';
import { SUPPORT_REFERRAL, type SupportReferralField } from './support-referral.form.js';

/** The forms that a route can carry. */
export const FORMS = {
  'acute-police-referral': ACUTE_POLICE_REFERRAL,
  'morning-handover': MORNING_HANDOVER,
  'return-to-police': RETURN_TO_POLICE,
  'support-referral': SUPPORT_REFERRAL,
  'change-offer': CHANGE_OFFER,
  'care-referral': CARE_REFERRAL,
  'care-answer': CARE_ANSWER,
  'concern-report': CONCERN_REPORT,
  'housing-referral': HOUSING_REFERRAL,
  'child-housing-referral': CHILD_HOUSING_REFERRAL,
} as const satisfies Record<string, FormDefinition>;
export type FormId = keyof typeof FORMS;
export type FieldId =
  | AcutePoliceReferralField
  | MorningHandoverField
  | ReturnToPoliceField
  | SupportReferralField
  | ChangeOfferField
  | CareReferralField
  | CareAnswerField
  | ConcernReportField
  | HousingReferralField;

/** The form's fields as a list of id and definition, in the order people fill them in. */
export function fieldsOf(form: FormId): readonly (readonly [FieldId, FieldDefinition])[] {
  switch (form) {
    case 'acute-police-referral':
      return keysOf(ACUTE_POLICE_REFERRAL.fields).map(
        (id) => [id, ACUTE_POLICE_REFERRAL.fields[id]] as const,
      );
    case 'morning-handover':
      return keysOf(MORNING_HANDOVER.fields).map((id) => [id, MORNING_HANDOVER.fields[id]] as const);
    case 'return-to-police':
      return keysOf(RETURN_TO_POLICE.fields).map((id) => [id, RETURN_TO_POLICE.fields[id]] as const);
    case 'support-referral':
      return keysOf(SUPPORT_REFERRAL.fields).map((id) => [id, SUPPORT_REFERRAL.fields[id]] as const);
    case 'change-offer':
      return keysOf(CHANGE_OFFER.fields).map((id) => [id, CHANGE_OFFER.fields[id]] as const);
    case 'care-referral':
      return keysOf(CARE_REFERRAL.fields).map((id) => [id, CARE_REFERRAL.fields[id]] as const);
    case 'care-answer':
      return keysOf(CARE_ANSWER.fields).map((id) => [id, CARE_ANSWER.fields[id]] as const);
    case 'concern-report':
      return keysOf(CONCERN_REPORT.fields).map((id) => [id, CONCERN_REPORT.fields[id]] as const);
    case 'housing-referral':
      return keysOf(HOUSING_REFERRAL.fields).map((id) => [id, HOUSING_REFERRAL.fields[id]] as const);
    case 'child-housing-referral':
      return keysOf(CHILD_HOUSING_REFERRAL.fields).map(
        (id) => [id, CHILD_HOUSING_REFERRAL.fields[id]] as const,
      );
  }
}

/** The definition of a field of a form; undefined when the form has no such field. */
export function fieldOf(form: FormId, id: string): FieldDefinition | undefined {
  return fieldsOf(form).find(([known]) => known === id)?.[1];
}
