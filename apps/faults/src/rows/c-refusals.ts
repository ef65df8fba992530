/** What the ERP refuses, for now or for good. */
import { decimal, minorUnits } from '../load/amounts.js';
import { erp, erpFaults } from '../load/company.js';
import type { PlannedDocument } from '../load/plan.js';
import { HttpTap } from '../proxy/http-tap.js';
import { until } from '../waiting.js';
import { defineRow, type Row } from './row.js';
import type { World } from '../supervisor/world.js';
import { ended, of, outcomesOf, posts, previewed, replayed } from './seen.js';

/** From the commit of an intent to its call, on a machine that has other things to do; a quarter of the pause that is asked for. */
const underwayMs = 500;

const throttled = defineRow({
  id: '28',
  title: 'A storm of 429',
  inject: 'every second call is answered 429 with Retry-After',
  expected: 'everybody waits as long as was asked; it costs no attempt and nobody’s time',
  async run({ world, load, plan, times, count, claim }) {
    await erpFaults(world, [{ kind: 'throttle', share: 0.5, retryAfterSeconds: 2, path: '/erp/v1/' }]);
    const tap = HttpTap.on(world.proxies.erp.DE);
    try {
      const one = plan(times(40, 300));
      await load.bring(one, 1_000);
      const seen = await ended(world, one.documents);
      const left = seen.filter(({ state }) => state !== 'posted');
      claim(left.length === 0, `${left.length} documents were not posted through the storm, the first is ${left[0]?.state}`);
      const [calls, early] = [tap.calls.length, tap.early(underwayMs)];
      claim(calls <= 1.2 * (calls - early), `${early} of ${calls} calls came while the ERP had asked for a pause`);
      count('calls', calls);
      count('too early', early);
      count('under way when it asked', tap.early(0) - early);
      count('answers 429', tap.answers.filter(({ head }) => head.startsWith('HTTP/1.1 429')).length);
    } finally {
      tap.close();
    }
  },
});

const partial = defineRow({
  id: '32',
  title: 'A batch of which some fail',
  inject: 'of every ten documents the ERP refuses three; then it takes them, and all ten are replayed',
  expected: 'seven posted by one call each, three exceptions; the replay sends the three',
  async run({ world, load, plan, times, count, claim }) {
    const one = plan(10 * times(2, 40));
    const refused = one.documents.filter((_, n) => n % 10 < 3);
    await erpFaults(world, refused.map((document) => ({ kind: 'reject', ...posts, ...of(document) }))); // prettier-ignore
    await load.bring(one, 500);
    const first = await ended(world, one.documents, ['posted', 'exception']);
    const stopped = first.filter(({ state, category }) => state === 'exception' && category === 'posting-rejection').map(({ key }) => key);
    claim(
      stopped.length === refused.length && refused.every(({ id }) => stopped.includes(id)),
      `${stopped.length} stopped, ${refused.length} were refused`,
    );
    const posted = first.filter(({ state, attempts }) => state === 'posted' && attempts === 1).length;
    claim(posted === one.documents.length - refused.length, `${posted} of ${one.documents.length} were posted by one call`);
    await erpFaults(world, []);
    const messages = first.map(({ message }) => message);
    const { count: shown } = await previewed(world, { messages });
    const { accepted } = await replayed(world, { messages });
    claim(shown === messages.length, `the preview counts ${shown} of ${messages.length}`);
    claim(accepted === refused.length, `the replay took up ${accepted}, ${refused.length} were refused`);
    const last = await ended(world, one.documents);
    const calls = last.reduce((sum, { attempts }) => sum + attempts, 0);
    claim(calls === one.documents.length + refused.length, `${calls} calls were made for ${one.documents.length} documents`);
    count('refused', refused.length);
  },
});

/** Something that a person must put right in the ERP first: what stands in the way, what it is called, and how it is put right. */
interface Obstacle {
  code: string;
  category: string;
  put(broken: boolean): Promise<unknown>;
  hinders(document: PlannedDocument): boolean;
}

const classified = defineRow({
  id: '34',
  title: 'Period closed, customer inactive, tax code missing',
  inject: 'a third of the documents each; then a person puts it right and replays the lot three times',
  expected: 'every one stops under its category, with a cause for its group; after the cure one document each',
  async run({ world, load, plan, times, count, claim }) {
    const one = plan(3 * times(6, 100));
    one.documents.forEach((document, n) => arrange(document, n % 3));
    const customer = '/erp/v1/customers/F-5?entity=DE';
    const obstacles: Obstacle[] = [
      {
        code: 'PERIOD_CLOSED',
        category: 'posting-rejection',
        put: (broken) => erp(world, 'PATCH', '/erp/v1/periods/DE/2026-08', { status: broken ? 'closed' : 'open' }),
        hinders: ({ postingDate }) => postingDate.startsWith('2026-08'),
      },
      {
        code: 'CUSTOMER_INACTIVE',
        category: 'master-data',
        put: (broken) => erp(world, 'PATCH', customer, { active: !broken }),
        hinders: ({ versions }) => (versions[0]!.content['customer'] as { number: string }).number === 'F-5',
      },
      {
        code: 'TAX_CODE_NOT_FOUND',
        category: 'master-data',
        put: (broken) => broken ? Promise.resolve() : erp(world, 'PUT', `/erp/v1/tax-codes/DE/${newTax}`, { name: 'New', rate: '19' }),
        hinders: ({ versions }) => JSON.stringify(versions[0]!.content).includes(newTax),
      },
    ]; // prettier-ignore
    for (const { put } of obstacles) await put(true);
    await load.bring(one, 500);
    const first = await ended(world, one.documents, ['exception']);
    for (const { code, category, put, hinders } of obstacles) {
      const hindered = one.documents.filter(hinders).map(({ id }) => id);
      const met = first.filter(({ key }) => hindered.includes(key));
      const wrong = met.filter((seen) => seen.code !== code || seen.category !== category);
      claim(wrong.length === 0, `${wrong[0]?.key} is ${wrong[0]?.state} as ${wrong[0]?.category} ${wrong[0]?.code}, not ${category} ${code}`); // prettier-ignore
      const causes = new Set(met.map(({ causeKey }) => causeKey));
      claim(causes.size === 1, `the ${met.length} stopped by ${code} are in ${causes.size} groups`);
      await put(false);
      const [causeKey] = causes;
      const { count: shown, verdicts } = await previewed(world, { causeKey: causeKey ?? code });
      claim(shown === met.length, `the preview of ${code} counts ${shown} of ${met.length}: ${JSON.stringify(verdicts)}`);
      const taken: number[] = [];
      for (let n = 0; n < 3; n += 1) taken.push((await replayed(world, { messages: met.map(({ message }) => message) })).accepted);
      claim(taken.join() === `${met.length},0,0`, `three replays of ${met.length} took up ${taken.join(', ')}`);
      count(`stopped by ${code}`, met.length);
    }
    await ended(world, one.documents);
  },
});

const newTax = 'VAT-77';

/** Into August, which no other row posts into; or of the customer F-5; or with a tax code that nobody has made yet. */
function arrange(document: PlannedDocument, obstacle: number): void {
  const content = document.versions[0]!.content as {
    postingDate: string;
    customer: unknown;
    lines: Record<string, unknown>[];
    taxLines: { taxCode: string; base: string; amount: string }[];
    subtotal: string;
  };
  content.customer = obstacle === 1 ? { sourceId: 'src-F-5', number: 'F-5' } : { sourceId: 'src-F-1', number: 'F-1' };
  if (obstacle === 0) document.postingDate = content.postingDate = '2026-08-15';
  if (obstacle !== 2) return;
  if (content.taxLines.length === 0) content.taxLines = [{ taxCode: newTax, base: content.subtotal, amount: '0' }];
  for (const line of content.taxLines) line.taxCode = newTax;
  for (const line of content.lines) line['taxCodes'] = [newTax];
}

const tenfold = (total: string): string => {
  const decimals = total.split('.')[1]?.length ?? 0;
  return decimal(minorUnits(total, decimals) * 10n, decimals);
};

const byHand = defineRow({
  id: '35',
  title: 'A person booked it too',
  inject: 'an invoice with the same number is in the ERP already: with the same money, with other money',
  expected: 'the same money is taken as it is; other money stops for a person; never a second document',
  async run({ world, load, plan, times, count, claim }) {
    for (let n = times(2, 50); n > 0; n -= 1) {
      const [same, other] = [plan(1, { entities: ['US'] }), plan(1, { entities: ['US'] })];
      for (const { documents } of [same, other]) {
        const [document] = documents;
        const content = document!.versions[0]!.content as { number: string; customer: { number: string } };
        // Ten times the money, which has as many decimals.
        const total = documents === same.documents ? document!.total : tenfold(document!.total);
        const booked = await erp(world, 'POST', '/erp/v1/invoices', {
          entity: 'US',
          reference: content.number,
          origin: documents === same.documents ? document!.id : null,
          customer: content.customer.number,
          currency: document!.currency,
          documentDate: document!.postingDate,
          postingDate: document!.postingDate,
          lines: [{ description: 'By hand', quantity: '1', amount: total, account: '4010' }],
          taxLines: [],
          subtotal: total,
          tax: '0',
          total,
        });
        load.explained.numbers.add(String(booked['number']));
        count('booked by hand');
        if (documents === other.documents) {
          load.explained.keys.add(document!.id);
          load.byHand.push(String(booked['number']));
        }
      }
      await load.bring(same, 0);
      await load.bring({ ...other, documents: [] }, 0);
      const key = other.documents[0]!.id;
      const stopped = await until('the exception', 40_000, async () =>
        (await outcomesOf(world, other.documents)).some(({ category }) => category === 'duplicate'),
      ).catch(() => false); // prettier-ignore
      claim(stopped, `${key} with other money in the ERP did not stop as a duplicate`);
    }
  },
});

/** States of the messages of each document, oldest first, joined. */
async function statesOf(world: World, documents: readonly PlannedDocument[]): Promise<string[]> {
  const seen = await outcomesOf(world, documents);
  return documents.map(({ id }) => seen.filter(({ key }) => key === id).map(({ state }) => state).join()); // prettier-ignore
}

const rounding = defineRow({
  id: '36',
  title: 'The ERP has other amounts',
  inject: 'one lot is booked as it was asked for and answered one minor unit too high; the other is booked one minor unit too high',
  expected: 'every one stops for a person with both figures; a replay posts nothing a second time; a void takes back what was booked wrong',
  async run({ world, load, plan, times, count, claim }) {
    const stopped = async (documents: readonly PlannedDocument[], what: string) => {
      const seen = await ended(world, documents, ['exception']);
      const silent = seen.filter(({ state, code }) => state !== 'exception' || code !== 'BOOKED_DIFFERENTLY');
      claim(silent.length === 0, `${silent[0]?.key} was ${what} and is ${silent[0]?.state} with ${silent[0]?.code}`);
      count(what, documents.length);
      return seen.map(({ message }) => message);
    };
    const lied = plan(times(4, 100));
    await erpFaults(world, lied.documents.map((document) => ({ kind: 'misstated-total', ...posts, ...of(document) }))); // prettier-ignore
    await load.bring(lied, 200);
    const messages = await stopped(lied.documents, 'answered too high');
    const taken: number[] = [];
    for (let n = 0; n < 3; n += 1) {
      taken.push((await replayed(world, { messages })).accepted);
      await ended(world, lied.documents, ['duplicate']);
    }
    claim(taken.join() === `${messages.length},0,0`, `three replays of ${messages.length} took up ${taken.join(', ')}`);
    const left = (await statesOf(world, lied.documents)).filter((states) => states !== 'duplicate');
    claim(left.length === 0, `after the replays ${left.length} are ${left[0]}`);

    const { documents, emissions } = plan(times(4, 100), { voided: 1 });
    await erpFaults(world, documents.map((document) => ({ kind: 'rounded', ...posts, ...of(document) }))); // prettier-ignore
    await load.bring({ documents, emissions: emissions.filter(({ record }) => record.revision === 1) }, 200);
    await stopped(documents, 'booked too high');
    await load.bring({ documents: [], emissions: emissions.filter(({ record }) => record.revision > 1) }, 200);
    const reversed = await until('the voids', 60_000, async () =>
      (await statesOf(world, documents)).every((states) => states === 'superseded,posted'),
    ).catch(() => false); // prettier-ignore
    claim(reversed, `a void of what was booked too high was not posted: ${(await statesOf(world, documents)).join(' ')}`);
  },
});

export const refusalRows: readonly Row[] = [throttled, partial, classified, byHand, rounding];
