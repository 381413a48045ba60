/** Refusals about what is told: places, persons, fields, bases, previews. */
export const CONTENT_REFUSALS = {
  FUTURE_INCIDENT: {
    sv: 'Händelsen ligger i framtiden.',
    en: 'The incident lies in the future.',
    next: {
      sv: 'Rätta tiden. Är den okänd går ”okänt” bra.',
      en: 'Correct the time. If it is unknown, "unknown" is valid.',
    },
  },
  UNKNOWN_PLACE: {
    sv: 'Platsen finns inte i katalogen.',
    en: 'The place is not in the directory.',
    next: {
      sv: 'Välj stadsdel i listan. På natten räcker kommunen.',
      en: 'Choose a subdistrict from the list. At night the municipality is enough.',
    },
  },
  AMBIGUOUS_PLACE: {
    sv: 'Platsen kan höra till fler än ett område.',
    en: 'The place may belong to more than one area.',
    next: {
      sv: 'Välj stadsdel, eller ange distriktet själv.',
      en: 'Choose the subdistrict, or assert the district.',
    },
  },
  NO_UNIT_FOR_PLACE: {
    sv: 'Ingen enhet i katalogen ansvarar för platsen den dagen.',
    en: 'No unit in the directory answers for the place on that day.',
    next: { sv: 'Välj mottagare själv och skriv varför.', en: 'Choose the receiver yourself and say why.' },
  },
  DISTRICT_NEEDED: {
    sv: 'Adressen är skyddad, så området måste anges av en handläggare.',
    en: 'The address is protected, so a worker must assert the district.',
    next: {
      sv: 'Ange ansvarigt stadsdelsområde. Skriv ingen adress.',
      en: 'Assert the responsible district. Write no address.',
    },
  },
  UNKNOWN_SUBJECT: {
    sv: 'Personen hör inte till händelsen.',
    en: 'The person does not belong to the incident.',
    next: { sv: 'Lägg till personen i händelsen först.', en: 'Add the person to the incident first.' },
  },
  SUBJECT_NOT_A_CHILD: {
    sv: 'Personen är vuxen den dagen och har gjorts om till vuxen.',
    en: 'The person is an adult on that day and was re-typed as an adult.',
    next: {
      sv: 'Kontrollera uppgifterna och skicka som vuxen.',
      en: 'Check the details and send as an adult.',
    },
  },
  SUBJECT_NOT_OF_KIND: {
    sv: 'Den här sortens ärende kan inte gälla den personen.',
    en: 'This kind of matter cannot concern that person.',
    next: { sv: 'Välj en annan sorts ärende.', en: 'Choose another kind of matter.' },
  },
  NO_BASIS: {
    sv: 'Det finns ingen rättslig grund att lämna uppgifterna.',
    en: 'There is no legal basis for giving the information.',
    next: {
      sv: 'Inhämta samtycke, eller dokumentera ett enskilt beslut. Ärendet ligger kvar hos er.',
      en: 'Obtain consent, or record an individual decision. The matter stays with you.',
    },
  },
  BASIS_NOT_PERMITTED: {
    sv: 'Grunden gäller inte på den här vägen.',
    en: 'That basis does not apply on this route.',
    next: { sv: 'Välj en av grunderna för vägen.', en: 'Choose one of the bases of the route.' },
  },
  BASIS_NOT_USABLE: {
    sv: 'Den grunden får inte användas här.',
    en: 'That basis may not be used here.',
    next: {
      sv: 'Läs vad regeln säger och vad som skulle göra det lagligt.',
      en: 'Read what the rule says and what would make it lawful.',
    },
  },
  BASIS_CHANGED: {
    sv: 'Grunden gäller inte längre.',
    en: 'The basis no longer holds.',
    next: { sv: 'Förhandsgranska igen med en grund som gäller.', en: 'Preview again with a basis in force.' },
  },
  FIELD_NOT_PERMITTED: {
    sv: 'Ett fält får inte skickas på den här vägen.',
    en: 'A field may not be sent on this route.',
    next: { sv: 'Ta bort fältet som nämns.', en: 'Remove the field named.' },
  },
  FIELD_REQUIRED: {
    sv: 'Ett fält som vägen kräver saknas.',
    en: 'A field that the route requires is missing.',
    next: {
      sv: 'Fyll i det. ”Okänt” är alltid ett giltigt svar.',
      en: 'Fill it in. "Unknown" is always a valid answer.',
    },
  },
  PREVIEW_REQUIRED: {
    sv: 'Inget kan skickas utan förhandsgranskning.',
    en: 'Nothing can be sent without a preview.',
    next: { sv: 'Förhandsgranska först.', en: 'Preview first.' },
  },
  PREVIEW_EXPIRED: {
    sv: 'Förhandsgranskningen är äldre än 24 timmar.',
    en: 'The preview is older than 24 hours.',
    next: { sv: 'Förhandsgranska igen.', en: 'Preview again.' },
  },
  PREVIEW_OUTDATED: {
    sv: 'Vägen, grunden eller katalogen har ändrats sedan förhandsgranskningen.',
    en: 'The route, the basis or the directory has changed since the preview.',
    next: { sv: 'Förhandsgranska igen och se vad som är nytt.', en: 'Preview again and see what is new.' },
  },
  PREVIEW_USED: {
    sv: 'Förhandsgranskningen är redan skickad.',
    en: 'The preview has already been sent.',
    next: { sv: 'Öppna det som skickades.', en: 'Open what was sent.' },
  },
  CONTENT_ERASED: {
    sv: 'Innehållet är gallrat.',
    en: 'The content has been erased.',
    next: {
      sv: 'Det går inte att läsa. Händelserna finns kvar.',
      en: 'It cannot be read. The events remain.',
    },
  },
  CONTENT_CLOSED: {
    sv: 'Erbjudandet är avslutat, så innehållet visas inte längre för mottagaren.',
    en: 'The offer has ended, so its content is no longer shown to the receiver.',
    next: {
      sv: 'Behövs uppgifterna: be avsändaren skicka på nytt.',
      en: 'If the information is needed: ask the sender to send anew.',
    },
  },
  CONTENT_NOT_FOR_UNIT: {
    sv: 'Innehållet är inte förseglat för din enhet.',
    en: 'The content is not sealed for your unit.',
    next: { sv: 'Be avsändaren skicka till rätt enhet.', en: 'Ask the sender to send to the right unit.' },
  },
  NECESSITY_REQUIRED: {
    sv: 'Ett hembesök kräver dokumenterad nödvändighet och rättslig grund; att modellen används räcker inte.',
    en: 'A home visit needs recorded necessity and a legal ground; that the model applies is not enough.',
    next: {
      sv: 'Dokumentera nödvändighet och grund, eller avstå från besöket.',
      en: 'Record necessity and ground, or do not visit.',
    },
  },
  PROTECTION_ASSESSMENT_FIRST: {
    sv: 'Skyddsbedömningen måste göras innan vårdnadshavare kontaktas.',
    en: 'The protection assessment must be made before a guardian is contacted.',
    next: { sv: 'Dokumentera skyddsbedömningen först.', en: 'Record the protection assessment first.' },
  },
} as const;
