/** The parts of a usage event that a bench makes of its number: about 300 bytes of JSON, as a gateway would send it. */
export interface BenchEvent {
  id: string;
  subject: string;
  time: string;
  data: string;
}

export const benchSource = '/gateways/eu-1';
export const benchType = 'api.requests';
const subjects = 1_000;
const began = Date.UTC(2026, 10, 1);

/** `recent`: it happened within the last ten minutes, as usage does that is sent when it happens; otherwise at a second of a month. */
export function benchEvent(n: number, recent = false): BenchEvent {
  return {
    id: `01jd8x6m2dfk6t6s9vj0h0-${n}`,
    subject: `customer-${(n * 7919) % subjects}`,
    time: new Date(recent ? Date.now() - (n % 600) * 1000 : began + (n % 2_592_000) * 1000).toISOString(),
    data: `{"region":"eu-central-${n % 3}","endpoint":"/v1/orders","status":200,"requests":${1 + (n % 9)},"bytes":${1000 + (n % 4096)}}`,
  };
}

export function benchCloudEvent(n: number, recent = false): string {
  const { id, subject, time, data } = benchEvent(n, recent);
  return `{"specversion":"1.0","id":"${id}","source":"${benchSource}","type":"${benchType}","subject":"${subject}","time":"${time}","datacontenttype":"application/json","data":${data}}`;
}

/** `from` to before `to`, as the body of one request. */
export function benchBatch(from: number, to: number, recent = false): string {
  const events: string[] = [];
  for (let n = from; n < to; n += 1) events.push(benchCloudEvent(n, recent));
  return to - from === 1 ? events[0]! : `[${events.join(',')}]`;
}
