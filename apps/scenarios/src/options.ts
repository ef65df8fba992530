import { parseArgs } from 'node:util';

export type BooksName = 'sandbox' | 'tryton';

export interface Options {
  seed: string;
  /** Companies that buy. */
  customers: { sandbox: number; tryton: number };
  books: readonly BooksName[];
  /** Last line as JSON. */
  json: boolean;
}

/** Posting to Tryton takes about a third of a second a document, one after another for each company. */
const usual = { sandbox: 500, tryton: 40 };
const customersMax = 2_000;

export const usage = `npm run scenarios -- [options]

Plays two months of a company by seed, once for each of the books, and compares the books with what must be in them.

  --seed WORD        the same months again; default: month
  --books sandbox|tryton|both
                     where it is posted; default both, one after the other. Tryton is left out, and says why, where it cannot be started
  --customers N      for each of the books, 10 to ${customersMax}; default ${usual.sandbox} and ${usual.tryton}
  --json             ends with a line of JSON
  --help`;

/** Throws a sentence for what cannot be. */
export function readOptions(args: string[]): Options | 'help' {
  const { values } = parseArgs({
    args,
    options: {
      seed: { type: 'string', default: 'month' },
      books: { type: 'string', default: 'both' },
      customers: { type: 'string' },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return 'help';
  const { books: named } = values;
  if (named !== 'sandbox' && named !== 'tryton' && named !== 'both') throw new Error(`--books takes sandbox, tryton or both, not ${named}`);
  const books: readonly BooksName[] = named === 'both' ? ['sandbox', 'tryton'] : [named];
  const customers = values.customers === undefined ? undefined : Number(values.customers);
  if (customers !== undefined && (!Number.isInteger(customers) || customers < 10 || customers > customersMax))
    throw new Error(`--customers must be a whole number from 10 to ${customersMax}, not ${values.customers}`);
  return {
    seed: values.seed,
    books,
    json: values.json,
    customers: customers === undefined ? usual : { sandbox: customers, tryton: customers },
  };
}
