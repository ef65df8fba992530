/** An event of the product, as its program wrote it down. */
export interface UsageEvent {
  id: string;
  subject: string;
  /** ISO 8601, UTC. */
  time: string;
  calls: number;
}
/** What was found out later about one of them. */
export interface UsageCorrection {
  of: string;
  calls: number;
}

/**
 * What each subject must be billed for each month. A correction that came when the month of its event was sealed counts in the next one, with the difference:
 * `sealedBefore` says of a correction whether that was so.
 */
export function expectedQuantities(
  events: readonly UsageEvent[],
  corrections: readonly UsageCorrection[],
  { months, late }: { months: readonly [string, string]; late: ReadonlySet<UsageCorrection> },
): Map<string, bigint> {
  const quantities = new Map<string, bigint>();
  const add = (subject: string, month: string, calls: number) => {
    const place = `${subject} ${month}`;
    quantities.set(place, (quantities.get(place) ?? 0n) + BigInt(calls));
  };
  const byId = new Map(events.map((event) => [event.id, event]));
  for (const { subject, time, calls } of events) add(subject, time.slice(0, 7), calls);
  for (const correction of corrections) {
    const event = byId.get(correction.of);
    if (!event) throw new Error(`there is no event ${correction.of} to correct`);
    const month = event.time.slice(0, 7);
    add(event.subject, late.has(correction) ? nextOf(months, month) : month, correction.calls - event.calls);
  }
  return quantities;
}

/** The same by legal entity and month: what the controls of usage must say on both sides. */
export function quantitiesByEntity(
  quantities: ReadonlyMap<string, bigint>,
  entityOfSubject: ReadonlyMap<string, string>,
): Map<string, bigint> {
  const sums = new Map<string, bigint>();
  for (const [at, quantity] of quantities) {
    const [subject, month] = at.split(' ') as [string, string];
    const entity = entityOfSubject.get(subject);
    if (entity === undefined) throw new Error(`nobody pays for ${subject}`);
    const place = `${entity} ${month}`;
    sums.set(place, (sums.get(place) ?? 0n) + quantity);
  }
  return sums;
}

function nextOf(months: readonly [string, string], month: string): string {
  if (month !== months[0]) throw new Error(`what comes too late for ${month} is billed after the end of the story`);
  return months[1];
}
