/** Refusals about disposal (issue 4, 12). */
export const RETENTION_REFUSALS = {
  DISPOSAL_NOT_OPEN: {
    sv: 'Gallringsbeslutet är inte i det läget.',
    en: 'The disposal is not in that state.',
    next: { sv: 'Läs det igen och se var det är.', en: 'Read it again and see where it is.' },
  },
  DISPOSAL_LIST_CHANGED: {
    sv: 'Listan är inte längre den som har lästs.',
    en: 'The list is no longer the one that was read.',
    next: {
      sv: 'Gör en ny lista, läs den och föreslå den.',
      en: 'Make a new list, read it and propose that one.',
    },
  },
  DISPOSAL_NOT_AS_RECORDED: {
    sv: 'Gallringsbeslutet stämmer inte med registret, som inte utför det.',
    en: 'The disposal does not agree with the record, which does not carry it out.',
    next: {
      sv: 'Gör en ny lista och låt två personer besluta igen; säg till den som granskar loggar.',
      en: 'Make a new list and have two persons decide again; tell whoever reviews the logs.',
    },
  },
  NOTHING_TO_DISPOSE: {
    sv: 'Listan innehåller inget som ska gallras.',
    en: 'The list holds nothing that is to go.',
    next: { sv: 'Se varför var och en undantas.', en: 'See why each is exempt.' },
  },
  PERIOD_NOT_STATED: {
    sv: 'Ingen bekräftad gallringstid finns för de här uppgifterna.',
    en: 'No retention period is confirmed for these data.',
    next: {
      sv: 'Ange myndighetens egen tid och dess grund.',
      en: "State the authority's own period and its ground.",
    },
  },
  STILL_CURRENT: {
    sv: 'Personen är aktuell och gallras inte.',
    en: 'The person is current and is not erased.',
    next: {
      sv: 'Vänta tills ärendet är avslutat och tiden har gått.',
      en: 'Wait until the matter is closed and the time has run.',
    },
  },
} as const;
