/** Refusals about who may work on what, grant, break the glass and review. */
export const ACCESS_REFUSALS = {
  SELF_GRANT: {
    sv: 'Ingen ger sig själv ett uppdrag.',
    en: 'Nobody grants a mandate to herself.',
    next: { sv: 'Be en annan behörig person.', en: 'Ask another person who may.' },
  },
  ROLE_NOT_AT_UNIT: {
    sv: 'Rollen finns inte på den här enheten.',
    en: 'The role does not exist at this unit.',
    next: { sv: 'Välj en roll som enheten har.', en: 'Choose a role that the unit has.' },
  },
  ROLES_APART: {
    sv: 'Den som granskar eller administrerar får inte också läsa ärenden på samma enhet.',
    en: 'Who audits or administers may not also read matters at the same unit.',
    next: { sv: 'Avsluta det andra uppdraget först.', en: 'End the other mandate first.' },
  },
  LAST_HEAD_STAYS: {
    sv: 'Enheten kan inte bli utan chef.',
    en: 'The unit cannot be left without a head.',
    next: { sv: 'Ge någon annan uppdraget först.', en: 'Grant it to somebody else first.' },
  },
  MANDATE_DAYS: {
    sv: 'Uppdragets dagar går inte ihop: det börjar i dag eller senare och slutar inte före det börjar.',
    en: 'The days of the mandate do not fit: it begins today or later and does not end before it begins.',
    next: { sv: 'Rätta dagarna.', en: 'Correct the days.' },
  },
  MANDATE_EXISTS: {
    sv: 'Personen har redan det uppdraget de dagarna.',
    en: 'The person has that mandate on those days already.',
    next: { sv: 'Avsluta det gamla eller välj andra dagar.', en: 'End the old one or choose other days.' },
  },
  NOT_DELEGABLE: {
    sv: 'Beslutet fattas av nämndens utskott och kan inte delegeras till en tjänsteman.',
    en: 'The decision is taken by a committee of the board and cannot be delegated to an officer.',
    next: {
      sv: 'Lägg fram förslaget för utskottet och ange protokollet.',
      en: 'Put the proposal to the committee and name its minutes.',
    },
  },
  // One sentence for every conflict, and for somebody without a mandate: it tells nothing about why (C6).
  CANNOT_WORK_ON_MATTER: {
    sv: 'Den här personen kan inte arbeta med ärendet.',
    en: 'This person cannot work on this matter.',
    next: {
      sv: 'Välj en kollega, eller be enhetschefen fördela ärendet.',
      en: 'Choose a colleague, or ask the unit head to assign it.',
    },
  },
  // The same for a double booking and for two who may not meet: it tells nothing about who else is there (C6).
  TIME_NOT_POSSIBLE: {
    sv: 'Den tiden går inte att boka där.',
    en: 'That time cannot be booked there.',
    next: { sv: 'Välj en annan tid eller plats.', en: 'Choose another time or place.' },
  },
  CONTENT_NOT_ASSIGNED: {
    sv: 'Ärendet är en kollegas, och du är inte i tjänst enligt schemat.',
    en: 'The matter is a colleague’s, and you are not on duty by the rota.',
    next: {
      sv: 'Be enhetschefen tilldela dig det. I en nödsituation: öppna med skäl.',
      en: 'Ask the unit head to assign it to you. In an emergency: open with a reason.',
    },
  },
  ORDINARY_ACCESS_OPEN: {
    sv: 'Du kan redan läsa ärendet på vanligt sätt.',
    en: 'You can read the matter in the ordinary way already.',
    next: { sv: 'Öppna ärendet utan nödöppning.', en: 'Open the matter without breaking the glass.' },
  },
  GLASS_CLOSED: {
    sv: 'Nödöppningen gäller inte längre.',
    en: 'The emergency opening is no longer in force.',
    next: { sv: 'Öppna på nytt med skäl om det behövs.', en: 'Open anew with a reason if it is needed.' },
  },
  OWN_ACCESS: {
    sv: 'Ingen granskar sina egna åtkomster.',
    en: 'Nobody reviews her own accesses.',
    next: { sv: 'Be en annan granskare.', en: 'Ask another reviewer.' },
  },
  REVIEW_INCOMPLETE: {
    sv: 'Alla utvalda åtkomster har inte bedömts.',
    en: 'Not every drawn access has been judged.',
    next: { sv: 'Bedöm de som återstår först.', en: 'Judge those that remain first.' },
  },
  ALREADY_DECIDED: {
    sv: 'Det är redan avgjort.',
    en: 'It has been decided already.',
    next: { sv: 'Läs om för att se avgörandet.', en: 'Read again to see the decision.' },
  },
} as const;
