import { minorUnits, TrytonServer, type TrytonRow } from '@waybill/faults';
import type { Entry } from '../oracle/documents.js';
import { controlsOf, entities, installPack, type Books } from './books.js';
import { methods, setUpTryton } from './tryton-set-up.js';

const decimals: Record<string, number> = { USD: 2, EUR: 2, JPY: 0 };
const clearing = '1060';
const badDebt = '5900';

/** Number of a row that was asked for with a dotted field: `{"currency.":{"code":"EUR"}}`. */
const nested = (row: TrytonRow, field: string, name: string): string => String((row[`${field}.`] as TrytonRow | undefined)?.[name] ?? '');

function minor(value: unknown, currency: string): bigint {
  const places = decimals[currency];
  if (places === undefined) throw new Error(`nobody sells in ${currency}`);
  const amount = minorUnits(String(value), places);
  return amount < 0n ? -amount : amount;
}

/** A Tryton of its own, with two companies. Its books are read by the API that its users have. */
export async function trytonBooks(): Promise<Books> {
  const server = await TrytonServer.start();
  try {
    await setUpTryton(server);
  } catch (error) {
    await server.close();
    throw error;
  }
  return {
    controls: controlsOf('tryton'),
    async connect(engine) {
      for (const entity of entities)
        await engine.call('PUT', `/v1/connections/tryton-${entity.toLowerCase()}`, {
          connector: 'tryton',
          settings: {
            baseUrl: `http://127.0.0.1:${server.port}`,
            database: server.database,
            username: server.user,
            password: server.password,
            company: `COMPANY-${entity}`,
            ...methods,
          },
        });
      await installPack(engine, 'tryton');
    },
    async goAway() {
      await server.stop();
      return () => server.resume();
    },
    async read() {
      const entries: Entry[] = [];
      for (const entity of entities) entries.push(...(await readCompany(server, entity)));
      return entries;
    },
    close: () => server.close(),
  };
}

async function readCompany(server: TrytonServer, entity: string): Promise<Entry[]> {
  const [company] = await server.search('company.company', [['party.code', '=', `COMPANY-${entity}`]], ['currency.code'], 1);
  const id = Number(company?.['id']);
  const own = nested(company!, 'currency', 'code');
  const domain = [
    ['company', '=', id],
    ['type', '=', 'out'],
  ];
  const shown = ['description', 'state', 'total_amount', 'tax_amount', 'currency.code', 'move', 'cancel_move'];
  const all = await server.search('account.invoice', domain, shown, id);
  // A void is an invoice and the note that cancels it: nothing lives of the two. A draft of ours lives, and is one too many.
  const cancelling = new Set(all.map((row) => row['cancel_move']).filter((move) => typeof move === 'number'));
  const invoices = all.filter((row) => row['state'] !== 'cancelled' && !cancelling.has(row['move'] as number));
  const sales = invoices.map((row): Entry => {
    const currency = nested(row, 'currency', 'code');
    const credit = String(row['total_amount']).startsWith('-');
    return {
      entity, kind: credit ? 'credit-memo' : 'invoice', currency, reference: String(row['description']),
      total: minor(row['total_amount'], currency), tax: minor(row['tax_amount'], currency),
    };
  }); // prettier-ignore
  // What waits for the bank statement: a payment debits it, a refund credits it. In foreign money the amount stands beside the company's own.
  const lines = await server.search(
    'account.move.line',
    [['account.code', '=', clearing], ['move.company', '=', id], ['move.state', '=', 'posted']],
    ['debit', 'credit', 'amount_second_currency', 'second_currency.code', 'move.description'],
    id,
  ); // prettier-ignore
  const money = lines.map((row): Entry => {
    const foreign = nested(row, 'second_currency', 'code');
    const refund = minorUnits(String(row['credit']), 2) > 0n;
    const currency = foreign || own;
    return {
      entity, kind: refund ? 'refund' : 'payment', currency, tax: undefined,
      reference: /\bpi_\w+/.exec(nested(row, 'move', 'description'))?.[0] ?? nested(row, 'move', 'description'),
      total: minor(foreign ? row['amount_second_currency'] : refund ? row['credit'] : row['debit'], currency),
    };
  }); // prettier-ignore
  // Bad debt: our key, the word and the number of the invoice stand in the description of its entry.
  const lost = await server.search(
    'account.move.line',
    [['account.code', '=', badDebt], ['move.company', '=', id], ['move.state', '=', 'posted'], ['move.description', 'like', '% write-off %']],
    ['debit', 'amount_second_currency', 'second_currency.code', 'move.description'],
    id,
  ); // prettier-ignore
  const writtenOff = lost.map((row): Entry => {
    const currency = nested(row, 'second_currency', 'code');
    const total = minor(currency ? row['amount_second_currency'] : row['debit'], currency || own);
    return { entity, kind: 'write-off', currency: currency || own, reference: nested(row, 'move', 'description').split(' write-off ')[1]!, total, tax: undefined };
  }); // prettier-ignore
  return [...sales, ...money, ...writtenOff];
}
