/** Refusals about the support of RVC. */
export const RVC_REFUSALS = {
  FIVE_CONVERSATIONS_SPENT: {
    sv: 'De fem samtalen utan utredning är använda (SoL 11:5).',
    en: 'The five conversations without an investigation are spent (SoL 11:5).',
    next: {
      sv: 'Registrera RVT:s beslut. Medan RVT utreder kan enhetschefen besluta att stödet fortsätter till en viss dag.',
      en: 'Record the decision of RVT. While RVT investigates, the unit head may let the support go on until a certain day.',
    },
  },
  INVESTIGATION_STEP_ORDER: {
    sv: 'Det steget kan inte följa på det som är registrerat om utredningen.',
    en: 'That step cannot follow what is recorded of the investigation.',
    next: {
      sv: 'Erbjud utredningen först, registrera sedan vad personen svarade.',
      en: 'Offer the investigation first, then record what the person answered.',
    },
  },
  BRIDGE_BY_UNIT_HEAD: {
    sv: 'Bara enhetschefen får låta stödet fortsätta medan RVT utreder.',
    en: 'Only the unit head may let the support go on while RVT investigates.',
    next: { sv: 'Be enhetschefen besluta.', en: 'Ask the unit head to decide.' },
  },
  DECISION_REFERENCE: {
    sv: 'Beslutet är inte angivet.',
    en: 'The decision is not named.',
    next: { sv: 'Ange beslutets beteckning.', en: 'Name the reference of the decision.' },
  },
  SUPPORT_FROM_18: {
    sv: 'Stödet är för den som har fyllt 18 år den dagen hen söker det.',
    en: 'The support is for whoever is 18 or more on the day of the referral.',
    next: {
      sv: 'Visa vidare till ungdomsmottagningen och anmäl oro till BoU.',
      en: 'Show the way to the youth clinic and report the concern to BoU.',
    },
  },
  CHILD_SUPPORT_BY_DECISION: {
    sv: 'Ett barn får stöd på RVC bara efter beslut av BoU.',
    en: 'A child is given support at RVC by decision of BoU alone.',
    next: { sv: 'Ange BoU:s beslut.', en: 'Name the decision of BoU.' },
  },
  SUPPORT_NOT_BEGUN: {
    sv: 'Det är inte registrerat hur personen kom och att stödet får börja.',
    en: 'How the person came, and that the support may begin, is not recorded.',
    next: { sv: 'Registrera starten först.', en: 'Record the beginning first.' },
  },
  // C-20: their wish is recorded; nobody sits in one room with who hurt her without a decision that it is safe.
  JOINT_SESSION_NOT_SAFE: {
    sv: 'Gemensamma samtal erbjuds inte: det är inte beslutat att det är säkert för henne.',
    en: 'Joint sessions are not offered: it has not been decided that they are safe for her.',
    next: {
      sv: 'Registrera önskemålet och erbjud enskilda samtal.',
      en: 'Record the wish and offer individual sessions.',
    },
  },
} as const;
