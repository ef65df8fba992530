import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Books } from './books.js';
import { documentKinds, type DocumentKind, type ErpDocument, type LedgerLine } from './document.js';
import { draftJournal, draftPayment, draftSale, roundedUp, type Draft } from './draft.js';
import { currencyOf, receivables } from './master-data.js';
import { masterDataRoutes } from './master-data-routes.js';
import { pageOf } from './page.js';
import { Refusal } from './refusal.js';
import { amountOf, bodyOf, dateOf, optionalText, textOf, type Body } from './request-body.js';

type Params = { Params: { id: string } };
type Query = { Querystring: Record<string, string | undefined> };

/** A posting collection: its path, the kinds it lists, and how a body becomes a draft. */
const collections: readonly { path: string; kinds: readonly DocumentKind[]; draft?: (books: Books, body: Body) => Draft }[] = [
  { path: '/invoices', kinds: ['invoice'], draft: (books, body) => draftSale(books.master, 'invoice', body) },
  { path: '/credit-memos', kinds: ['credit-memo'], draft: (books, body) => draftSale(books.master, 'credit-memo', body) },
  { path: '/payments', kinds: ['payment', 'refund'], draft: (books, body) => draftPayment(books.master, kindOfPayment(body), body) },
  { path: '/journal-entries', kinds: ['journal-entry'], draft: (books, body) => draftJournal(books.master, body) },
  { path: '/write-offs', kinds: ['write-off'] },
  { path: '/documents', kinds: documentKinds },
];

function kindOfPayment(body: Body): 'payment' | 'refund' {
  const direction = optionalText(body, 'direction') ?? 'in';
  if (direction !== 'in' && direction !== 'out')
    throw new Refusal('FIELD_INVALID', `direction must be in or out, not ${direction}.`, 'direction');
  return direction === 'in' ? 'payment' : 'refund';
}

/**
 * The ERP over HTTP. A document is checked, numbered and posted in one call; `saved` runs after each change. Answers carry
 * amounts as text. Errors are `{ error: { code, message, field } }`.
 */
export function erpRoutes(app: FastifyInstance, options: { books: Books; token: string; saved: () => void }): void {
  const { books, token, saved } = options;
  app.setErrorHandler((error, _request, reply) => {
    if (error instanceof Refusal) return reply.status(error.status).send(error.body());
    const status = (error as { statusCode?: number }).statusCode ?? 500;
    return reply.status(status).send({ error: { code: status < 500 ? 'FIELD_INVALID' : 'INTERNAL', message: (error as Error).message } });
  });
  app.setNotFoundHandler((request, reply) =>
    reply.status(404).send(new Refusal('NOT_FOUND', `There is no ${request.method} ${request.url}.`).body()),
  );
  app.addHook('onRequest', async (request) => {
    if (request.headers.authorization !== `Bearer ${token}`) throw new Refusal('UNAUTHORIZED', 'The token is missing or wrong.');
  });
  app.addHook('onResponse', async (request) => {
    if (request.method !== 'GET') saved();
  });

  masterDataRoutes(app, books);

  for (const { path, kinds, draft } of collections) {
    app.get<Query>(path, (request) => list(books, kinds, request));
    app.get<Params>(`${path}/:id`, (request) => one(books, kinds, request.params.id));
    if (draft)
      app.post(path, (request, reply) => {
        const body = bodyOf(request.body);
        const kind = path === '/payments' ? kindOfPayment(body) : kinds[0]!;
        books.refuseRepeat(textOf(body, 'entity'), optionalText(body, 'externalId'), kind, optionalText(body, 'reference'));
        const asked = draft(books, body);
        return created(reply, books.post(request.fault?.kind === 'rounded' ? roundedUp(asked) : asked));
      });
    if (draft)
      app.post<Params>(`${path}/:id/void`, (request, reply) => {
        const body = bodyOf(request.body ?? {});
        const original = one(books, kinds, request.params.id);
        const externalId = optionalText(body, 'externalId');
        books.refuseRepeat(original.entity, externalId, 'void', null);
        const postingDate = body['postingDate'] === undefined || body['postingDate'] === null ? undefined : dateOf(body, 'postingDate');
        const description = optionalText(body, 'description');
        return created(reply, books.void(original, { externalId, description, ...(postingDate ? { postingDate } : {}) }));
      });
  }

  app.post('/write-offs', (request, reply) => {
    const body = bodyOf(request.body);
    const invoice = one(books, ['invoice'], textOf(body, 'invoice'));
    const externalId = optionalText(body, 'externalId');
    books.refuseRepeat(invoice.entity, externalId, 'write-off', null);
    for (const field of ['currency', 'customer'] as const)
      if (textOf(body, field) !== invoice[field])
        throw new Refusal('FIELD_INVALID', `${invoice.number} is of the ${field} ${invoice[field]}, not ${textOf(body, field)}.`, field);
    const written = {
      externalId,
      amount: amountOf(body, 'amount', currencyOf(books.master, invoice.currency).decimals),
      postingDate: dateOf(body, 'postingDate'),
      account: textOf(body, 'account'),
      description: optionalText(body, 'description'),
    };
    return created(reply, books.writeOff(invoice, written));
  });
  app.get<Query>('/ledger', ({ query }) => {
    const within = books.state.ledger.filter(
      (line) =>
        (!query['entity'] || line.entity === query['entity']) &&
        (!query['from'] || line.postingDate >= query['from']) &&
        (!query['to'] || line.postingDate <= query['to']) &&
        (!query['account'] || line.account === query['account']) &&
        (!query['document'] || line.document === query['document']),
    );
    return pageOf(within, query);
  });
  app.get<Query>('/receivables', ({ query }) => {
    const [entity, customer] = [textOf(query, 'entity'), textOf(query, 'customer')];
    return { entity, customer, balances: books.receivable(entity, customer, receivables) };
  });
}

const created = (reply: FastifyReply, document: ErpDocument) => reply.status(201).send(document);

function one(books: Books, kinds: readonly DocumentKind[], id: string): ErpDocument {
  const document = books.document(id);
  if (!kinds.includes(document.kind)) throw new Refusal('NOT_FOUND', `Document ${id} is a ${document.kind}.`);
  return document;
}

/** Reads its own writes: what was answered with 201 is in the next list. */
function list(books: Books, kinds: readonly DocumentKind[], { query }: FastifyRequest<Query>) {
  const match = (name: 'externalId' | 'entity' | 'origin' | 'reference' | 'customer' | 'kind' | 'actsOn', document: ErpDocument) =>
    query[name] === undefined || document[name] === query[name];
  const { externalId, entity } = query;
  const candidates =
    externalId && entity ? [books.findByExternalId(entity, externalId)].filter((d) => d !== undefined) : books.state.documents;
  const names = ['externalId', 'entity', 'origin', 'reference', 'customer', 'kind', 'actsOn'] as const;
  const { from = '', to = '9999' } = query;
  const dated = ({ postingDate }: ErpDocument) => from <= postingDate && postingDate <= to;
  const found = pageOf(candidates.filter((d) => kinds.includes(d.kind) && dated(d) && names.every((name) => match(name, d))), query); // prettier-ignore
  return query['ledger'] === 'true' ? { ...found, items: withLedger(books, found.items) } : found;
}

/** Each document with its lines of the general ledger, which are numbered from one. */
function withLedger(books: Books, documents: readonly ErpDocument[]) {
  const lines = new Map(documents.map(({ id }): [string, (LedgerLine & { id: string })[]] => [id, []]));
  for (const line of books.state.ledger) {
    const own = lines.get(line.document);
    own?.push({ ...line, id: `${line.document}/${own.length + 1}` });
  }
  return documents.map((document) => ({ ...document, ledger: lines.get(document.id)! }));
}
