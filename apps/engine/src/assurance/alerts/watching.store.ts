import { Inject, Injectable } from '@nestjs/common';
import { Database, type Row, type Tx } from '../../platform/database/index.js';
import { newId } from '../../platform/ids/index.js';
import type { Logger } from '../../platform/telemetry/index.js';
import { LOGGER } from '../../platform/tokens.js';
import { step, type Alert, type Money, type Situation } from './episodes.js';
import { RuleStore, type RuleRecord } from './rules.store.js';
import type { AlertRule, Severity } from './rules.js';
import { Situations } from './situations.store.js';
import { dueAt } from './timing.js';
import type { Occasion } from './words.js';

/** Ended alerts and notices are kept for so long. */
export const noticesKeptDays = 90;
/** Of a rule that names no legal entity: nobody who is limited to some sees what it tells. */
const ofAll = '*';
export const entitiesOf = ({ where }: Pick<AlertRule, 'where'>): string[] => [where.legalEntity ?? ofAll];

/** Looks at the world by every rule, and keeps what lasts. Whoever has the lead does it; two at once begin nothing twice. */
@Injectable()
export class AlertWatch {
  constructor(
    @Inject(Database) private readonly db: Database,
    @Inject(RuleStore) private readonly rules: RuleStore,
    @Inject(Situations) private readonly situations: Situations,
    @Inject(LOGGER) private readonly log: Logger,
  ) {}

  async lookAll(leads: () => boolean = () => true): Promise<void> {
    for (const rule of (await this.rules.all()).filter(({ state }) => state === 'on')) {
      if (!leads()) return;
      await this.look(rule);
    }
    await this.db.query(`delete from alert where ended_at < now() - interval '${noticesKeptDays} days'`);
    await this.db.query(`delete from alert_notice where created_at < now() - interval '${noticesKeptDays} days'`);
  }

  /** A rule whose question fails says so itself; the others are asked all the same. */
  private async look(rule: RuleRecord): Promise<void> {
    let found: Situation[];
    try {
      found = await this.situations.find(rule.definition);
    } catch (error) {
      const problem = (error as Error).message;
      if (rule.problem !== problem) this.log.warn({ event: 'alert-rule-failed', rule: rule.name, error: problem });
      await this.db.query('update alert_rule set problem = $2 where name = $1', [rule.name, problem]);
      return;
    }
    await this.db.transaction((tx) => this.keep(tx, rule, found));
  }

  private async keep(tx: Tx, { name }: RuleRecord, found: readonly Situation[]): Promise<void> {
    // As it is now: somebody may have changed or paused it since it was read.
    const [row] = await tx.query<Row>(
      "update alert_rule set looked_at = now(), problem = null where name = $1 and state = 'on' returning definition, now() as now",
      [name],
    );
    if (!row) return;
    const rule = row['definition'] as AlertRule;
    const now = row['now'] as Date;
    const open = (await tx.query<Row>('select * from alert where rule = $1 and ended_at is null', [name])).map(alertOf);
    const { begin, goOn, end, repeat } = step(open, found, rule, now);
    const opened: string[] = [];
    for (const situation of begin) {
      const id = newId('alt');
      const made = await tx.query(
        `insert into alert (id, rule, subject, severity, title, detail, link, amounts, since, legal_entities) values ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10) on conflict do nothing returning id`,
        [id, name, situation.subject, rule.severity, situation.title, situation.detail, situation.link, JSON.stringify(situation.amounts), situation.since, entitiesOf(rule)],
      ); // prettier-ignore
      if (made.length > 0) opened.push(id);
    }
    for (const { alert, now: is } of goOn)
      await tx.query(
        'update alert set seen_at = now(), severity = $2, title = $3, detail = $4, link = $5, amounts = $6, since = $7 where id = $1',
        [alert.id, rule.severity, is.title, is.detail, is.link, JSON.stringify(is.amounts), is.since],
      );
    await tx.query('update alert set ended_at = now() where id = any($1)', [end.map(({ id }) => id)]);
    const unsaid = await this.takeBack(tx, name, end.filter(({ saidAt }) => saidAt === null).map(({ id }) => id)); // prettier-ignore
    await this.ask(tx, { name, rule, occasion: 'opened', alerts: opened, now });
    await this.ask(tx, { name, rule, occasion: 'repeated', alerts: repeat.map(({ id }) => id), now });
    if (rule.tellEnd) await this.ask(tx, { name, rule, occasion: 'ended', alerts: end.map(({ id }) => id).filter((id) => !unsaid.has(id)), now }); // prettier-ignore
    await tx.query('update alert set said_at = now() where id = any($1)', [repeat.map(({ id }) => id)]);
  }

  /** What is over before anybody was told needs no telling. Returns the alerts of which nothing was said. */
  private async takeBack(tx: Tx, rule: string, ids: readonly string[]): Promise<Set<string>> {
    if (ids.length === 0) return new Set();
    await tx.query(
      "update alert_notice set alerts = array(select unnest(alerts) except select unnest($2::text[])) where rule = $1 and state = 'waiting' and tries = 0 and alerts && $2::text[]",
      [rule, ids],
    );
    await tx.query("delete from alert_notice where rule = $1 and state = 'waiting' and tries = 0 and cardinality(alerts) = 0", [rule]);
    const said = await tx.query<{ id: string }>('select distinct unnest(alerts) as id from alert_notice where rule = $1 and alerts && $2::text[]', [rule, ids]); // prettier-ignore
    const told = new Set(said.map(({ id }) => id));
    return new Set(ids.filter((id) => !told.has(id)));
  }

  /** One notice for each channel; what waits there already for the same occasion takes it in. */
  private async ask(tx: Tx, asked: { name: string; rule: AlertRule; occasion: Occasion; alerts: readonly string[]; now: Date }): Promise<void> {
    const { name, rule, occasion, alerts, now } = asked;
    if (alerts.length === 0) return;
    for (const channel of rule.channels) {
      const joined = await tx.query(
        "update alert_notice set alerts = alerts || $4::text[] where rule = $1 and channel = $2 and occasion = $3 and state = 'waiting' and tries = 0 and held_until is null returning id",
        [name, channel, occasion, alerts],
      );
      if (joined.length > 0) continue;
      await tx.query(
        'insert into alert_notice (id, channel, rule, occasion, alerts, due_at, legal_entities) values ($1,$2,$3,$4,$5,$6,$7)',
        [newId('ntc'), channel, name, occasion, alerts, dueAt(rule, now), entitiesOf(rule)],
      );
    }
  } // prettier-ignore
}

export const alertOf = (row: Row): Alert => ({
  id: row['id'] as string,
  rule: row['rule'] as string,
  subject: row['subject'] as string,
  severity: row['severity'] as Severity,
  title: row['title'] as string,
  detail: row['detail'] as string,
  link: row['link'] as string,
  amounts: row['amounts'] as Money[],
  since: (row['since'] as Date).toISOString(),
  openedAt: (row['opened_at'] as Date).toISOString(),
  saidAt: row['said_at'] instanceof Date ? row['said_at'].toISOString() : null,
  acknowledgedAt: row['acknowledged_at'] instanceof Date ? row['acknowledged_at'].toISOString() : null,
});
