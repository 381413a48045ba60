/** Refusals at the door: who asks, how, and whether the record can be reached. */
export const DOOR_REFUSALS = {
  UNAUTHENTICATED: {
    sv: 'Inloggningen saknas, har gått ut eller gäller inte här.',
    en: 'You are not signed in, or the sign-in has expired or is not valid here.',
    next: { sv: 'Logga in igen.', en: 'Sign in again.' },
  },
  NO_MANDATE: {
    sv: 'Du har inget uppdrag som tillåter detta just nu.',
    en: 'You have no mandate that allows this at this time.',
    next: {
      sv: 'Be enhetschefen om uppdrag, eller byt enhet.',
      en: 'Ask the unit head for a mandate, or change unit.',
    },
  },
  NOT_YOUR_UNIT: {
    sv: 'Det här hör inte till någon enhet som du arbetar för.',
    en: 'This does not belong to a unit you work for.',
    next: { sv: 'Välj den enhet som ärendet gäller.', en: 'Choose the unit that the matter concerns.' },
  },
  NOT_FOUND: {
    sv: 'Det finns inget här som du kan se.',
    en: 'There is nothing here that you can see.',
    next: { sv: 'Kontrollera länken eller sök i din inkorg.', en: 'Check the link, or look in your inbox.' },
  },
  INVALID_INPUT: {
    sv: 'Något i det du skickade går inte att förstå.',
    en: 'Something in what you sent cannot be understood.',
    next: {
      sv: 'Rätta fälten som nämns. ”Okänt” går alltid bra.',
      en: 'Correct the fields named. "Unknown" is always valid.',
    },
  },
  BODY_TOO_LARGE: {
    sv: 'Det du skickade är större än 1 MB.',
    en: 'What you sent is larger than 1 MB.',
    next: { sv: 'Korta texten och skicka igen.', en: 'Shorten the text and send again.' },
  },
  UNSUPPORTED_MEDIA_TYPE: {
    sv: 'Bara JSON tas emot här.',
    en: 'Only JSON is accepted here.',
    next: { sv: 'Skicka som application/json.', en: 'Send as application/json.' },
  },
  KEY_REQUIRED: {
    sv: 'Kommandot saknar Idempotency-Key.',
    en: 'The command has no Idempotency-Key.',
    next: {
      sv: 'Skicka med en ny slumpmässig nyckel per försök att göra något nytt.',
      en: 'Send a new random key with each new thing you do.',
    },
  },
  IDEMPOTENCY_BODY_DIFFERS: {
    sv: 'Samma Idempotency-Key har redan använts med ett annat innehåll.',
    en: 'The same Idempotency-Key was already used with another body.',
    next: {
      sv: 'Använd en ny nyckel om detta är något nytt.',
      en: 'Use a new key if this is something new.',
    },
  },
  IDEMPOTENCY_IN_PROGRESS: {
    sv: 'Samma kommando behandlas just nu.',
    en: 'The same command is being carried out right now.',
    next: {
      sv: 'Vänta några sekunder och skicka om med samma nyckel.',
      en: 'Wait a few seconds and repeat with the same key.',
    },
  },
  PRECONDITION_REQUIRED: {
    sv: 'Kommandot säger inte vilken version det gäller (If-Match saknas).',
    en: 'The command does not say which version it is about (If-Match is missing).',
    next: { sv: 'Läs om och skicka ETag som If-Match.', en: 'Read again and send the ETag as If-Match.' },
  },
  STALE_VERSION: {
    sv: 'Någon har ändrat detta sedan du läste det.',
    en: 'Somebody has changed this since you read it.',
    next: {
      sv: 'Se det aktuella läget nedan och försök igen.',
      en: 'See the current state below and try again.',
    },
  },
  LOST_RACE: {
    sv: 'Någon annan hann före.',
    en: 'Somebody else was first.',
    next: {
      sv: 'Se det aktuella läget nedan. Inget av ditt gick igenom.',
      en: 'See the current state below. Nothing of yours went through.',
    },
  },
  AUDIT_UNAVAILABLE: {
    sv: 'Loggen kan inte skrivas, så inget har gjorts eller visats.',
    en: 'The audit cannot be written, so nothing was done or shown.',
    next: {
      sv: 'Försök igen om en stund. Ring om det är bråttom.',
      en: 'Try again shortly. Ring if it cannot wait.',
    },
  },
  DEPENDENCY_UNAVAILABLE: {
    sv: 'En del av systemet svarar inte. Inget har gått förlorat som redan bekräftats.',
    en: 'A part of the system does not answer. Nothing already confirmed is lost.',
    next: {
      sv: 'Försök igen med samma Idempotency-Key. Ring om det är bråttom.',
      en: 'Try again with the same Idempotency-Key. Ring if it cannot wait.',
    },
  },
  TOO_MANY_REQUESTS: {
    sv: 'För många anrop på kort tid.',
    en: 'Too many requests in a short time.',
    next: { sv: 'Vänta en stund och försök igen.', en: 'Wait a while and try again.' },
  },
  UNEXPECTED: {
    sv: 'Något gick fel hos oss. Felet är registrerat.',
    en: 'Something went wrong on our side. It has been recorded.',
    next: { sv: 'Försök igen med samma Idempotency-Key.', en: 'Try again with the same Idempotency-Key.' },
  },
} as const;
