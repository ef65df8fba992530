import { Inject, Injectable } from '@nestjs/common';
import { Database, type Row, type Scope } from '../../../platform/database/index.js';
import { Problem } from '../../../platform/problems/index.js';
import { seqOf } from '../../events/event-key.js';
import { grouped, periodEnds, periodOf, problem, said, starts, takenBack, wanted } from '../rollup/reading.js';
import { wholes } from '../seal/paying.js';
import { Seals } from '../seal/seal.store.js';
import { pathOf, type Facts, type MeterFacts } from './path.js';

interface Link {
  seq: string;
  kind: string;
  receivedAt: string;
  occurredAt: string;
  roll: string | null;
  type: string;
  subject: string | null;
  reason: string | null;
}

/** A summary that an event, or one that it was corrected to, is or was a member of. */
export interface Membership {
  event: string;
  summary: string;
  kind: string;
  meter: string;
  period: string;
  usedIn: string;
  effect: 'added' | 'removed';
  quantity: string;
}

/** Where a piece of usage has gone: its chain of corrections, the summaries that hold it, the documents that were made of them. */
@Injectable()
export class TraceStore {
  constructor(
    @Inject(Database) private readonly db: Database,
    @Inject(Seals) private readonly seals: Seals,
  ) {}

  async trace(id: string, scope: Scope) {
    const chain = await this.chain(id, scope);
    const summaries = await this.memberships(chain);
    const documents = await this.seals.documents([...new Set(summaries.map(({ summary }) => summary))], scope);
    const own = documents.filter(({ asked, summary }) => asked === summary).map(({ asked: _, ...document }) => document);
    return {
      event: id,
      chain: chain.map(({ seq, ...link }) => ({ event: `ue_${seq}`, ...link })),
      summaries,
      documents: own,
    };
  }

  /** "Why is this not billed?": for each meter that wants it, or once when none does. */
  async billing(id: string, scope: Scope) {
    const chain = await this.chain(id, scope);
    const [first, last] = [chain.find(({ seq }) => `ue_${seq}` === id)!, chain.at(-1)!];
    const cancelled = last.kind === 'cancellation';
    const base: Omit<Facts, 'meter' | 'notWanted'> = {
      event: id,
      receivedAt: first.receivedAt,
      cancelledBy: cancelled ? `ue_${last.seq}` : null,
      correctedBy: !cancelled && last.seq !== first.seq ? `ue_${last.seq}` : null,
      roll: last.roll,
    };
    const { wantedBy, notWanted } = await this.meters(cancelled ? chain.at(-2)! : last, await this.memberships(chain), scope);
    const paths = (wantedBy.length === 0 ? [undefined] : wantedBy).map((meter) => {
      const path = pathOf({ ...base, meter, notWanted });
      const stops = path.find(({ done }) => !done);
      return { meter: meter?.name ?? null, billed: stops === undefined, stopsAt: stops?.step ?? null, because: stops?.detail ?? null, remedy: stops?.remedy ?? null, path };
    });
    return { event: id, inForce: cancelled ? null : `ue_${last.seq}`, meters: paths };
  } // prettier-ignore

  /** The event with everything that corrected it, in order. */
  private async chain(id: string, scope: Scope): Promise<Link[]> {
    const rows = await this.db.seenBy(scope).query<Row>(
      `with recursive link as (
         select coalesce((select original from usage_correction where seq = $1::bigint), $1::bigint) as seq, 0 as place
         union all select k.seq, l.place + 1 from link l join usage_correction k on k.corrects = l.seq)
       select e.seq, e.kind, e.received_at, e.occurred_at, e.type, e.subject, e.reason, c.roll from link l join usage_event e on e.seq = l.seq join usage_commit c on c.id = e.seq >> 16
       where $2::boolean order by l.place`,
      [seqOf(id) ?? '0', scope.unassigned],
    );
    if (rows.length === 0) throw new Problem('NOT_FOUND', `There is no usage event ${id}.`);
    return rows.map((row) => ({
      seq: row['seq'] as string,
      kind: row['kind'] as string,
      type: row['type'] as string,
      subject: row['subject'] as string | null,
      reason: row['reason'] as string | null,
      roll: row['roll'] as string | null,
      receivedAt: (row['received_at'] as Date).toISOString(),
      occurredAt: (row['occurred_at'] as Date).toISOString(),
    }));
  }

  private async memberships(chain: readonly Link[]): Promise<Membership[]> {
    const rows = await this.db.query<Row>(
      `with holds as materialized (
         select distinct e.seq, s.id from usage_event e join usage_commit c on c.id = e.seq >> 16
         join usage_summary_part p on p.subject = coalesce(e.subject, '') and p.starts <= e.occurred_at and p.ends > e.occurred_at
         join usage_summary s on s.id = p.summary join usage_meter_version v on v.id = s.version
         where e.seq = any($1::bigint[]) and e.kind <> 'cancellation' and c.roll <= s.roll and ${wanted} and ${grouped} = s.grouped and ${problem} is null and not ${takenBack('e.seq', 's.roll')})
       select h.seq, s.id, s.kind, s.meter, s.period, s.used_in, trim_scale(s.quantity)::text as quantity, case when s.id = h.id then 'added' else 'removed' end as effect, s.roll
       from holds h join usage_summary s on (s.id = h.id and not exists (select 1 from holds b where b.seq = h.seq and b.id = s.adjusts))
         or (s.adjusts = h.id and not exists (select 1 from holds b where b.seq = h.seq and b.id = s.id))
       order by s.roll, s.sealed_at, h.seq`,
      [chain.map(({ seq }) => seq)],
    );
    return rows.map((row) => ({
      event: `ue_${row['seq'] as string}`,
      summary: row['id'] as string,
      kind: row['kind'] as string,
      meter: row['meter'] as string,
      period: row['period'] as string,
      usedIn: row['used_in'] as string,
      effect: row['effect'] as 'added' | 'removed',
      quantity: row['quantity'] as string,
    }));
  }

  private async meters(
    event: Link,
    members: readonly Membership[],
    scope: Scope,
  ): Promise<{ wantedBy: MeterFacts[]; notWanted: string[] }> {
    const rows = await this.db.query<Row>(
      `select v.id, v.meter, v.version, e.type = any(v.types) as of_type, ${wanted} as wants, ${problem} as problem, left(${said}, 200) as said, ${starts} as starts, b.period,
         ${periodEnds('b.period')} as ends, z.id as seal, c.roll is null or v.rolled < c.roll as behind
       from usage_event e join usage_commit c on c.id = e.seq >> 16 join usage_meter m on m.active is not null join usage_meter_version v on v.meter = m.name and v.version = m.active
       cross join lateral (select ${periodOf('e.occurred_at')} as period) b left join usage_seal z on z.meter = v.meter and z.period = b.period
       where e.seq = $1::bigint order by v.meter`,
      [event.seq],
    );
    const wantedBy = rows.filter((row) => row['wants'] === true);
    return {
      wantedBy: await Promise.all(wantedBy.map((row) => this.meterFacts(row, event, members, scope))),
      notWanted: rows.filter((row) => row['wants'] !== true).map((row) => `the meter ${row['meter'] as string} ${row['of_type'] === true ? 'wants other data' : `does not read ${event.type}`}`), // prettier-ignore
    };
  }

  private async meterFacts(row: Row, event: Link, members: readonly Membership[], scope: Scope): Promise<MeterFacts> {
    const [payer] = await this.db.query<{ customer: string | null; why: string | null }>(
      `with ${wholes({ versions: 'v.id = $1', buckets: 'b.subject = $2 and b.starts = $3' })} select customer, why from paid limit 1`,
      [row['id'], event.subject ?? '', row['starts']],
    );
    const summary = members.filter((one) => one.event === `ue_${event.seq}` && one.meter === row['meter'] && one.effect === 'added').at(-1)?.summary ?? null; // prettier-ignore
    const documents = summary === null ? [] : await this.seals.documents([summary], scope);
    return {
      name: row['meter'] as string,
      version: row['version'] as number,
      period: row['period'] as string,
      periodEnds: (row['ends'] as Date).toISOString(),
      problem: row['problem'] as string | null,
      said: row['said'] as string | null,
      behind: row['behind'] as boolean,
      customer: payer?.customer ?? null,
      subject: event.subject,
      why: payer?.why ?? null,
      seal: row['seal'] as string | null,
      summary,
      documents: documents.filter((one) => one.summary === summary),
    };
  }
}
