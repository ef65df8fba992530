/** Usage of a load. Each event follows from its number, so that nothing has to be remembered of a million of them. Pure. */

export interface UsageEvent {
  specversion: '1.0';
  id: string;
  source: string;
  type: string;
  subject: string;
  time: string;
  data: Record<string, unknown>;
}

/** So many events under one source. */
export interface UsageBrought {
  source: string;
  events: number;
}

/** What a meter must come to for a subject: its events, and hundredths of its total where it adds up values. */
export interface Metered {
  events: number;
  hundredths: bigint;
}

const subjects = 50;
export const callMeter = 'faults-calls';
export const loginMeter = 'faults-logins';
/** The files of the two meters that read a load. */
export const loadMeters: Record<string, string> = {
  [callMeter]: `meter: ${callMeter}\nevents: [faults.call]\naggregate: sum\nvalue: /calls\n`,
  [loginMeter]: `meter: ${loginMeter}\nevents: [faults.login]\naggregate: count\n`,
};

export const sourceOf = (prefix: string): string => `/faults/${prefix}`;
export const usageId = (n: number): string => `e${n}`;
const isLogin = (n: number): boolean => n % 10 === 9;
const subjectOf = (n: number): string => `used-by-${n % subjects}`;
/** A quarter above a whole number: exact in binary, and not whole. */
const callsOf = (n: number): number => (n % 97) + 0.25;

export function usageEvent(source: string, n: number, time: string): UsageEvent {
  const more = isLogin(n) ? { type: 'faults.login', data: { from: 'web' } } : { type: 'faults.call', data: { calls: callsOf(n) } };
  return { specversion: '1.0', id: usageId(n), source, subject: subjectOf(n), time, ...more };
}

/** By meter and subject, what all loads together must come to. */
export function expectedUsage(brought: readonly UsageBrought[]): Map<string, Metered> {
  const expected = new Map<string, Metered>();
  for (const { events } of brought)
    for (let n = 0; n < events; n += 1) {
      const key = `${isLogin(n) ? loginMeter : callMeter} ${subjectOf(n)}`;
      const sum = expected.get(key) ?? { events: 0, hundredths: 0n };
      sum.events += 1;
      if (!isLogin(n)) sum.hundredths += BigInt(callsOf(n) * 100);
      expected.set(key, sum);
    }
  return expected;
}

/** Every word over the letters, from one letter to so many. */
function words(letters: readonly string[], lengthMax: number): string[] {
  const all: string[] = [];
  let last = [''];
  for (let length = 1; length <= lengthMax; length += 1) {
    last = last.flatMap((word) => letters.map((letter) => word + letter));
    all.push(...last);
  }
  return all;
}

/**
 * Pairs of source and id of which many are the same text when one stands behind the other, with a separator or without, or when their letters are
 * folded or normalised. All are different. The shortest come first.
 */
export function collidingPairs(count: number): [source: string, id: string][] {
  const sources = words(['a', 'A', '-'], 4);
  const ids = [...words(['a', '-', 'A'], 4), 'é', 'e\u0301', 'É', 'ß', 'ss', '１', '1', 'ﬁ', 'fi', ' a', 'a ', 'a\u200b', '1:a'];
  const pairs = sources.flatMap((source) => ids.map((id): [string, string] => [source, id]));
  // The shortest first: a few of them collide already.
  return pairs.sort((a, b) => a.join('').length - b.join('').length).slice(0, count);
}
