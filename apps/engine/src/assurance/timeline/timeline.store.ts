import { Inject, Injectable } from '@nestjs/common';
import { isHub, isInbound, ReleaseStore, TableReaders, type FlowRecord } from '../../catalog/index.js';
import { RunStore } from '../../intake/index.js';
import { Database, within, type Row } from '../../platform/database/index.js';
import { decodeCursor, encodeCursor, type Caller } from '../../platform/http/index.js';
import { pageOf, type Happening, type Told } from './timeline.js';
import { permissionOf, timelineKinds, type TimelineFact, type TimelineKind } from './timeline-fact.js';

interface Query {
  limit?: number | undefined;
  cursor?: string | undefined;
  kind?: string | undefined;
  from?: string | undefined;
  to?: string | undefined;
}

/** So many runs are looked at for a page: they fold, and a page of them alone would be short. */
const runsMax = 500;

const micros = (column: string) => `to_char(${column} at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as at_text`;
/** Acts on the flow that its releases do not tell, and acts on its connections. What they say of a page that the caller may see is told without `audit.read`. */
const flowActs = ['flow.governed', 'flow.paused', 'flow.resumed', 'flow.draining', 'flow.drained'] as const;
const connectionActs = [
  'connection.created',
  'connection.changed',
  'connection.connected',
  'connection.paused',
  'connection.resumed',
  'connection.tried-now',
] as const;

/** The part of a list that is asked for. */
interface Part {
  at: string | null;
  key: string | null;
  from: string | null;
  to: string | null;
  limit: number;
}

/** Conditions on the time and the key of a row, for which an index on the time is enough; their four values stand from `$n` on. */
const inPart = (at: string, key: string, n: number): string =>
  `${at} <= coalesce($${n}::timestamptz, 'infinity') and ($${n}::timestamptz is null or ${at} < $${n}::timestamptz or (${key}) collate "C" < $${n + 1}::text)
   and ${at} >= coalesce($${n + 2}::timestamptz, '-infinity') and ${at} < coalesce($${n + 3}::timestamptz, 'infinity')`;

/** What happened to a flow. Each source is one statement that reads no more than a page of it. */
@Injectable()
export class TimelineStore {
  constructor(
    @Inject(Database) private readonly db: Database,
    @Inject(ReleaseStore) private readonly releases: ReleaseStore,
    @Inject(TableReaders) private readonly readers: TableReaders,
    @Inject(RunStore) private readonly runs: RunStore,
  ) {}

  async list(name: string, query: Query, caller: Caller) {
    const [at = null, key = null] = decodeCursor(query.cursor, ['instant', 'text']) ?? [];
    const limit = query.limit ?? 50;
    const part: Part = { at, key, from: query.from ?? null, to: query.to ?? null, limit: limit + 1 };
    const flow = await this.releases.flow(name);
    const may = (kind: TimelineKind) => caller.permissions.has(permissionOf[kind]);
    const asked = query.kind?.split(',');
    const wanted = new Set(timelineKinds.filter((kind) => (asked?.includes(kind) ?? true) && may(kind)));
    const wants = (...kinds: TimelineKind[]) => kinds.some((kind) => wanted.has(kind));
    const connections = connectionsOf(flow);
    const seesConnections = caller.permissions.has('connection.read');
    const sources = await Promise.all([
      wants('release') ? this.ofReleases(name, part) : none,
      wants('release', 'connection', 'credential', 'pause') ? this.ofActs(name, seesConnections ? connections : [], wanted, part) : none,
      wants('mapping') ? this.ofMapping(flow.mappingName, part) : none,
      wants('table') ? this.ofTables(name, part) : none,
      wants('run') ? this.ofRuns(flow, part, caller) : none,
      wants('incident') && seesConnections ? this.ofHealth(connections, part) : none,
      wants('incident') ? this.ofAlerts(name, connections, part, caller) : none,
    ]);
    const { events, end } = pageOf(sources, limit);
    return {
      items: events.map(({ key: id, ...event }) => ({ id, ...event, at: toMillis(event.at) })),
      next: end ? encodeCursor([end.at, end.key]) : null,
      withheld: timelineKinds.filter((kind) => !may(kind)),
    };
  }

  /** That another release took the place of the live one is said by the other one. */
  private async ofReleases(flow: string, part: Part): Promise<Told> {
    const key = `'release ' || lpad(e.seq::text, 19, '0')`;
    const rows = await this.db.query<Row>(
      `select e.release_id, e.from_state, e.to_state, e.reason, e.by_name, e.details, r.version, ${key} as key, ${micros('e.at')}
       from release_event e join release r on r.id = e.release_id
       where e.flow = $1 and not (e.from_state is not distinct from 'live' and e.to_state = 'superseded') and ${inPart('e.at', key, 3)} order by e.at desc, e.seq desc limit $2`,
      [flow, part.limit, ...valuesOf(part)],
    );
    return told(rows, part.limit, (row) => {
      const { percent = null, entities = null } = row['details'] as { percent?: number | null; entities?: string[] | null };
      const share = row['to_state'] === 'share';
      return {
        kind: 'release',
        fact: { code: 'release', version: row['version'] as number, from: row['from_state'] as null, to: row['to_state'] as 'live', percent: share ? percent : null, entities: share ? entities : null },
        by: row['by_name'] as string,
        // of one that is over the engine says why in words of its own, which the release that went live says beside it
        reason: row['to_state'] === 'superseded' ? null : (row['reason'] as string | null),
        link: `/flows/${flow}?tab=releases&release=${row['release_id'] as string}`,
      };
    }); // prettier-ignore
  }

  /** What people and keys did to the flow and its connections, of the audit log. Of settings and secrets the names alone. */
  private async ofActs(flow: string, connections: readonly string[], wanted: ReadonlySet<TimelineKind>, part: Part): Promise<Told> {
    const key = `'act ' || e.id`;
    const kind = `case when e.action = 'flow.governed' then 'release' when e.action in ('connection.created','connection.changed','connection.connected','connection.tried-now')
      then case when e.action = 'connection.connected' or jsonb_array_length(coalesce(nullif(e.after->'secretsSet', 'null'), '[]')) > 0 then 'credential' else 'connection' end else 'pause' end`;
    const rows = await this.db.query<Row>(
      `select e.* from (select 'flow' as object, $1::text as name union all select 'connection', unnest($3::text[])) o cross join lateral (
         select o.object, o.name, e.action, e.actor_name, e.reason, e.before, e.after, ${kind} as kind, ${key} as key, ${micros('e.at')} from audit_entry e
         where e.object_kind = o.object and e.object_id = o.name and e.action not like 'pipeline.%' and e.action = any($4::text[]) and ${kind} = any($5::text[]) and ${inPart('e.at', key, 6)}
         order by e.at desc, e.id desc limit $2) e order by at_text desc, key collate "C" desc limit $2`,
      [flow, part.limit, connections, [...flowActs, ...connectionActs], [...wanted], ...valuesOf(part)],
    );
    return told(rows, part.limit, (row) => ({
      kind: row['kind'] as TimelineKind,
      fact: factOfAct(row),
      by: row['actor_name'] as string,
      reason: row['reason'] as string | null,
      link: row['object'] === 'flow' ? `/flows/${flow}` : `/connections/${row['name'] as string}`,
    }));
  }

  private async ofMapping(mapping: string, part: Part): Promise<Told> {
    const key = `'mapping ' || v.name || ' ' || lpad(v.version::text, 10, '0')`;
    const rows = await this.db.query<Row>(
      `select v.version, v.note, v.created_by, ${key} as key, ${micros('v.created_at')} from mapping_version v
       where v.name = $1 and ${inPart('v.created_at', key, 3)} order by v.created_at desc, v.version desc limit $2`,
      [mapping, part.limit, ...valuesOf(part)],
    );
    return told(rows, part.limit, (row) => ({
      kind: 'mapping',
      fact: { code: 'mapping-saved', mapping, version: row['version'] as number },
      by: row['created_by'] as string,
      reason: row['note'] as string | null,
      link: `/mappings/${mapping}?tab=versions`,
    }));
  }

  private async ofTables(flow: string, part: Part): Promise<Told> {
    const key = `'table ' || v.table_name || ' ' || lpad(v.version::text, 10, '0')`;
    const rows = await this.db.query<Row>(
      `select v.* from unnest($1::text[]) as g(name) cross join lateral (
         select v.table_name, v.version, v.by_name, v.reason, ${key} as key, ${micros('v.at')} from table_version v
         where v.table_name = g.name and ${inPart('v.at', key, 3)} order by v.at desc, v.version desc limit $2) v order by at_text desc, key collate "C" desc limit $2`,
      [await this.readers.readBy(flow), part.limit, ...valuesOf(part)],
    );
    return told(rows, part.limit, (row) => ({
      kind: 'table',
      fact: { code: 'table-published', table: row['table_name'] as string, version: row['version'] as number },
      by: row['by_name'] as string,
      reason: row['reason'] as string | null,
      link: `/tables/${row['table_name'] as string}?tab=history&version=${row['version'] as number}`,
    }));
  }

  private async ofRuns({ name, definition: { from } }: FlowRecord, part: Part, { scope }: Caller): Promise<Told> {
    const source = isInbound(from) ? from : { connection: null, stream: null };
    const limit = Math.max(part.limit, runsMax);
    const bounds = { where: inPart('r.started_at', "'run ' || r.id", 7), values: valuesOf(part), limit };
    const rows = await this.runs.ofFlow({ flow: name, ...source }, bounds, scope);
    return told(rows, limit, (row) => {
      const startedAt = (row['started_at'] as Date).toISOString();
      return {
        kind: 'run',
        fact: { code: 'runs', run: row['kind'] as 'poll', state: row['state'] as 'failed', count: 1, firstAt: startedAt, lastAt: startedAt, read: row['read'] as number, added: row['added'] as number, error: row['error'] as string | null },
        by: row['started_by'] as string,
        reason: row['note'] as string | null,
        link: `/runs/${row['id'] as string}`,
      };
    }); // prettier-ignore
  }

  /** Connections that fail now; of earlier times only alerts know. */
  private async ofHealth(connections: readonly string[], part: Part): Promise<Told> {
    const key = `'health ' || h.connection`;
    const rows = await this.db.query<Row>(
      `select h.connection, h.state, h.detail, ${key} as key, ${micros('h.since')} from connection_health h
       where h.connection = any($1::text[]) and h.state in ('open','failing') and h.since is not null and ${inPart('h.since', key, 3)} order by h.since desc, h.connection collate "C" desc limit $2`,
      [connections, part.limit, ...valuesOf(part)],
    );
    return told(rows, part.limit, (row) => ({
      kind: 'incident',
      fact: { code: 'connection-failing', connection: row['connection'] as string, silent: row['state'] === 'open', said: row['detail'] as string | null },
      by: null,
      reason: null,
      link: `/connections/${row['connection'] as string}`,
    })); // prettier-ignore
  }

  /** Alerts about the flow and its connections, and those of rules that watch this flow alone. */
  private async ofAlerts(flow: string, connections: readonly string[], part: Part, { scope }: Caller): Promise<Told> {
    const key = `'alert ' || a.id`;
    const seen = within(scope, 'a.legal_entities', 5);
    const newest = (where: string) =>
      `select a.id, a.rule, a.severity, a.title, a.link, a.ended_at, ${key} as key, ${micros('a.opened_at')} from alert a where ${where} and ${seen.where} and ${inPart('a.opened_at', key, 7)} order by a.opened_at desc, a.id desc limit $2`;
    const rows = await this.db.seenBy(scope).query<Row>(
      `select * from (
         select a.* from unnest($1::text[]) as g(subject) cross join lateral (${newest('a.subject = g.subject')}) a
         union select a.* from (select name from alert_rule where definition->'where'->>'flow' = $3 and definition->>'watch' = any($4)) g cross join lateral (${newest('a.rule = g.name')}) a) a
       order by at_text desc, key collate "C" desc limit $2`,
      [[`delay ${flow}`, ...connections.map((name) => `connection ${name}`)], part.limit, flow, ['exceptions', 'delays'], ...seen.values, ...valuesOf(part)],
    );
    return told(rows, part.limit, (row) => ({
      kind: 'incident',
      fact: { code: 'alert', rule: row['rule'] as string, severity: row['severity'] as 'high', said: row['title'] as string, endedAt: (row['ended_at'] as Date | null)?.toISOString() ?? null },
      by: null,
      reason: null,
      link: row['link'] as string,
    }));
  } // prettier-ignore
}

const none: Told = { items: [], more: false };

const valuesOf = ({ at, key, from, to }: Part): (string | null)[] => [at, key, from, to];

const toMillis = (at: string): string => `${at.slice(0, 23)}Z`;

function told(rows: readonly Row[], limit: number, of: (row: Row) => Omit<Happening, 'at' | 'key'>): Told {
  const items = rows.map((row) => ({ at: row['at_text'] as string, key: (row['key'] as string | undefined) ?? `run ${row['id'] as string}`, ...of(row) }));
  return { items, more: rows.length === limit };
} // prettier-ignore

/** What the live release calls: where it reads, where it looks up, where it writes. */
function connectionsOf({ definition: { from, to, enrich } }: FlowRecord): string[] {
  const lookups = Object.values(enrich).flatMap((one) => ('connection' in one ? [one.connection] : []));
  return [...new Set([...(isInbound(from) ? [from.connection] : []), ...lookups, ...(isHub(to) ? [] : [to.connection])])];
}

interface Said {
  settings?: Record<string, unknown>;
  limits?: Record<string, unknown>;
  secretsSet?: string[];
  secretsForgotten?: string[];
  approver?: string | null;
}

function factOfAct(row: Row): TimelineFact {
  const [connection, before, after] = [row['name'] as string, (row['before'] ?? {}) as Said, (row['after'] ?? {}) as Said];
  switch (row['action'] as (typeof flowActs)[number] | (typeof connectionActs)[number]) {
    case 'flow.governed':
      return { code: 'flow-governed', approver: after.approver ?? null };
    case 'flow.paused':
      return { code: 'flow-paused' };
    case 'flow.resumed':
      return { code: 'flow-resumed' };
    case 'flow.draining':
      return { code: 'flow-draining' };
    case 'flow.drained':
      return { code: 'flow-drained' };
    case 'connection.paused':
      return { code: 'connection-paused', connection };
    case 'connection.resumed':
      return { code: 'connection-resumed', connection };
    case 'connection.tried-now':
      return { code: 'connection-tried-now', connection };
    case 'connection.connected':
      return { code: 'connection-connected', connection, settings: differing(before.settings, after.settings) };
    case 'connection.created':
    case 'connection.changed': {
      const made = row['action'] === 'connection.created';
      const settings = made ? [] : [...differing(before.settings, after.settings), ...differing(before.limits, after.limits)];
      return { code: 'connection-changed', connection, made, settings, secrets: after.secretsSet ?? [], forgotten: after.secretsForgotten ?? [] };
    }
  } // prettier-ignore
}

/** Names of what is there in one of the two only, or is not the same in both. */
function differing(before: Record<string, unknown> = {}, after: Record<string, unknown> = {}): string[] {
  return [...new Set([...Object.keys(before), ...Object.keys(after)])].filter((name) => JSON.stringify(before[name]) !== JSON.stringify(after[name])).sort(); // prettier-ignore
}
