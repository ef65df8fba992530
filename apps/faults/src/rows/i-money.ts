/** Replays, and money to the last digit. */
import { withFlow, withMapping } from '../load/amended.js';
import { api, erp, erpFaults } from '../load/company.js';
import { extreme, extremeDecimal } from '../load/amounts.js';
import type { PlannedDocument } from '../load/plan.js';
import type { World } from '../supervisor/world.js';
import { until } from '../waiting.js';
import { defineRow, type Row } from './row.js';
import { ended, of, outcomesOf, posts, previewed, replayed } from './seen.js';

const replays = defineRow({
  id: '88',
  title: 'Replayed three times and in bulk',
  inject: 'posted and refused documents are replayed together, three times; then the group of what is refused again, three times',
  expected: 'the preview counts first; only what stopped is sent, and nothing that is posted is posted again',
  async run({ world, load, plan, times, count, claim }) {
    for (let round = times(1, 5); round > 0; round -= 1) {
      const one = plan(times(40, 600));
      const refused = one.documents.filter((_, n) => n % 4 === 0);
      await erpFaults(world, refused.map((document) => ({ kind: 'reject', ...posts, ...of(document) }))); // prettier-ignore
      await load.bring(one, 500);
      const first = await ended(world, one.documents, ['posted', 'exception']);
      const messages = first.map(({ message }) => message);
      for (let n = 0; n < 3; n += 1) {
        const { count: shown } = await previewed(world, { messages });
        claim(shown === messages.length, `the preview counts ${shown} of ${messages.length}`);
        const { accepted, refused: left } = await replayed(world, { messages });
        claim(accepted === refused.length, `${accepted} of ${messages.length} were taken up, ${refused.length} had stopped`);
        claim(left === messages.length - refused.length, `${left} were left alone, ${messages.length - refused.length} are posted`);
        await ended(world, refused, ['exception']);
        count('replays', messages.length);
      }
      await erpFaults(world, []);
      const [stopped] = await outcomesOf(world, refused);
      const selection = { causeKey: stopped?.causeKey ?? 'none' };
      const { count: shown } = await previewed(world, selection);
      const taken: number[] = [];
      for (let n = 0; n < 3; n += 1) taken.push((await replayed(world, selection)).accepted);
      claim(shown === refused.length, `the preview of the group counts ${shown} of ${refused.length}`);
      claim(taken.join() === `${refused.length},0,0`, `three replays of the group took up ${taken.join(', ')} of ${refused.length}`);
      count('replays', 3 * refused.length);
      await ended(world, one.documents);
      // What ended long ago is asked for once more, in the hope that somebody forgot.
      const { accepted } = await replayed(world, { messages });
      claim(accepted === 0, `${accepted} posted documents were taken up by a replay`);
      const last = await outcomesOf(world, one.documents);
      const extra = last.reduce((sum, { attempts }) => sum + attempts, 0) - one.documents.length - 4 * refused.length;
      claim(extra === 0, `${extra} calls more than the documents and the replays of what stopped make`);
      count('replays', messages.length);
    }
  },
});

/** Descriptions of the invoices in the ERP, by their id in the source. */
async function described(world: World, documents: readonly PlannedDocument[]): Promise<Map<string, string | null>> {
  const found = await booked(world, documents);
  return new Map([...found].map(([id, { description }]) => [id, description]));
}

interface Booked {
  origin: string;
  description: string | null;
  currency: string;
  subtotal: string;
  tax: string;
  total: string;
  lines: { amount: string; quantity: string; unitPrice?: string }[];
}

async function booked(world: World, documents: readonly PlannedDocument[]): Promise<Map<string, Booked>> {
  const found = new Map<string, Booked>();
  for (const { id } of documents) {
    const { items } = (await erp(world, 'GET', `/erp/v1/invoices?entity=DE&origin=${encodeURIComponent(id)}`)) as unknown as {
      items: Booked[];
    };
    if (items[0]) found.set(id, items[0]);
  }
  return found;
}

const changedBetween = defineRow({
  id: '89',
  title: 'The mapping changes between a try and the next',
  inject: 'answers are lost and calls never arrive; while that is in doubt, the mapping and the table that it reads are changed',
  expected: 'a doubt ends with the request that was stored: found under its key, or sent again as it was',
  async run({ world, load, plan, times, count, claim }) {
    const words = (word: string) => ({ key: { word: 'memo' }, values: { text: word } });
    await api(world, 'PUT', '/v1/tables/faults-words', {
      title: 'Words of the harness',
      key: ['word'],
      columns: [{ name: 'text', type: 'text', required: true }],
      rows: [],
    });
    for (let round = times(1, 3); round > 0; round -= 1) {
      await api(world, 'POST', '/v1/tables/faults-words/rows', { put: [words(`before ${round}`)] });
      const fromTable = (source: string) =>
        source.replace('"description": $text(memo)', '"description": $table("faults-words", { "word": "memo" }, postingDate).text');
      await withMapping(world, 'erp-invoice', fromTable, async () => {
        const one = plan(times(16, 160));
        // Half of the documents are left alone, so that the circuit stays closed.
        const doubtful = one.documents.filter((_, n) => n % 2 === 0);
        await erpFaults(
          world,
          doubtful.map((document, n) => ({ kind: n % 2 === 0 ? 'lost-answer' : 'reset', times: 1, ...posts, ...of(document) })),
        );
        await load.bring(one, 500);
        await until('the doubts', 60_000, async () => {
          const seen = await outcomesOf(world, doubtful);
          return seen.length === doubtful.length && seen.every(({ outcomes }) => outcomes[0] === 'in-doubt');
        });
        await api(world, 'POST', '/v1/tables/faults-words/rows', { put: [words(`after ${round}`)], reason: 'the harness changes it' });
        const changed = (source: string) => source.replace('.text,\n    "lines"', '.text & " by another mapping",\n    "lines"');
        await withMapping(world, 'erp-invoice', changed, async () => {
          await ended(world, one.documents);
        });
        const found = await described(world, one.documents);
        for (const { id } of doubtful)
          claim(found.get(id) === `before ${round}`, `${id} stands in the books as ${JSON.stringify(found.get(id))}, it was sent as "before ${round}"`); // prettier-ignore
        // The number of the try is all that may differ between what is sent and what is sent again.
        const forms = await world.postgres.sql<{ key: string }>(
          "select m.key from message_body b join message m on m.id = b.message_id where b.stage = 'send' and m.key = any($1) group by m.key having count(distinct b.body::jsonb - 'attempt') > 1",
          [doubtful.map(({ id }) => id)],
        );
        claim(forms.length === 0, `${forms.length} documents were sent in two forms, the first is ${forms[0]?.key}`);
        count('doubts', doubtful.length);
        count('sent again', (await outcomesOf(world, doubtful)).filter(({ attempts }) => attempts > 1).length);
      });
    }
  },
});

const exact = defineRow({
  id: '91',
  title: 'Rounding and large numbers',
  inject:
    'random amounts of one minor unit to 10^18, in currencies of 0, 2 and 3 decimals; prices such as 0.005; and amounts with a decimal too many',
  expected: 'in the books every string is what the source said; what would have to be rounded stops',
  async run({ world, load, plan, times, dice, count, claim }) {
    // Amounts as large as these would ask for an approval each.
    const withoutApproval = (yaml: string) => {
      const changed = yaml.replace(/^ +- \{ rule: large-amount, .*\n/m, '');
      if (changed === yaml) throw new Error('the flow has no rule large-amount in a line of its own');
      return changed;
    };
    await withFlow(world, 'erp-de-invoices', withoutApproval, async () => {
      const one = plan(times(60, 1_500), { amount: extreme });
      for (const { versions } of one.documents)
        for (const line of versions[0]!.content['lines'] as Record<string, string>[]) {
          line['quantity'] = extremeDecimal(dice);
          line['unitPrice'] = dice.chance(0.3) ? '0.005' : extremeDecimal(dice);
        }
      await load.bring(one, times(1_000, 20_000));
      const odd = plan(times(6, 60), { amount: extreme });
      for (const { currency, versions } of odd.documents) oneDecimalTooMany(versions[0]!.content, currency === 'JPY' ? '.5' : '5');
      for (const { id } of odd.documents) load.explained.keys.add(id);
      await load.bring({ ...odd, documents: [] }, 0);
      const left = (await ended(world, one.documents)).filter(({ state }) => state !== 'posted');
      claim(left.length === 0, `${left.length} were not posted; ${left[0]?.key} is ${left[0]?.state} with ${left[0]?.code}`);
      const found = await booked(world, one.documents);
      for (const { id, versions } of one.documents) {
        const said = strings(versions[0]!.content as never);
        const stands = found.has(id) ? strings({ ...found.get(id)!, taxTotal: found.get(id)!.tax }) : 'nothing';
        claim(said === stands, `${id} is ${stands} in the books, the source said ${said}`);
        count('amounts', said.split(' ').length);
      }
      const rounded = await ended(world, odd.documents, ['exception']);
      const passed = rounded.filter(({ state, category }) => state !== 'exception' || category !== 'transformation');
      claim(passed.length === 0, `${passed[0]?.key} has a decimal too many and is ${passed[0]?.state} (${passed[0]?.category})`);
      count('with a decimal too many', odd.documents.length);
    });
  },
});

interface Amounts {
  subtotal: string;
  taxTotal: string;
  total: string;
  lines: { amount: string; quantity: string; unitPrice?: string }[];
}

/** Every amount of a document as the text that it is. */
const strings = ({ subtotal, taxTotal, total, lines }: Amounts): string =>
  [subtotal, taxTotal, total, ...lines.map(({ amount, quantity, unitPrice }) => `${quantity}*${unitPrice}=${amount}`)].join(' ');

/** The same digits and one more, in a document whose sums still hold. */
function oneDecimalTooMany(content: Record<string, unknown>, more: string): void {
  const lines = content['lines'] as Record<string, unknown>[];
  const amount = `${String(lines[0]!['amount'])}${more}`;
  Object.assign(content, {
    lines: [{ ...lines[0], amount, taxCodes: undefined }],
    taxLines: [],
    subtotal: amount,
    taxTotal: '0',
    total: amount,
  });
}

export const moneyRows: readonly Row[] = [replays, changedBetween, exact];
