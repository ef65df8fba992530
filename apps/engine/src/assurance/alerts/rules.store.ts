import { Inject, Injectable } from '@nestjs/common';
import { AuditStore } from '../../governance/index.js';
import { Database, seesEverything, type Row, type Scope, type Sql } from '../../platform/database/index.js';
import type { Actor } from '../../platform/http/index.js';
import { Problem } from '../../platform/problems/index.js';
import { ChannelStore } from './channels.store.js';
import { ruleProblems, type AlertRule } from './rules.js';

export interface RuleRecord {
  name: string;
  definition: AlertRule;
  state: 'on' | 'paused';
  /** When it was last looked, and what went wrong then. */
  lookedAt: string | null;
  problem: string | null;
  open: number;
  updatedAt: string;
  updatedBy: string;
}

/** A rule about one legal entity is seen by who sees that; any other by who sees everything. */
export const seesRule = (scope: Scope, { where }: AlertRule): boolean =>
  seesEverything(scope) || (where.legalEntity !== undefined && (scope.entities === null || scope.entities.includes(where.legalEntity)));

@Injectable()
export class RuleStore {
  constructor(
    @Inject(Database) private readonly db: Database,
    @Inject(AuditStore) private readonly audit: AuditStore,
    @Inject(ChannelStore) private readonly channels: ChannelStore,
  ) {}

  async all(sql: Sql = this.db): Promise<RuleRecord[]> {
    return (await sql.query<Row>(`${select} order by r.name`)).map(shape);
  }

  async seen(name: string, scope: Scope, sql: Sql = this.db): Promise<RuleRecord> {
    const [row] = await sql.query<Row>(`${select} where r.name = $1`, [name]);
    const found = row ? shape(row) : undefined;
    if (!found || !seesRule(scope, found.definition)) throw new Problem('NOT_FOUND', `There is no alert rule ${name}.`);
    return found;
  }

  /** Throws with every problem of it. */
  async checked(rule: AlertRule, scope: Scope): Promise<AlertRule> {
    const problems = ruleProblems(rule, { channels: await this.channels.names() });
    if (problems.length > 0) throw new Problem('ALERT_RULE_INVALID', `The rule has ${problems.length} problem${problems.length === 1 ? '' : 's'}: ${problems[0]!.path} ${problems[0]!.detail}.`, { problems }); // prettier-ignore
    if (!seesRule(scope, rule)) throw new Problem('SCOPE_WIDER', 'This rule would tell of legal entities that you do not see.', { path: '/where/legalEntity' });
    return rule;
  } // prettier-ignore

  async put(name: string, rule: AlertRule, scope: Scope, actor: Actor): Promise<RuleRecord> {
    await this.checked(rule, scope);
    await this.db.transaction(async (tx) => {
      const [before] = await tx.query<Row>('select definition from alert_rule where name = $1 for update', [name]);
      if (before && !seesRule(scope, before['definition'] as AlertRule)) throw new Problem('NOT_FOUND', `There is no alert rule ${name}.`);
      await tx.query(
        `insert into alert_rule (name, definition, updated_by) values ($1,$2,$3)
         on conflict (name) do update set definition = excluded.definition, problem = null, updated_at = now(), updated_by = excluded.updated_by`,
        [name, JSON.stringify(rule), actor.name],
      );
      await this.audit.record(tx, actor, {
        action: before ? 'alert-rule.changed' : 'alert-rule.created',
        object: { kind: 'alert-rule', id: name },
        summary: `${actor.name} ${before ? 'changed' : 'made'} the alert rule ${name}`,
        before: before?.['definition'],
        after: rule,
      });
    });
    return this.seen(name, scope);
  }

  async setState(name: string, state: 'on' | 'paused', scope: Scope, actor: Actor): Promise<RuleRecord> {
    await this.seen(name, scope);
    await this.db.transaction(async (tx) => {
      const changed = await tx.query('update alert_rule set state = $2, updated_at = now(), updated_by = $3 where name = $1 and state <> $2 returning name', [name, state, actor.name]); // prettier-ignore
      if (changed.length === 0) return;
      if (state === 'paused') await endAlerts(tx, name);
      await this.audit.record(tx, actor, {
        action: state === 'on' ? 'alert-rule.resumed' : 'alert-rule.paused',
        object: { kind: 'alert-rule', id: name },
        summary: `${actor.name} ${state === 'on' ? 'resumed' : 'paused'} the alert rule ${name}`,
      });
    });
    return this.seen(name, scope);
  }

  async remove(name: string, scope: Scope, actor: Actor): Promise<void> {
    const { definition } = await this.seen(name, scope);
    await this.db.transaction(async (tx) => {
      await tx.query('delete from alert_rule where name = $1', [name]);
      await endAlerts(tx, name);
      await this.audit.record(tx, actor, {
        action: 'alert-rule.removed',
        object: { kind: 'alert-rule', id: name },
        summary: `${actor.name} removed the alert rule ${name}`,
        before: definition,
      });
    });
  }
}

/** Nobody looks any more, so nobody knows: what was open ends, and what was not sent yet is not. */
async function endAlerts(tx: Sql, rule: string): Promise<void> {
  await tx.query('update alert set ended_at = now() where rule = $1 and ended_at is null', [rule]);
  await tx.query("delete from alert_notice where rule = $1 and state = 'waiting' and tries = 0", [rule]);
}

const select = `select r.*, (select count(*)::int from alert a where a.rule = r.name and a.ended_at is null) as open_alerts from alert_rule r`;
const shape = (row: Row): RuleRecord => ({
  name: row['name'] as string,
  definition: row['definition'] as AlertRule,
  state: row['state'] as 'on' | 'paused',
  lookedAt: row['looked_at'] instanceof Date ? row['looked_at'].toISOString() : null,
  problem: row['problem'] as string | null,
  open: row['open_alerts'] as number,
  updatedAt: (row['updated_at'] as Date).toISOString(),
  updatedBy: row['updated_by'] as string,
});
