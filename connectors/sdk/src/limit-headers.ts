/** What vendors say about their limits in the headers of an answer. Pure; for `pauseMs` of a connector's `limits` and for `throttled`. */

type Answer = { status: number; headers: Record<string, string> };

const dayMs = 86_400_000;
/** Whatever a header says, nobody waits longer than a day for it. */
const capped = (ms: number): number => Math.min(Math.max(ms, 0), dayMs);

/**
 * Milliseconds that `Retry-After` asks for: seconds, also with decimals, or an HTTP date (RFC 9110, 10.2.3) compared with the answer's own `Date`, so
 * that our clock does not matter. Undefined where there is none or it makes no sense.
 */
export function retryAfterMs({ headers }: Pick<Answer, 'headers'>): number | undefined {
  const given = headers['retry-after']?.trim() ?? '';
  if (/^\d{1,9}(\.\d{1,9})?$/.test(given)) return capped(Math.ceil(Number(given) * 1000));
  const [at, now] = [Date.parse(given), Date.parse(headers['date'] ?? '')];
  return Number.isFinite(at) && Number.isFinite(now) ? capped(at - now) : undefined;
}

/** A whole number in a header; undefined where it is missing or is none. */
export function numberIn(headers: Record<string, string>, name: string): number | undefined {
  const given = headers[name]?.trim() ?? '';
  return /^\d{1,15}$/.test(given) ? Number(given) : undefined;
}

export interface PauseRules {
  /** Statuses that ask for a pause; default 429 alone. */
  statuses?: readonly number[];
  /** For an answer that asks and does not say how long. */
  otherwiseMs: number;
  /** A budget that an answer tells the rest of: at zero, calls pause. `resetSeconds` names the header that says for how long, else `forMs`. */
  budgets?: readonly { remaining: string; resetSeconds?: string; forMs: number }[];
}

/** `pauseMs` of a connector's limits, from the vendor's headers. The longest pause that anything in the answer asks for. */
export function pauseAsked(rules: PauseRules): (answer: Answer) => number | undefined {
  return (answer) => {
    const asked = (rules.statuses ?? [429]).includes(answer.status) ? (retryAfterMs(answer) ?? rules.otherwiseMs) : undefined;
    const spent = (rules.budgets ?? [])
      .filter(({ remaining }) => numberIn(answer.headers, remaining) === 0)
      .map(({ resetSeconds, forMs }) => {
        const seconds = resetSeconds === undefined ? undefined : numberIn(answer.headers, resetSeconds);
        return capped(seconds === undefined ? forMs : seconds * 1000);
      });
    const all = [...(asked === undefined ? [] : [asked]), ...spent];
    return all.length === 0 ? undefined : Math.max(...all);
  };
}
