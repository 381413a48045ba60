import { type LocalDate, localDateOf, type Text } from '#calendar';
import type { LegalReference, StatusTag } from './deadline-rule.js';

const act =
  (name: Text, validity: { readonly validFrom?: LocalDate; readonly validTo?: LocalDate } = {}) =>
  (section: string | undefined, status: StatusTag): LegalReference => ({
    act: name,
    ...(section === undefined ? {} : { section }),
    status,
    ...validity,
  });

const LAST_DAY_OF_OLD_SOL = localDateOf(2025, 6, 30);
const FIRST_DAY_OF_NEW_SOL = localDateOf(2025, 7, 1);

/** Socialtjänstlag (2001:453), repealed by 2025:400 from 1 July 2025 (domain.md B1). */
export const oldSocialServicesAct = act(
  { sv: 'socialtjänstlag (2001:453)', en: 'Social Services Act (2001:453)' },
  { validTo: LAST_DAY_OF_OLD_SOL },
);
/** Socialtjänstlag (2025:400), in force 1 July 2025; its sections are known through acts that cite them (domain.md B2). */
export const socialServicesAct = act(
  { sv: 'socialtjänstlag (2025:400)', en: 'Social Services Act (2025:400)' },
  { validFrom: FIRST_DAY_OF_NEW_SOL },
);
export const oldViolenceRegulation = act(
  {
    sv: 'SOSFS 2014:4 om våld i nära relationer',
    en: 'regulation SOSFS 2014:4 on violence in close relationships',
  },
  { validTo: localDateOf(2022, 10, 31) },
);
export const violenceRegulation = act(
  {
    sv: 'HSLF-FS 2022:39 om våld i nära relationer',
    en: 'regulation HSLF-FS 2022:39 on violence in close relationships',
  },
  { validFrom: localDateOf(2022, 11, 1) },
);
export const protectedHousingAct = act(
  {
    sv: 'lag (2024:79) om placering av barn i skyddat boende',
    en: 'act (2024:79) on placement of children in protected housing',
  },
  { validFrom: localDateOf(2024, 4, 1) },
);
export const careOfYoungPersonsAct = act({
  sv: 'lag (1990:52) med särskilda bestämmelser om vård av unga (LVU)',
  en: 'Care of Young Persons Act (1990:52, LVU)',
});
export const contactBanAct = act({
  sv: 'lag (1988:688) om kontaktförbud',
  en: 'Contact Bans Act (1988:688)',
});
export const administrativeProcedureAct = act({
  sv: 'förvaltningslag (2017:900)',
  en: 'Administrative Procedure Act (2017:900)',
});
export const informationTalksAct = act({
  sv: 'lag (2021:530) om informationssamtal',
  en: 'act (2021:530) on information talks',
});
export const protectionAssessmentBill = act({
  sv: 'prop. 2012/13:10 s. 60 (återgiven av hedersfortryck.se)',
  en: 'government bill 2012/13:10 p. 60 (as quoted by hedersfortryck.se)',
});
export const statusReport2021 = act({
  sv: 'socialförvaltningens lägesrapport december 2021',
  en: 'status report of the social administration, December 2021',
});
export const socialDataOrdinance = act({
  sv: 'förordning (2001:637) om behandling av personuppgifter inom socialtjänsten (SoLPUF)',
  en: 'ordinance (2001:637) on personal data in social services (SoLPUF)',
});
export const dataProtectionRegulation = act({
  sv: 'dataskyddsförordningen (EU) 2016/679',
  en: 'General Data Protection Regulation (EU) 2016/679',
});
/** Times that we ship where no norm gives one; each unit may ask for others. */
export const shippedTime = act({ sv: 'Handslags inställning', en: "Handslag's configuration" });
