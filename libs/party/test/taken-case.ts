import { aReport } from './reports.js';
import type { As, Stage } from './stage.js';

export const NIGHT_UNIT = 'socialjouren-stockholm';

interface Reported {
  readonly matterId: string;
  readonly kind: string;
}

/** A matter of the case as socialjouren sees it. */
export interface TakenMatter {
  readonly matterId: string;
  readonly subjectId: string;
  readonly incidentId: string;
}

export interface TakenCase {
  readonly child: TakenMatter;
  readonly adult: TakenMatter;
  /** As socialjouren sees it. */
  readonly incident: string;
  /** As the record has them. */
  readonly recordId: string;
  readonly childId: string;
}

/** The police report and send a child and her mother to socialjouren, which takes both. */
export async function takenCase(
  stage: Stage,
  police: As,
  worker: As,
  report: Record<string, unknown> = aReport(),
): Promise<TakenCase> {
  const reported = await police.post('/incidents', report);
  const matters: Reported[] = reported.body.matters;
  const preview = await police.post('/dispatches/preview', {
    items: matters.map(({ matterId, kind }) => ({
      matterId,
      toUnit: NIGHT_UNIT,
      ...(kind === 'adult-safety' ? { basis: { code: 'X-02b', statement: 'kanarieavvägning' } } : {}),
    })),
  });
  const sent = await police.post('/dispatches', { previewId: preview.body.previewId });
  for (const { handoffId } of sent.body.handoffs) await worker.post(`/handoffs/${handoffId}/open`);
  const accepted = await worker.post(`/dispatches/${sent.body.dispatchId}/accept`);
  if (accepted.status !== 200) throw new Error(`not taken: ${JSON.stringify([sent.body, accepted.body])}`);
  const view = async (kind: string): Promise<TakenMatter> => {
    const { matterId } = matters.find((one) => one.kind === kind) ?? {};
    return (await worker.get(`/matters/${matterId}`)).body;
  };
  const [child, adult] = [await view('child-protection'), await view('adult-safety')];
  const [row]: { incident_id: string; subject_id: string }[] = await stage.admin.query(
    'select incident_id, subject_id from custody.matter where id = $1',
    [child.matterId],
  );
  return {
    child,
    adult,
    incident: child.incidentId,
    recordId: row?.incident_id ?? '',
    childId: row?.subject_id ?? '',
  };
}
