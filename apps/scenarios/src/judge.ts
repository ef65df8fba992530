import { sleep } from '@waybill/faults';
import { entityOf, months } from './month/company.js';
import type { Played } from './month/month.js';
import { differences, totals, type Total } from './oracle/compare.js';
import type { BillingCreditNote, BillingInvoice, BillingPayment, BillingRefund } from './oracle/documents.js';
import { expectedBooks } from './oracle/expected.js';
import { expectedQuantities, quantitiesByEntity } from './oracle/usage.js';
import { entities, usageControlOf } from './stage/books.js';
import type { Stage } from './stage/stage.js';

export interface ControlResult {
  control: string;
  period: string;
  matched: number;
  gaps: number;
}

export interface Verdict {
  /** A sentence for each thing that is not as it must be. */
  wrong: string[];
  totals: Total[];
  controls: ControlResult[];
  /** Documents whose way was asked for, and edges whose sum held. */
  traced: { documents: number; sums: number };
}

/** The invoices for the usage of the second month come in the third. */
const periods = [...months, '2026-10'];

/** Compares the ERP's books with what was billed, what was billed with what was used, and asks the engine's own controls and traces. */
export async function judge(stage: Stage, played: Played): Promise<Verdict> {
  const { billing, books } = stage;
  const billed = {
    invoices: await billing.all<BillingInvoice & { lines: Lines }>('/v1/invoices'),
    creditNotes: await billing.all<BillingCreditNote>('/v1/credit_notes'),
    payments: await billing.all<BillingPayment>('/v1/invoice_payments'),
    refunds: await billing.all<BillingRefund>('/v1/refunds'),
  };
  const wanted = expectedBooks(billed, entityOf);
  const booked = await books.read();
  const { controls, wrong: uncontrolled } = await runControls(stage, usageBy(played));
  const { wrong: untraced, ...traced } = await trace(stage, billed.invoices);
  return {
    wrong: [
      ...differences(wanted, booked),
      ...usageDifferences(billed.invoices, played),
      ...(await stage.openExceptions()),
      ...uncontrolled,
      ...untraced,
    ],
    totals: totals(wanted, booked),
    controls,
    traced,
  };
}

interface Lines {
  data: {
    quantity: number | null;
    period: { start: number; end: number };
    pricing: { price_details: { product: string } | null } | null;
  }[];
}
type Invoice = BillingInvoice & { customer?: string; lines: Lines };

/** The quantities on the lines of invoices against those that the oracle counted from the product's own events. */
function usageDifferences(invoices: readonly Invoice[], { customers, events, corrections, late }: Played): string[] {
  const wanted = expectedQuantities(events, corrections, { months, late });
  const subjectOf = new Map(customers.map(({ id, subject }) => [id, subject]));
  const billed = new Map<string, bigint>();
  for (const { status, customer, lines } of invoices)
    for (const { quantity, period, pricing } of status === 'void' ? [] : lines.data) {
      if (pricing?.price_details?.product !== 'prod_calls') continue;
      const place = `${subjectOf.get(customer ?? '')} ${new Date(period.start * 1_000).toISOString().slice(0, 7)}`;
      billed.set(place, (billed.get(place) ?? 0n) + BigInt(quantity ?? 0));
    }
  const voided = new Set(invoices.filter(({ status }) => status === 'void').map(({ customer }) => subjectOf.get(customer ?? '')));
  const ended = endedBefore(invoices, customers);
  return [...wanted].flatMap(([place, quantity]) => {
    const [subject, month] = place.split(' ') as [string, string];
    // What was voided bills nothing, and who left is billed to that day.
    if (voided.has(subject) || ended(subject, month)) return [];
    const on = billed.get(place) ?? 0n;
    return on === quantity ? [] : [`${subject} used ${quantity} calls in ${month}, and ${on} are billed`];
  });
}

/** Whether a subscription ended before the month was over: its usage then has no line for the whole month. */
function endedBefore(invoices: readonly Invoice[], customers: Played['customers']): (subject: string, month: string) => boolean {
  const full = new Set<string>();
  const subjectOf = new Map(customers.map(({ id, subject }) => [id, subject]));
  for (const { customer, lines } of invoices)
    for (const { period, pricing } of lines.data)
      if (pricing?.price_details?.product === 'prod_calls' && period.end - period.start > 27 * 86_400)
        full.add(`${subjectOf.get(customer ?? '')} ${new Date(period.start * 1_000).toISOString().slice(0, 7)}`);
  return (subject, month) => !full.has(`${subject} ${month}`);
}

/** The calls of each entity and month that the oracle counted, under the name of the control that must say the same. */
function usageBy({ customers, events, corrections, late }: Played): Map<string, bigint> {
  const payers = new Map(
    customers.flatMap(({ subject, country }) => (subject === undefined ? [] : [[subject, entityOf(country)] as const])),
  );
  const sums = quantitiesByEntity(expectedQuantities(events, corrections, { months, late }), payers);
  return new Map(
    entities.flatMap((entity) => periods.map((period) => [`${usageControlOf(entity)} ${period}`, sums.get(`${entity} ${period}`) ?? 0n])),
  );
}

/** Runs every control over every month and reads its result: each must be zero, and those of usage must say on both sides what the oracle counted. */
async function runControls({ engine, books }: Stage, usage: ReadonlyMap<string, bigint>): Promise<{ controls: ControlResult[]; wrong: string[] }> {
  type Quantity = { meter: string; ledger: string; billing: string };
  type Run = { id: string; state: string; matched: number; gaps: number; error: string | null; totals: { difference: string; currency: string }[]; quantities: Quantity[] };
  const controls: ControlResult[] = [];
  const wrong: string[] = [];
  for (const control of [...books.controls, ...entities.map(usageControlOf)])
    for (const period of periods) {
      let run = await engine.call<Run>('POST', `/v1/controls/${control}/runs`, { period });
      while (run.state === 'running') {
        await sleep(300);
        run = await engine.call<Run>('GET', `/v1/control-runs/${run.id}`);
      }
      const { matched, gaps, state, error, totals: sums, quantities } = run;
      controls.push({ control, period, matched, gaps });
      if (state !== 'done') wrong.push(`${control} of ${period} failed: ${error ?? 'without a reason'}`);
      for (const { sentence } of gaps > 0 ? (await engine.call<{ items: { sentence: string }[] }>('GET', `/v1/control-runs/${run.id}/gaps?limit=5`)).items : [])
        wrong.push(`${control} of ${period}: ${sentence}`);
      for (const { difference, currency } of sums) if (/[1-9]/.test(difference)) wrong.push(`${control} of ${period} differs by ${difference} ${currency}`);
      const wanted = usage.get(`${control} ${period}`);
      for (const side of wanted === undefined ? [] : (['ledger', 'billing'] as const)) {
        const said = quantities.find(({ meter }) => meter === 'api-calls')?.[side] ?? '0';
        if (said !== String(wanted)) wrong.push(`${control} of ${period} says ${said} calls in ${side}, and the programs made ${wanted}`);
      }
    }
  return { controls, wrong };
} // prettier-ignore

/** The way of some invoices to the books and of their usage to them: every sum on it must hold. */
async function trace({ engine }: Stage, invoices: readonly Invoice[]): Promise<{ documents: number; sums: number; wrong: string[] }> {
  const metered = invoices.filter(({ status, number, lines }) => number !== null && status !== 'void' && lines.data.some(({ pricing }) => pricing?.price_details?.product === 'prod_calls'));
  const some = metered.filter((_, at) => at % Math.ceil(metered.length / tracedMax) === 0);
  let sums = 0;
  const wrong: string[] = [];
  for (const { number } of some) {
    const { edges } = await engine.call<{ edges: { relation: string; check: { ok: boolean; difference: string } | null }[] }>('GET', `/v1/trace/number/${encodeURIComponent(number!)}`);
    for (const { relation, check } of edges) {
      if (!check) continue;
      if (check.ok) sums += 1;
      else wrong.push(`on the way of ${number} the sum of ${relation} differs by ${check.difference}`);
    }
  }
  return { documents: some.length, sums, wrong };
} // prettier-ignore

const tracedMax = 50;
