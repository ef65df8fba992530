import { requestApproval, type Maker } from '../../governance/index.js';
import { real, type Tx } from '../../platform/database/index.js';
import { newId } from '../../platform/ids/index.js';
import type { Ended, Ending, ExceptionFacts, Journey } from '../journey.js';

/** Stops that a person ends: an exception, or an approval bound to what was shown. What stops of a synthetic transaction is told by its run, and by nothing else. */
export async function askPeople(tx: Tx, ended: readonly Ended[]): Promise<void> {
  for (const { journey, ending } of ended) {
    if (ending.to === 'exception') await openException(tx, journey.row.id, journey.row.flow, journey.stage, ending.facts);
    if (ending.to === 'held' && journey.row.syntheticRun === null) await askForApproval(tx, journey, ending);
  }
}

/**
 * Opens the work item of a stopped message. One that was sent again comes back as what it was: its owner, its comments and its age stay. What it holds is the
 * message's, as a trigger copies it.
 */
export async function openException(tx: Tx, messageId: string, flow: string, stage: string, facts: ExceptionFacts): Promise<void> {
  await tx.query(
    `insert into exception (id, message_id, flow, category, code, cause, cause_key, remedy, vendor_words, path, stage, fix)
     select $1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12::jsonb where exists (select 1 from message m where m.id = $2 and ${real('m')})
     on conflict (message_id) where state <> 'resolved' do update set state = 'open', returns = exception.returns + (exception.state = 'replaying')::int, snoozed_until = null, changed_at = now(), category = excluded.category, code = excluded.code, cause = excluded.cause, cause_key = excluded.cause_key, remedy = excluded.remedy,
       vendor_words = excluded.vendor_words, path = excluded.path, stage = excluded.stage, fix = excluded.fix, held_amount = excluded.held_amount, held_currency = excluded.held_currency, held_entity = excluded.held_entity`,
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

async function askForApproval(tx: Tx, journey: Journey, { reason, approval }: Extract<Ending, { to: 'held' }>): Promise<void> {
  const [message] = await tx.query<{ legal_entities: string[] }>('select legal_entities from message where id = $1', [journey.row.id]);
  await requestApproval(tx, {
    kind: 'message',
    subject: journey.row.id,
    messageId: journey.row.id,
    role: approval.role,
    rule: approval.rule,
    summary: reason,
    hash: approval.hash,
    content: approval.content,
    legalEntities: message?.legal_entities ?? [],
    makers: await makersOf(tx, journey),
  });
}

/** Who had a hand in what the document has become: the flow, its mapping, the rows of the tables it reads, and sending it again. */
async function makersOf(tx: Tx, { row, release, tables }: Journey): Promise<Maker[]> {
  const { enrich } = release.definition;
  const read = new Set(Object.values(enrich).flatMap((from) => ('table' in from ? [from.table] : [])));
  const versions = Object.entries(tables).filter(([name]) => read.has(name) || release.mapping.source.includes(name));
  return tx.query<Maker>(
    `select w.id, w.name, w.did, coalesce(k.hands, array_remove(array[w.id], null)) as hands from (
     select created_by_id as id, created_by as name, format('released version %s of the flow %s', version, flow) as did from release where id = $1
     union all select m.created_by_id, m.created_by, format('wrote version %s of the mapping %s', m.version, m.name)
       from release r join mapping_version m on m.name = r.mapping_name and m.version = r.mapping_version where r.id = $1
     union all select distinct t.created_by_id, t.created_by, format('wrote rows of the table %s', t.table_name)
       from unnest($2::text[], $3::int[]) as v(name, version) join table_row t on t.table_name = v.name and t.from_version = v.version
     union all select e.by_id, e.by_name, 'corrected fields of the document' from payload_edit e where e.message_id = $4 and e.applied_at is not null
     union all select u.started_by_id, u.started_by, 'replayed the document' from message m join run u on u.id = m.run_id where m.id = $4 and m.replayed and u.kind = 'replay') w
     left join api_key k on k.id = w.id`,
    [release.id, versions.map(([name]) => name), versions.map(([, version]) => version), row.id],
  );
}
