import { Inject, Injectable } from '@nestjs/common';
import type { Settings } from '../../config/index.js';
import { SecretStore } from '../../governance/index.js';
import { Database, type Row } from '../../platform/database/index.js';
import { EgressClient } from '../../platform/egress/index.js';
import { Mailer } from '../../platform/mail/index.js';
import type { Logger } from '../../platform/telemetry/index.js';
import { LOGGER, SETTINGS } from '../../platform/tokens.js';
import { ownerOf } from './channels.store.js';
import type { ChannelKind } from './channels.js';
import { signedHeaders, slackBody, webhookBody, type Envelope } from './envelopes.js';
import type { AlertRule } from './rules.js';
import { retryAt, triesMax } from './timing.js';
import { wordsOf, type Around, type Occasion, type Told } from './words.js';
import { alertOf } from './watching.store.js';

/** Notices that one round sends. */
const roundMax = 20;
/** A process that ended while it was sending: another one takes the notice up after so long. A notice may so arrive twice, under one id. */
const heldSeconds = 60;
const sendTimeoutMs = 15_000;

interface Notice {
  id: string;
  channel: string;
  rule: string | null;
  occasion: Occasion;
  alerts: string[];
  tries: number;
  template: Pick<AlertRule, 'subject' | 'text'>;
  severity: string;
}

/** Sends what is due; what does not arrive is tried again for some hours, then it has failed, and the overview says so. */
@Injectable()
export class AlertSending {
  constructor(
    @Inject(Database) private readonly db: Database,
    @Inject(SecretStore) private readonly secrets: SecretStore,
    @Inject(Mailer) private readonly mailer: Mailer,
    @Inject(EgressClient) private readonly egress: EgressClient,
    @Inject(SETTINGS) private readonly settings: Settings,
    @Inject(LOGGER) private readonly log: Logger,
  ) {}

  async sendDue(leads: () => boolean = () => true): Promise<void> {
    for (let sent = 0; sent < roundMax && leads(); sent += 1) {
      const notice = await this.take();
      if (!notice) return;
      await this.deliver(notice);
    }
  }

  /** One notice now, whatever its time; resolves when it was tried. */
  async sendNow(id: string): Promise<void> {
    const notice = await this.take(id);
    if (notice) await this.deliver(notice);
  }

  private async take(id?: string): Promise<Notice | undefined> {
    const [row] = await this.db.query<Row>(
      `update alert_notice n set held_until = now() + interval '${heldSeconds} seconds', tries = n.tries + 1, tried_at = now()
         from (select n.id, c.state from alert_notice n join alert_channel c on c.name = n.channel and c.state = 'on'
           where n.state = 'waiting' and (n.held_until is null or n.held_until < now()) and case when $1::text is null then n.due_at <= now() else n.id = $1 end
           order by n.due_at limit 1 for update of n skip locked) due
       where n.id = due.id returning n.*, (select definition from alert_rule r where r.name = n.rule) as definition`,
      [id ?? null],
    );
    if (!row) return undefined;
    const rule = row['definition'] as AlertRule | null;
    return {
      id: row['id'] as string,
      channel: row['channel'] as string,
      rule: row['rule'] as string | null,
      occasion: row['occasion'] as Occasion,
      alerts: row['alerts'] as string[],
      tries: row['tries'] as number,
      template: { subject: rule?.subject ?? null, text: rule?.text ?? null },
      severity: rule?.severity ?? 'medium',
    };
  }

  private async deliver(notice: Notice): Promise<void> {
    const told = await this.told(notice);
    const around: Around = {
      rule: notice.rule ?? 'test',
      occasion: notice.occasion,
      severity: notice.severity,
      environment: this.settings.environment,
      base: this.settings.publicUrl ?? `http://localhost:${this.settings.port}`,
    };
    const words = wordsOf(notice.template, around, told);
    try {
      await this.hand(notice.channel, { id: notice.id, around, told, ...words });
      await this.db.transaction(async (tx) => {
        await tx.query("update alert_notice set state = 'sent', sent_at = now(), held_until = null, last_error = null, subject = $2, text = $3 where id = $1", [notice.id, words.subject, words.text]); // prettier-ignore
        await tx.query('update alert set said_at = coalesce(said_at, now()) where id = any($1)', [notice.alerts]);
      });
    } catch (error) {
      const why = (error as Error).message.slice(0, 500);
      const again = notice.tries < triesMax ? retryAt(notice.tries, new Date()) : undefined;
      await this.db.query(
        "update alert_notice set state = case when $4::timestamptz is null then 'failed' else 'waiting' end, due_at = coalesce($4, due_at), held_until = null, last_error = $5, subject = $2, text = $3 where id = $1",
        [notice.id, words.subject, words.text, again ?? null, why],
      );
      this.log.warn({ event: again ? 'alert-not-delivered' : 'alert-failed', channel: notice.channel, notice: notice.id, tries: notice.tries, error: why }); // prettier-ignore
    }
  }

  private async told({ occasion, alerts, channel }: Notice): Promise<Told[]> {
    if (occasion === 'test')
      return [{ id: 'test', subject: 'test', title: `This is a test of the channel ${channel}`, detail: 'Alerts that name it arrive here.', link: '/alerts?tab=channels', since: new Date().toISOString(), amounts: [] }]; // prettier-ignore
    return (await this.db.query<Row>('select * from alert where id = any($1) order by opened_at', [alerts])).map(alertOf);
  }

  /** Resolves when the other side has taken it; throws why not. */
  private async hand(name: string, envelope: Envelope): Promise<void> {
    const [channel] = await this.db.query<{ kind: ChannelKind; addresses: string[] }>('select kind, addresses from alert_channel where name = $1', [name]); // prettier-ignore
    if (!channel) throw new Error('the channel was removed');
    if (channel.kind === 'email') return this.mailer.tell({ to: channel.addresses, subject: envelope.subject, text: envelope.text });
    const { url, secret } = await this.secrets.open(ownerOf(name));
    const now = new Date();
    const body = JSON.stringify(channel.kind === 'slack' ? slackBody(envelope) : webhookBody(envelope, now));
    const signed = channel.kind === 'webhook' ? signedHeaders(secret!, envelope.id, now, body) : {};
    const { status, text } = await this.egress.bind({}).request({ method: 'POST', url: url!, headers: { 'content-type': 'application/json', ...signed }, body, timeoutMs: sendTimeoutMs }); // prettier-ignore
    if (status < 200 || status >= 300) throw new Error(`answered ${status}: ${text.slice(0, 200)}`);
  }
}
