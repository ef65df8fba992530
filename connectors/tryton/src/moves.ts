import { inDoubt, isConnectorFailure, money, rejected, type ConnectorContext, type JsonObject } from '@waybill/sdk';
import { journalIdOf, periodIdOf, type Company } from './master-data.js';
import { rpc, search } from './rpc.js';
import { date, plain } from './wire.js';

export interface MoveAsk {
  key: string;
  /** Words for people; the key goes before them, and both are the move's description. */
  description: string;
  day: string;
  journal: 'revenueJournal' | 'cashJournal' | 'writeOffJournal';
  lines: JsonObject[];
  origin?: string;
}

export interface Move {
  id: number;
  number: string;
  state: string;
}

/** The moves that carry our key. The key has a fixed length, so a prefix finds it alone. */
export async function movesByKey(context: ConnectorContext, company: Company, key: string): Promise<Move[]> {
  const rows = await search(context, {
    model: 'account.move',
    domain: [
      ['company', '=', company.id],
      ['OR', ['description', '=', key], ['description', 'like', `${key} %`]],
    ],
    fields: ['number', 'post_number', 'state'],
    limit: 5,
    company: company.id,
  });
  return rows.map((row) => ({
    id: Number(row['id']),
    number: String(row['post_number'] ?? row['number'] ?? ''),
    state: String(row['state']),
  }));
}

/** The one posted move of a key, or undefined; several are a duplicate for a person. */
export async function postedMove(context: ConnectorContext, company: Company, key: string): Promise<Move | undefined> {
  const posted = (await movesByKey(context, company, key)).filter((move) => move.state === 'posted');
  if (posted.length > 1)
    throw rejected({
      code: 'key-ambiguous',
      category: 'duplicate',
      message: `Tryton holds ${posted.length} posted moves for ${key}.`,
      remedy: 'Cancel the surplus one in Tryton, then resolve this.',
    });
  return posted[0];
}

/** Create, then post. A posted move of the key is taken as it is; so is a draft of it that says the same. */
export async function postMove(context: ConnectorContext, company: Company, ask: MoveAsk): Promise<Move> {
  const before = await postedMove(context, company, ask.key);
  if (before) return before;
  const drafts = await movesByKey(context, company, ask.key);
  const values: JsonObject = {
    company: company.id,
    journal: await journalIdOf(context, company, ask.journal),
    period: await periodIdOf(context, company, date(ask.day), ask.day),
    date: date(ask.day),
    description: `${ask.key} ${ask.description}`.slice(0, 250),
    ...(ask.origin ? { origin: ask.origin } : {}),
    lines: [['create', ask.lines]],
  };
  const id = (await sameDraft(context, company, drafts, ask.lines)) ?? (await createDraft(context, company, values));
  try {
    await rpc(context, {
      method: 'model.account.move.post',
      params: [[id], { company: company.id }],
      what: 'post the journal entry',
      writes: true,
    });
  } catch (error) {
    if (isConnectorFailure(error) && error.facts.recovery === 'rejected') await removeDraft(context, company, id).catch(() => undefined);
    throw error;
  }
  const after = await postedMove(context, company, ask.key).catch(() => undefined);
  if (!after)
    throw inDoubt({
      code: 'not-posted',
      message: `Tryton took the call but journal entry ${id} was not seen posted.`,
      remedy: 'It is looked up again.',
    });
  return after;
}

async function createDraft(context: ConnectorContext, company: Company, values: JsonObject): Promise<number> {
  const made = await rpc(context, {
    method: 'model.account.move.create',
    params: [[values], { company: company.id }],
    what: 'create the journal entry',
    writes: true,
  });
  const id = Array.isArray(made) ? made[0] : undefined;
  if (typeof id === 'number') return id;
  throw inDoubt({ code: 'no-id', message: 'Tryton created the journal entry but told no id.' });
}

/**
 * Our own draft of this key, when it says what we would say: it is posted instead of made again. One that differs is deleted, which
 * needs a right that an accounting user usually lacks; then a person has to do it.
 */
async function sameDraft(context: ConnectorContext, company: Company, drafts: Move[], wanted: JsonObject[]): Promise<number | undefined> {
  const [draft] = drafts;
  if (!draft) return undefined;
  const rows = await search(context, {
    model: 'account.move.line',
    domain: [['move', '=', draft.id]],
    fields: ['account', 'debit', 'credit', 'party'],
    limit: 2001,
    company: company.id,
  });
  const shape = (line: JsonObject) =>
    [line['account'], line['party'] ?? null, ...['debit', 'credit'].map((side) => money.round(String(plain(line[side])), 4))].join(' ');
  if (drafts.length === 1 && JSON.stringify(rows.map(shape).sort()) === JSON.stringify(wanted.map(shape).sort())) return draft.id;
  try {
    for (const one of drafts) await removeDraft(context, company, one.id);
    return undefined;
  } catch (error) {
    if (!isConnectorFailure(error) || error.facts.code !== 'access-denied') throw error;
    throw rejected({
      code: 'draft-differs',
      category: 'posting-rejection',
      message: `Journal entry ${draft.id} is a draft of an earlier attempt with other amounts, and the user may not delete it.`,
      remedy: `Delete draft ${draft.id} in Tryton, then replay.`,
    });
  }
}

const removeDraft = (context: ConnectorContext, company: Company, id: number) =>
  rpc(context, {
    method: 'model.account.move.delete',
    params: [[id], { company: company.id }],
    what: `delete the half-made draft ${id}`,
    writes: false,
  });
