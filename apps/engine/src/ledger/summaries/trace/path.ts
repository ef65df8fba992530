/** The way of a piece of usage to the money, step by step, and the first thing that stops it. Pure. */

export const steps = ['ledgered', 'in-force', 'counted', 'metered', 'readable', 'attributed', 'sealed', 'handed-on', 'posted'] as const;
export type StepName = (typeof steps)[number];

export interface Step {
  step: StepName;
  done: boolean;
  detail: string;
  remedy?: string;
}

/** What is known of an event for one meter. */
export interface Facts {
  event: string;
  receivedAt: string;
  cancelledBy: string | null;
  /** The event in force, when a correction took its place. */
  correctedBy: string | null;
  roll: string | null;
  /** Undefined: no meter wants it; then why each does not. */
  meter: MeterFacts | undefined;
  notWanted: string[];
}

export interface MeterFacts {
  name: string;
  version: number;
  period: string;
  periodEnds: string;
  problem: string | null;
  said: string | null;
  behind: boolean;
  customer: string | null;
  subject: string | null;
  why: string | null;
  /** The period's seal, and the newest summary that the event is a member of. */
  seal: string | null;
  summary: string | null;
  documents: { message: string; flow: string; state: string; documentNumber: string | null; reason: string | null }[];
}

export function pathOf(facts: Facts): Step[] {
  const path: Step[] = [];
  const go = (step: StepName, done: boolean, detail: string, remedy?: string): boolean => {
    path.push({ step, done, detail, ...(remedy === undefined || done ? {} : { remedy }) });
    return done;
  };
  go('ledgered', true, `${facts.event} was received at ${facts.receivedAt}`);
  const inForce = facts.cancelledBy === null;
  const stands = facts.correctedBy === null ? 'it stands as it came' : `${facts.correctedBy} stands in its place`;
  if (!go('in-force', inForce, inForce ? stands : `${facts.cancelledBy} cancelled it`, 'A cancelled event is not billed. Send the usage again under a new id if it was.')) return path; // prettier-ignore
  if (!go('counted', facts.roll !== null, facts.roll === null ? 'its commit waits for the roll-up' : `roll ${facts.roll} has it`, 'Wait; see the lag of the roll-up.')) return path; // prettier-ignore
  const { meter } = facts;
  if (!go('metered', meter !== undefined, meter ? `the meter ${meter.name}, version ${meter.version}, wants it` : facts.notWanted.join('; ') || 'there is no meter', 'Change a meter so that it wants such events, or let it be.')) return path; // prettier-ignore
  return [...path, ...ofMeter(meter!)];
}

function ofMeter(meter: MeterFacts): Step[] {
  const path: Step[] = [];
  const go = (step: StepName, done: boolean, detail: string, remedy: string): boolean => {
    path.push({ step, done, detail, ...(done ? {} : { remedy }) });
    return done;
  };
  const read = meter.problem === null;
  if (!go('readable', read && !meter.behind, read ? (meter.behind ? 'the meter has not counted so far yet' : 'its value can be read') : `${words[meter.problem!] ?? meter.problem!}: ${meter.said ?? 'nothing'}`, meter.behind ? 'Wait; see the lag of the roll-up.' : 'Correct the event, or the meter.')) return path; // prettier-ignore
  const whose = meter.subject === null ? 'it names no subject' : `nobody is known to pay for ${meter.subject}`;
  if (!go('attributed', meter.customer !== null, meter.customer === null ? (meter.why === 'ambiguous' ? `more than one customer or subscription is called ${meter.subject}` : whose) : `${meter.customer} pays for it`, 'Add a row to the table usage-accounts.')) return path; // prettier-ignore
  const sealed = meter.summary !== null;
  const open = meter.seal === null ? `the period ${meter.period} is open until ${meter.periodEnds}` : `the period ${meter.period} was sealed before; it waits as an adjustment`;
  if (!go('sealed', sealed, sealed ? `it is a member of ${meter.summary}` : open, meter.seal === null ? 'Seal the period when it is over.' : 'It is billed when the next period of the meter is sealed.')) return path; // prettier-ignore
  const handed = meter.documents.length > 0;
  if (!go('handed-on', handed, handed ? meter.documents.map(({ flow }) => flow).join(', ') : 'no flow took the summary', 'Save a flow from { canonical: usage-summary@1 } before periods are sealed.')) return path; // prettier-ignore
  const [stuck] = meter.documents.filter(({ state }) => !over.includes(state));
  go('posted', stuck === undefined, stuck ? `${stuck.message} of ${stuck.flow} is ${stuck.state}${stuck.reason === null ? '' : `: ${stuck.reason}`}` : meter.documents.map(({ flow, documentNumber, state }) => `${flow}: ${documentNumber ?? state}`).join(', '), 'Open the message.'); // prettier-ignore
  return path;
}

const over = ['posted', 'skipped', 'duplicate', 'superseded', 'resolved'];
const words: Record<string, string> = {
  missing: 'the value is missing',
  'no-number': 'the value is no number',
  'no-single-value': 'the value is an object or a list',
  'too-long': 'the value is too long',
  'dimension-too-long': 'a dimension is too long',
};
