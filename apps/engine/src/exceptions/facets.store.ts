import { Inject, Injectable } from '@nestjs/common';
import { ageOf, ages, answersMax, BriefAnswers, counting, facetOf, keptMs, noCurrency, type FacetCounts } from '../pipeline/index.js';
import { Database, scopeKey } from '../platform/database/index.js';
import type { Caller } from '../platform/http/index.js';
import { dueState } from './clock.js';
import { conditionOf, nobody, type ExceptionFilter } from './filter.js';
import { facetExceptionsMax, type ExceptionField } from './fields.js';

/** As SQL over an exception `e`. */
const fields: Record<ExceptionField, string> = {
  category: 'e.category',
  flow: 'e.flow',
  legalEntity: 'e.held_entity',
  owner: `coalesce(e.assignee_id, '${nobody}')`,
  state: 'e.state',
  due: dueState('now()'),
  age: `(array[${ages.map((age) => `'${age}'`).join(', ')}])[1 + ${ageOf('e.opened_at')}]`,
  currency: `coalesce(e.held_currency, '${noCurrency}')`,
};

/** Values of the work list's filters with how many exceptions have each, as `MessageFacets` counts messages. */
@Injectable()
export class ExceptionFacets {
  private readonly answers = new BriefAnswers<FacetCounts>({ keptMs, answersMax });

  constructor(@Inject(Database) private readonly db: Database) {}

  async of(field: ExceptionField, filter: ExceptionFilter, caller: Caller, letters?: string) {
    const { [field]: _, ...others } = filter;
    // Without a state the list shows what is to do; the states of everything are what there is to choose from.
    const asked: ExceptionFilter = field === 'state' ? { ...others, state: 'all' } : others;
    const who = asked.owner === undefined ? null : caller.id;
    const key = JSON.stringify([scopeKey(caller.scope), who, field, Object.entries(asked).sort()]);
    return facetOf(field, await this.answers.get(key, performance.now(), () => this.count(field, asked, caller)), letters);
  }

  async count(field: ExceptionField, filter: ExceptionFilter, caller: Caller, most = facetExceptionsMax): Promise<FacetCounts> {
    const { where, values, found, ofMessage } = conditionOf(filter, caller);
    const rows = found ? `where ${found}` : 'order by e.opened_at desc, e.id desc';
    return counting(this.db.seenBy(caller.scope), {
      text: `select ${fields[field]} as value, count(*) filter (where ${where})::int as n, count(*)::int as looked
       from (select e.* from exception e ${rows} limit $${values.length + 1}) e ${ofMessage ? 'join message m on m.id = e.message_id' : ''} group by 1`,
      values: [...values, most + 1],
      most,
    });
  }
}
