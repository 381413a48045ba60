/** Refusals about whom one may look up or see unmasked: equal whether there is anything or not. */
export const IDENTITY_REFUSALS = {
  ENTITLED_FUNCTION_ONLY: {
    sv: 'Detta kan bara den funktion göra som enheten har utsett. Svaret är detsamma vare sig det finns något eller inte.',
    en: 'Only the function that the unit has named can do this. The answer is the same whether there is anything or not.',
    next: {
      sv: 'Vänd dig till enhetschefen, som kan utse dig för en tid.',
      en: 'Turn to the unit head, who can name you for a time.',
    },
  },
  UNMASKING_OVER: {
    sv: 'Det finns inget öppnat för dig här, eller så har tiden gått ut.',
    en: 'Nothing is unmasked for you here, or the time has run out.',
    next: {
      sv: 'Begär på nytt och ange varför.',
      en: 'Ask again and say why.',
    },
  },
  LOOKUPS_SPENT: {
    sv: 'Du har gjort så många sökningar som en person får göra på en timme.',
    en: 'You have made as many searches as one person may make in an hour.',
    next: {
      sv: 'Vänta en stund. Är det bråttom kan en kollega söka, eller ring enhetschefen.',
      en: 'Wait a while. If it is urgent a colleague can search, or ring the unit head.',
    },
  },
} as const;
