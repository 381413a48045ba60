/** Refusals of commands on handoffs, dispatches, matters and units. */
export const CUSTODY_REFUSALS = {
  ILLEGAL_TRANSITION: {
    sv: 'Det går inte att göra i det här läget.',
    en: 'This cannot be done in the present phase.',
    next: { sv: 'Se vilka åtgärder som är möjliga nu.', en: 'See which actions are possible now.' },
  },
  ALREADY_ACCEPTED: {
    sv: 'Erbjudandet är redan mottaget.',
    en: 'The offer has already been accepted.',
    next: {
      sv: 'Arbeta vidare på ärendet, eller be den som håller det.',
      en: 'Work on the matter, or ask the unit that holds it.',
    },
  },
  HANDOFF_WITHDRAWN: {
    sv: 'Avsändaren har tagit tillbaka erbjudandet.',
    en: 'The sender has taken the offer back.',
    next: {
      sv: 'Inget behöver göras. Avsändaren svarar för ärendet.',
      en: 'Nothing to do. The sender answers for the matter.',
    },
  },
  OPEN_HANDOFF_EXISTS: {
    sv: 'Ärendet har redan ett öppet erbjudande.',
    en: 'The matter already has an open offer.',
    next: {
      sv: 'Vänta på svaret, ta tillbaka det, eller skicka ett nytt som ersätter det.',
      en: 'Wait for the answer, withdraw it, or send one that supersedes it.',
    },
  },
  NOT_RESPONSIBLE: {
    sv: 'Din enhet svarar inte för ärendet just nu.',
    en: 'Your unit is not responsible for the matter at this time.',
    next: {
      sv: 'Den enhet som svarar för det kan göra detta.',
      en: 'The unit that answers for it can do this.',
    },
  },
  CANNOT_DECLINE_REPORT: {
    sv: 'En orosanmälan om ett barn kan inte avböjas.',
    en: 'A concern report about a child cannot be declined.',
    next: {
      sv: 'Ta emot den, eller hänvisa den till rätt enhet. Ni svarar inte för barnet förrän ni har tagit emot.',
      en: 'Accept it, or redirect it to the right unit. You do not answer for the child until you accept.',
    },
  },
  CANNOT_WITHDRAW_REPORT: {
    sv: 'En orosanmälan om ett barn kan inte tas tillbaka.',
    en: 'A concern report about a child cannot be withdrawn.',
    next: {
      sv: 'Skicka ett nytt erbjudande som ersätter det, till rätt enhet.',
      en: 'Send a new offer, to the right unit, that supersedes it.',
    },
  },
  CANNOT_CANCEL_REPORT: {
    sv: 'En orosanmälan om ett barn kan inte avbrytas.',
    en: 'A concern report about a child cannot be cancelled.',
    next: {
      sv: 'Lämna de nya uppgifterna till enheten som håller ärendet.',
      en: 'Give the new information to the unit that holds the matter.',
    },
  },
  CANNOT_ERASE_REPORT: {
    sv: 'En orosanmälan om ett barn kan inte markeras som registrerad av misstag.',
    en: 'A concern report about a child cannot be marked as entered in error.',
    next: {
      sv: 'Länka den som dubblett eller skicka ett nytt erbjudande.',
      en: 'Link it as a duplicate, or send a new offer.',
    },
  },
  CANNOT_HOLD_REPORT: {
    sv: 'En orosanmälan om ett barn kan inte läggas på vänt.',
    en: 'A concern report about a child cannot be put on hold.',
    next: {
      sv: 'Lämna vidare om enheten inte kan arbeta. Ni svarar för barnet till dess.',
      en: 'Hand it on if the unit cannot work. You answer for the child until then.',
    },
  },
  NOT_DECLINABLE: {
    sv: 'Erbjudanden på den här vägen kan inte avböjas.',
    en: 'Offers on this route cannot be declined.',
    next: { sv: 'Ta emot det, eller hänvisa vidare.', en: 'Accept it, or redirect it.' },
  },
  NOT_WITHDRAWABLE: {
    sv: 'Erbjudanden på den här vägen kan inte tas tillbaka.',
    en: 'Offers on this route cannot be withdrawn.',
    next: { sv: 'Skicka ett nytt erbjudande som ersätter det.', en: 'Send a new offer that supersedes it.' },
  },
  NOT_CANCELLABLE: {
    sv: 'Det går inte att begära avbrott på den här vägen.',
    en: 'Cancellation cannot be asked for on this route.',
    next: { sv: 'Kontakta enheten som håller ärendet.', en: 'Contact the unit that holds the matter.' },
  },
  CANCELLATION_ALREADY_REQUESTED: {
    sv: 'Avbrott är redan begärt.',
    en: 'Cancellation has already been requested.',
    next: { sv: 'Vänta på svaret; det har en tidsgräns.', en: 'Wait for the answer; it has a deadline.' },
  },
  NO_CANCELLATION_REQUESTED: {
    sv: 'Ingen har begärt avbrott.',
    en: 'Nobody has requested cancellation.',
    next: {
      sv: 'Avsluta ärendet med ett utfall i stället.',
      en: 'Close the matter with an outcome instead.',
    },
  },
  ACCEPTOR_NO_LONGER_HOLDS: {
    sv: 'Enheten som tog emot svarar inte längre för ärendet.',
    en: 'The unit that accepted no longer answers for the matter.',
    next: { sv: 'Det finns inget att avbryta hos den.', en: 'There is nothing to cancel with it.' },
  },
  HAND_BACK_NOT_ALLOWED: {
    sv: 'Ärendet kan inte lämnas tillbaka den vägen.',
    en: 'The matter cannot be handed back that way.',
    next: {
      sv: 'Lämna det vidare till rätt enhet. Ni svarar för det till dess.',
      en: 'Hand it on to the right unit. You answer for it until then.',
    },
  },
  REASON_REQUIRED: {
    sv: 'Ett skäl behövs.',
    en: 'A reason is needed.',
    next: {
      sv: 'Välj ett av skälen för den här åtgärden.',
      en: 'Choose one of the reasons for this action.',
    },
  },
  REASON_NOT_ALLOWED: {
    sv: 'Skälet kan inte användas här.',
    en: 'The reason cannot be used here.',
    next: { sv: 'Välj ett av skälen för den här vägen.', en: 'Choose one of the reasons of this route.' },
  },
  MATTER_CLOSED: {
    sv: 'Ärendet är avslutat.',
    en: 'The matter is closed.',
    next: {
      sv: 'Öppna ett nytt ärende som fortsätter det gamla.',
      en: 'Open a new matter that continues the old one.',
    },
  },
  HOLDS_OPEN_OFFER: {
    sv: 'Ärendet kan inte avslutas medan ett erbjudande är öppet.',
    en: 'The matter cannot be closed while an offer is open.',
    next: {
      sv: 'Vänta på svaret, eller skicka ett nytt erbjudande.',
      en: 'Wait for the answer, or send a new offer.',
    },
  },
  CHILD_NEEDS_SUCCESSOR: {
    sv: 'Ett barns ärende avslutas bara med ett efterföljande ärende eller ett beslut om att inget mer behövs.',
    en: "A child's matter closes only with a successor matter or a recorded decision that nothing further is needed.",
    next: {
      sv: 'Öppna det nya ärendet först, eller dokumentera beslutet.',
      en: 'Open the new matter first, or record the decision.',
    },
  },
  OUTCOME_NOT_ALLOWED: {
    sv: 'Utfallet finns inte för den här sortens ärende.',
    en: 'This kind of matter has no such outcome.',
    next: { sv: 'Välj ett av utfallen i listan.', en: 'Choose one of the outcomes listed.' },
  },
  CLOSING_NEEDS_MORE: {
    sv: 'Något saknas för att avsluta med det utfallet.',
    en: 'Something is missing for closing with that outcome.',
    next: { sv: 'Komplettera det som nämns.', en: 'Supply what is named.' },
  },
  RECHECK_TOO_EARLY: {
    sv: 'Mottagandet utanför Handslag måste kontrolleras igen nästa kontorsdag.',
    en: 'What was taken outside Handslag must be checked again on the next office day.',
    next: {
      sv: 'Ni svarar för ärendet till dess. Ring mottagaren då och avsluta sedan.',
      en: 'You answer for the matter until then. Ring the receiver that day, then close.',
    },
  },
  DUTY_NOT_MET: {
    sv: 'En lagstadgad uppgift om barnet är inte utförd.',
    en: 'A statutory duty about the child has not been met.',
    next: {
      sv: 'Dokumentera skyddsbedömningen och beslutet om utredning först.',
      en: 'Record the protection assessment and the decision on an investigation first.',
    },
  },
  ALREADY_ON_HOLD: {
    sv: 'Ärendet vilar redan.',
    en: 'The matter is already on hold.',
    next: {
      sv: 'Ändra granskningsdatum genom att återuppta först.',
      en: 'Resume it first to change the review date.',
    },
  },
  NOT_ON_HOLD: {
    sv: 'Ärendet vilar inte.',
    en: 'The matter is not on hold.',
    next: { sv: 'Inget behöver göras.', en: 'Nothing to do.' },
  },
  UNKNOWN_UNIT: {
    sv: 'Enheten finns inte i katalogen.',
    en: 'The unit is not in the directory.',
    next: { sv: 'Välj en enhet i listan.', en: 'Choose a unit from the list.' },
  },
  UNIT_ENDED: {
    sv: 'Enheten har upphört.',
    en: 'The unit has ended.',
    next: { sv: 'Skicka till dess efterträdare.', en: 'Send to its successor.' },
  },
  UNIT_NOT_YET: {
    sv: 'Enheten har inte börjat än.',
    en: 'The unit has not started yet.',
    next: { sv: 'Skicka till den enhet som gäller i dag.', en: 'Send to the unit in force today.' },
  },
  UNIT_EXTERNAL: {
    sv: 'Enheten finns utanför Handslag och kan inte ta över ansvaret här.',
    en: 'The unit is outside Handslag and cannot take the responsibility here.',
    next: {
      sv: 'Ring, intyga vem som tog emot, och kontrollera igen nästa kontorsdag.',
      en: 'Ring, attest who took it, and check again on the next office day.',
    },
  },
  UNIT_NOT_EXTERNAL: {
    sv: 'Enheten finns i Handslag och tar emot själv.',
    en: 'The unit is in Handslag and accepts by itself.',
    next: { sv: 'Vänta på att en person där tar emot.', en: 'Wait for a person there to accept.' },
  },
  UNIT_STILL_HOLDS: {
    sv: 'Enheten svarar fortfarande för ärenden.',
    en: 'The unit still answers for matters.',
    next: { sv: 'Flytta dem genom succession först.', en: 'Move them by succession first.' },
  },
  ROTA_IN_THE_PAST: {
    sv: 'Passet börjar i det förflutna.',
    en: 'The spell begins in the past.',
    next: { sv: 'Låt det börja nu eller senare.', en: 'Let it begin now or later.' },
  },
  ROTA_BACKWARDS: {
    sv: 'Passet slutar innan det har börjat.',
    en: 'The spell ends before it has begun.',
    next: { sv: 'Rätta tiderna.', en: 'Correct the times.' },
  },
  ROTA_NO_COLLEAGUE: {
    sv: 'Personen har inget uppdrag vid enheten den dagen.',
    en: 'The person has no mandate at the unit on that day.',
    next: {
      sv: 'Välj någon som har uppdrag där när passet börjar.',
      en: 'Choose somebody who has a mandate there when it begins.',
    },
  },
  ROTA_OVERLAPS: {
    sv: 'Personen har redan det passet under en del av tiden.',
    en: 'The person already has that duty for a part of the time.',
    next: {
      sv: 'Ta bort det gamla passet först, eller välj en annan tid.',
      en: 'Take the old spell off first, or choose another time.',
    },
  },
  NO_ROUTE: {
    sv: 'Det finns ingen väg för den här sortens ärende mellan de enheterna.',
    en: 'There is no route for this kind of matter between those units.',
    next: {
      sv: 'Se föreslagen mottagare och hur den hittades.',
      en: 'See the proposed receiver and how it was found.',
    },
  },
  RECEIVER_CLOSED: {
    sv: 'Mottagaren har stängt eller stänger inom kort.',
    en: 'The receiver is closed, or closes shortly.',
    next: { sv: 'Skicka till socialjouren i stället.', en: 'Send to socialjouren instead.' },
  },
  SECOND_PERSON_REQUIRED: {
    sv: 'En annan person måste godkänna.',
    en: 'Another person must approve.',
    next: { sv: 'Be en behörig kollega godkänna.', en: 'Ask a colleague with the mandate to approve.' },
  },
  NO_SUCCESSOR: {
    sv: 'Enheten har ingen namngiven efterträdare.',
    en: 'The unit has no named successor.',
    next: { sv: 'Ange efterträdaren i katalogen först.', en: 'Name the successor in the directory first.' },
  },
  DECIDER_MAY_NOT_ACCEPT: {
    sv: 'Den som har beslutat om ett uppdrag får inte ta emot det.',
    en: 'Who decided on a commission may not accept it.',
    next: { sv: 'Be en kollega ta emot.', en: 'Ask a colleague to accept.' },
  },
} as const;
