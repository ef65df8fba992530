import type { Tx } from '../../platform/database/index.js';
import { newId } from '../../platform/ids/index.js';
import type { Ended, Ending, ExceptionFacts } from '../journey.js';

/** Stops that a person ends: an exception, or an approval bound to what was shown. */
export async function askPeople(tx: Tx, ended: readonly Ended[]): Promise<void> {
  for (const { journey, ending } of ended) {
    if (ending.to === 'exception') await openException(tx, journey.row.id, journey.row.flow, journey.stage, ending.facts);
    if (ending.to === 'held') await askForApproval(tx, journey.row.id, ending);
  }
}

/** Opens the work item of a stopped message, or renews the one that is open. */
export async function openException(tx: Tx, messageId: string, flow: string, stage: string, facts: ExceptionFacts): Promise<void> {
  await tx.query(
    `insert into exception (id, message_id, flow, category, code, cause, cause_key, remedy, vendor_words, path, stage, fix) values ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12)
     on conflict (message_id) where state = 'open' do update set category = excluded.category, code = excluded.code, cause = excluded.cause, cause_key = excluded.cause_key, remedy = excluded.remedy,
       vendor_words = excluded.vendor_words, path = excluded.path, stage = excluded.stage, fix = excluded.fix`,
    [
      newId('exc'),
      messageId,
      flow,
      facts.category,
      facts.code,
      facts.cause.slice(0, 2000),
      facts.causeKey.slice(0, 200),
      facts.remedy,
      facts.vendorWords ?? null,
      facts.path ?? null,
      stage,
      JSON.stringify(facts.fix),
    ],
  );
}

async function askForApproval(tx: Tx, messageId: string, { reason, approval }: Extract<Ending, { to: 'held' }>): Promise<void> {
  await tx.query(
    "update approval set state = 'void', decided_at = now(), reason = 'the document changed' where message_id = $1 and state = 'open'",
    [messageId],
  );
  await tx.query(
    'insert into approval (id, kind, message_id, role, rule, summary, content_hash, content) values ($1,$2,$3,$4,$5,$6,$7,$8)',
    [newId('apr'), 'message', messageId, approval.role, approval.rule, reason, approval.hash, approval.content],
  );
}
