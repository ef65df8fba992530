import { Controller, Inject } from '@nestjs/common';
import type { Settings } from '../../config/index.js';
import { In, Route, type Input } from '../../platform/http/index.js';
import { SETTINGS } from '../../platform/tokens.js';
import { AlertStore } from './alerts.store.js';
import { ChannelStore } from './channels.store.js';
import type { Situation } from './episodes.js';
import { alertRoutes as routes } from './routes.js';
import { RuleStore, seesRule, type RuleRecord } from './rules.store.js';
import { AlertSending } from './sending.store.js';
import { Situations } from './situations.store.js';
import { dueAt } from './timing.js';
import { wordsOf, type Told } from './words.js';

@Controller()
export class AlertsController {
  constructor(
    @Inject(AlertStore) private readonly alerts: AlertStore,
    @Inject(RuleStore) private readonly rules: RuleStore,
    @Inject(ChannelStore) private readonly channels: ChannelStore,
    @Inject(Situations) private readonly situations: Situations,
    @Inject(AlertSending) private readonly sending: AlertSending,
    @Inject(SETTINGS) private readonly settings: Settings,
  ) {}

  @Route(routes.listAlerts)
  list(@In() { query, caller }: Input<typeof routes.listAlerts>) {
    return this.alerts.list(query, caller.scope);
  }

  @Route(routes.acknowledgeAlert)
  acknowledge(@In() { params, caller, actor }: Input<typeof routes.acknowledgeAlert>) {
    return this.alerts.acknowledge(params.id, caller.scope, actor);
  }

  @Route(routes.listAlertRules)
  async listRules(@In() { caller }: Input<typeof routes.listAlertRules>) {
    const items = (await this.rules.all()).filter(({ definition }) => seesRule(caller.scope, definition)).map(ruleOf);
    return { items, next: null };
  }

  @Route(routes.getAlertRule)
  async findRule(@In() { params, caller }: Input<typeof routes.getAlertRule>) {
    return ruleOf(await this.rules.seen(params.name, caller.scope));
  }

  @Route(routes.putAlertRule)
  async putRule(@In() { params, body, caller, actor }: Input<typeof routes.putAlertRule>) {
    return ruleOf(await this.rules.put(params.name, body, caller.scope, actor));
  }

  @Route(routes.previewAlertRule)
  async preview(@In() { body: { name, rule }, caller }: Input<typeof routes.previewAlertRule>) {
    await this.rules.checked(rule, caller.scope);
    const found = await this.situations.find(rule);
    const around = {
      rule: name,
      occasion: 'opened',
      severity: rule.severity,
      environment: this.settings.environment,
      base: this.settings.publicUrl ?? `http://localhost:${this.settings.port}`,
    } as const;
    const now = new Date();
    return {
      found: found.map(({ subject, ...situation }) => ({ about: subject, ...situation })),
      ...wordsOf(rule, around, (found.length > 0 ? found : [example(now)]).map(toldOf)),
      dueAt: dueAt(rule, now).toISOString(),
    };
  }

  @Route(routes.pauseAlertRule)
  async pauseRule(@In() { params, caller, actor }: Input<typeof routes.pauseAlertRule>) {
    return ruleOf(await this.rules.setState(params.name, 'paused', caller.scope, actor));
  }

  @Route(routes.resumeAlertRule)
  async resumeRule(@In() { params, caller, actor }: Input<typeof routes.resumeAlertRule>) {
    return ruleOf(await this.rules.setState(params.name, 'on', caller.scope, actor));
  }

  @Route(routes.removeAlertRule)
  async removeRule(@In() { params, caller, actor }: Input<typeof routes.removeAlertRule>) {
    await this.rules.remove(params.name, caller.scope, actor);
    return { done: true };
  }

  @Route(routes.listAlertChannels)
  async listChannels() {
    return { items: await this.channels.all(), next: null };
  }

  @Route(routes.putAlertChannel)
  putChannel(@In() { params, body, actor }: Input<typeof routes.putAlertChannel>) {
    return this.channels.put(params.name, body, actor);
  }

  @Route(routes.testAlertChannel)
  async testChannel(@In() { params, caller, actor }: Input<typeof routes.testAlertChannel>) {
    const id = await this.alerts.test(params.name, actor);
    await this.sending.sendNow(id);
    return this.alerts.notice(id, caller.scope);
  }

  @Route(routes.pauseAlertChannel)
  pauseChannel(@In() { params, actor }: Input<typeof routes.pauseAlertChannel>) {
    return this.channels.setState(params.name, 'paused', actor);
  }

  @Route(routes.resumeAlertChannel)
  resumeChannel(@In() { params, actor }: Input<typeof routes.resumeAlertChannel>) {
    return this.channels.setState(params.name, 'on', actor);
  }

  @Route(routes.removeAlertChannel)
  async removeChannel(@In() { params, actor }: Input<typeof routes.removeAlertChannel>) {
    await this.channels.remove(params.name, actor);
    return { done: true };
  }

  @Route(routes.listAlertNotices)
  listNotices(@In() { query, caller }: Input<typeof routes.listAlertNotices>) {
    return this.alerts.notices(query, caller.scope);
  }

  @Route(routes.sendAlertNoticeAgain)
  async sendAgain(@In() { params, caller, actor }: Input<typeof routes.sendAlertNoticeAgain>) {
    await this.alerts.again(params.id, caller.scope, actor);
    await this.sending.sendNow(params.id);
    return this.alerts.notice(params.id, caller.scope);
  }
}

const ruleOf = ({ definition, ...record }: RuleRecord) => ({ ...record, rule: definition });
const toldOf = (situation: Situation): Told => ({ id: 'preview', ...situation });
/** What a preview shows of the words when nothing is so now. */
const example = (now: Date): Situation => ({
  subject: 'example',
  title: '12 documents: No legal entity for country BR',
  detail: 'An example: nothing is found now.',
  link: '/exceptions',
  since: now.toISOString(),
  amounts: [{ amount: '1204.50', currency: 'EUR' }],
});
