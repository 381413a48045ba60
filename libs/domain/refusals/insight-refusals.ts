/** Refusals about insight, exports to the case file and safe contact. */
export const INSIGHT_REFUSALS = {
  INSIGHT_STAYS_MASKED: {
    sv: 'Uppgiften kan inte lämnas ut till den som läser.',
    en: 'This information cannot be released to this reader.',
    next: {
      sv: 'Låt den vara maskerad. Grunden står vid fältet.',
      en: 'Leave it masked. The ground is given with the field.',
    },
  },
  INSIGHT_HEAD_DECIDES: {
    sv: 'Det här avgörs av enhetschefen.',
    en: 'The unit head decides this.',
    next: { sv: 'Lämna utkastet till enhetschefen.', en: 'Give the draft to the unit head.' },
  },
  INSIGHT_READ_FIRST: {
    sv: 'Fri text i utkastet är inte läst.',
    en: 'Free text in the draft has not been read.',
    next: {
      sv: 'Läs varje fält som nämns och visa eller maskera det, med skäl.',
      en: 'Read each field named and show or mask it, with a reason.',
    },
  },
  INSIGHT_DRAFT_CHANGED: {
    sv: 'Uppgifterna har ändrats sedan utkastet lästes.',
    en: 'The information has changed since the draft was read.',
    next: { sv: 'Läs utkastet igen och besluta sedan.', en: 'Read the draft again, then decide.' },
  },
  INSIGHT_DECIDED: {
    sv: 'Begäran är redan avgjord.',
    en: 'The request is already decided.',
    next: { sv: 'Läs beslutet.', en: 'Read the decision.' },
  },
  INSIGHT_NOT_DECIDED: {
    sv: 'Begäran är inte avgjord, eller så ska inget lämnas ut.',
    en: 'The request is not decided, or nothing is to be released.',
    next: { sv: 'Fatta beslutet först.', en: 'Make the decision first.' },
  },
  EXPORT_NOT_READY: {
    sv: 'Exporten är inte färdig.',
    en: 'The export is not ready.',
    next: { sv: 'Den finns kvar här. Titta igen om en stund.', en: 'It stays here. Look again in a while.' },
  },
  EXPORT_GONE: {
    sv: 'Exporten är hämtad eller äldre än 24 timmar och har tagits bort.',
    en: 'The export was fetched or is older than 24 hours, and has been removed.',
    next: { sv: 'Gör en ny export. Kvittot finns kvar.', en: 'Make a new export. The receipt remains.' },
  },
  SAFE_CONTACT_FIRST: {
    sv: 'Läs hur personen kan nås utan fara innan ni tar kontakt.',
    en: 'Read how the person can be reached without danger before you make contact.',
    next: {
      sv: 'Läs säker kontakt på ärendet och ange vad du läste och hur kontakten togs.',
      en: 'Read the safe contact of the matter, and say what you read and how contact was made.',
    },
  },
  SAFE_CONTACT_BROKEN: {
    sv: 'Kontakten bryter mot hur personen kan nås utan fara.',
    en: 'This contact breaks how the person can be reached without danger.',
    next: {
      sv: 'Välj ett annat sätt eller en annan tid, eller ange varför det ändå måste ske.',
      en: 'Choose another way or time, or say why it has to be done all the same.',
    },
  },
  SAFE_CONTACT_UNKNOWN: {
    sv: 'Ingen säker kontaktväg finns för personen.',
    en: 'There is no safe contact for the person.',
    next: { sv: 'Fråga personen och registrera den.', en: 'Ask the person and record it.' },
  },
} as const;
