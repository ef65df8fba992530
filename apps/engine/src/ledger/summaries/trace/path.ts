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

interface Look {
  done: boolean;
  detail: string;
  remedy?: string;
}
const done = (detail: string): Look => ({ done: true, detail });
const stops = (detail: string, remedy: string): Look => ({ done: false, detail, remedy });

export function pathOf(facts: Facts): Step[] {
  const path: Step[] = [];
  for (const step of steps) {
    const look = step in ofEvent ? ofEvent[step as keyof typeof ofEvent](facts) : ofMeter[step as keyof typeof ofMeter](facts.meter!);
    path.push({ step, ...look });
    if (!look.done) break;
  }
  return path;
}

const ofEvent = {
  ledgered: ({ event, receivedAt }: Facts) => done(`${event} was received at ${receivedAt}`),
  'in-force': ({ cancelledBy, correctedBy }: Facts) =>
    cancelledBy === null
      ? done(correctedBy === null ? 'it stands as it came' : `${correctedBy} stands in its place`)
      : stops(`${cancelledBy} cancelled it`, 'A cancelled event is not billed. Send the usage again under a new id if it was.'),
  counted: ({ roll }: Facts) =>
    roll === null ? stops('its commit waits for the roll-up', 'Wait; see the lag of the roll-up.') : done(`roll ${roll} has it`),
  metered: ({ meter, notWanted }: Facts) =>
    meter
      ? done(`the meter ${meter.name}, version ${meter.version}, wants it`)
      : stops(notWanted.join('; ') || 'there is no meter', 'Change a meter so that it wants such events, or let it be.'),
};

const ofMeter = {
  readable: ({ problem, said, behind }: MeterFacts) => {
    if (problem !== null) return stops(`${words[problem] ?? problem}: ${said ?? 'nothing'}`, 'Correct the event, or the meter.');
    return behind ? stops('the meter has not counted so far yet', 'Wait; see the lag of the roll-up.') : done('its value can be read');
  },
  attributed: ({ customer, subject, why }: MeterFacts) => {
    if (customer !== null) return done(`${customer} pays for it`);
    const detail =
      subject === null
        ? 'it names no subject'
        : why === 'ambiguous'
          ? `more than one customer or subscription is called ${subject}`
          : `nobody is known to pay for ${subject}`;
    return stops(detail, subject === null ? 'Correct the event.' : 'Add a row to the table usage-accounts.');
  },
  sealed: ({ summary, seal, period, periodEnds }: MeterFacts) => {
    if (summary !== null) return done(`it is a member of ${summary}`);
    return seal === null
      ? stops(`the period ${period} is open: it ends at ${periodEnds} and is not sealed`, 'Seal the period when it is over.')
      : stops(
          `the period ${period} was sealed before; it waits as an adjustment`,
          'It is billed when the next period of the meter is sealed.',
        );
  },
  'handed-on': ({ documents }: MeterFacts) =>
    documents.length > 0
      ? done(documents.map(({ flow }) => flow).join(', '))
      : stops('no flow took the summary', 'Save a flow from { canonical: usage-summary@1 } before periods are sealed.'),
  posted: ({ documents }: MeterFacts) => {
    const stuck = documents.find(({ state }) => !over.includes(state));
    if (!stuck) return done(documents.map(({ flow, documentNumber, state }) => `${flow}: ${documentNumber ?? state}`).join(', '));
    return stops(
      `${stuck.message} of ${stuck.flow} is ${stuck.state}${stuck.reason === null ? '' : `: ${stuck.reason}`}`,
      'Open the message.',
    );
  },
};

const over = ['posted', 'skipped', 'duplicate', 'superseded', 'resolved'];
const words: Record<string, string> = {
  missing: 'the value is missing',
  'no-number': 'the value is no number',
  'no-single-value': 'the value is an object or a list',
  'too-long': 'the value is too long',
  'dimension-too-long': 'a dimension is too long',
};
