/** Refusals about risk, screening and who decides on support. */
export const SUPPORT_REFUSALS = {
  RISK_TRIAGE_FIRST: {
    sv: 'Det är inte prövat om en hot- och riskbedömning behövs, så stöd på RVC kan inte erbjudas än (R-011).',
    en: 'It has not been settled whether a threat-and-risk assessment is needed, so support at RVC cannot be offered yet (R-011).',
    next: {
      sv: 'Pröva om en hot- och riskbedömning behövs, och skicka sedan.',
      en: 'Settle whether an assessment is needed, then send.',
    },
  },
  RISK_ASSESSMENT_FIRST: {
    sv: 'En hot- och riskbedömning behövs innan stöd på RVC erbjuds, och den är inte gjord (R-011).',
    en: 'A threat-and-risk assessment is needed before support at RVC is offered, and it is not made (R-011).',
    next: {
      sv: 'Gör bedömningen, eller lämna till RVT som gör den.',
      en: 'Make the assessment, or hand over to RVT, which makes it.',
    },
  },
  TOTAL_NOT_OF_INSTRUMENT: {
    sv: 'Instrumentet har ingen summa: faktorerna räknas inte ihop.',
    en: 'The instrument has no total: its factors are not added up.',
    next: {
      sv: 'Lämna summan tom och ange bedömningen låg, medel eller hög.',
      en: 'Leave the total out and give the judgement low, medium or high.',
    },
  },
  INTERVENTION_NOT_FOR_PERSON: {
    sv: 'Insatsen finns inte för den personen.',
    en: 'This measure does not exist for this person.',
    next: {
      sv: 'Välj en insats ur listan för personen.',
      en: 'Choose a measure from the list for the person.',
    },
  },
  ANOTHER_UNIT_DECIDES: {
    sv: 'En annan sorts enhet beslutar om den insatsen.',
    en: 'Another kind of unit decides on that measure.',
    next: { sv: 'Lämna till den enhet som nämns.', en: 'Hand over to the unit that is named.' },
  },
  NOT_HANDED_ON: {
    sv: 'Det som beslutats är inte lämnat till någon som utför det.',
    en: 'What was decided is not handed to anybody who carries it out.',
    next: {
      sv: 'Skicka ärendet till den som utför det, och anmäl det sedan här.',
      en: 'Send the matter to who carries it out, then say so here.',
    },
  },
  NOT_YET_ASSESSED: {
    sv: 'Risken är inte bedömd, och den prövning som gjorts säger att den ska vara det.',
    en: 'The risk is not assessed, and the triage says that it has to be.',
    next: { sv: 'Gör riskbedömningen och besluta sedan.', en: 'Make the risk assessment, then decide.' },
  },
} as const;
