import type { Label } from '../wording/index.js';
import type { MatterPhase } from './matter-machine.js';

export const MATTER_PHASE_LABELS: Readonly<Record<MatterPhase, Label>> = {
  held: { sv: 'Enheten svarar för ärendet', en: 'Held' },
  'contact-attempted': { sv: 'Kontakt sökt', en: 'Contact attempted' },
  'contact-made': { sv: 'Kontakt nådd', en: 'Contact made' },
  scheduled: { sv: 'Möte bokat', en: 'Scheduled' },
  attended: { sv: 'Möte genomfört', en: 'Attended' },
  'no-show': { sv: 'Uteblev', en: 'No-show' },
  'event-cancelled': { sv: 'Möte inställt', en: 'Meeting cancelled' },
  closed: { sv: 'Avslutat', en: 'Closed' },
};
