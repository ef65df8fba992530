import { Inject, Injectable } from '@nestjs/common';
import { Database, scopeKey, type Scope } from '../../platform/database/index.js';
import { ageOf, ages, noCurrency } from '../ageing.js';
import { conditionsOf, type MessageFilter } from '../message-filter.js';
import { UnpostedStore } from '../unposted.store.js';
import { counting } from './count.store.js';
import { answersMax, BriefAnswers, facetOf, keptMs, rowsMax, type FacetCounts, type MessageField } from './facets.js';

/** As SQL over a message `m`, and for its release `r`. */
const fields = {
  flow: 'm.flow',
  state: 'm.state',
  legalEntity: 'm.legal_entity',
  currency: `coalesce(m.currency, '${noCurrency}')`,
  age: `(array[${ages.map((age) => `'${age}'`).join(', ')}])[1 + ${ageOf('m.received_at')}]`,
  release: "r.flow || '@' || r.version",
} satisfies Record<MessageField, string>;

/**
 * Values of the list of messages with their counts. Rows are found by one index and counted off, no more than `rowsMax` of them, so that an answer costs the
 * same however many messages there are; the other filters are asked of those.
 */
@Injectable()
export class MessageFacets {
  private readonly answers = new BriefAnswers<FacetCounts>({ keptMs, answersMax });

  constructor(
    @Inject(Database) private readonly db: Database,
    @Inject(UnpostedStore) private readonly unposted: UnpostedStore,
  ) {}

  async of(field: MessageField, filter: MessageFilter, scope: Scope, letters?: string) {
    const { [field]: _, ...others } = filter;
    const asked = JSON.stringify([scopeKey(scope), field, Object.entries(others).sort()]);
    return facetOf(field, await this.answers.get(asked, performance.now(), () => this.count(field, others, scope)), letters);
  }

  async count(field: MessageField, filter: MessageFilter, scope: Scope, most = rowsMax): Promise<FacetCounts> {
    const { where, values, found } = conditionsOf(filter, scope, filter.unposted ? await this.unposted.flows() : undefined);
    const order = found.newestFirst ? 'order by m.received_at desc, m.id desc' : '';
    return counting(this.db.seenBy(scope), {
      text: `select ${fields[field]} as value, count(*) filter (where ${where})::int as n, count(*)::int as looked
       from (select m.* from message m where ${found.where} ${order} limit $${values.length + 1}) m ${field === 'release' ? 'left join release r on r.id = m.release_id' : ''} group by 1`,
      values: [...values, most + 1],
      most,
    });
  }
}
