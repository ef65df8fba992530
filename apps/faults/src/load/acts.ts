import type { World } from '../supervisor/world.js';
import { sleep } from '../waiting.js';
import { api } from './company.js';

/** An act of an administrator, for the audit log: a table each, so that acts and entries are counted by name. */
export class Acts {
  /** Whoever asked for them got a 2xx. */
  readonly answered = new Set<string>();
  readonly tried = new Set<string>();

  constructor(
    private readonly world: World,
    /** Begins every name, so that those of several rows do not meet. */
    private readonly prefix: string,
  ) {}

  /** One act. Returns whether it was answered; what was not may have been done all the same. */
  async act(suffix = ''): Promise<boolean> {
    const name = `${this.prefix}-${this.tried.size + 1}${suffix}`;
    this.tried.add(name);
    const body = { title: 'An act of the harness', key: ['a'], columns: [{ name: 'b', type: 'text' }] };
    const done = await api(this.world, 'PUT', `/v1/tables/${name}`, body).then(() => true, () => false); // prettier-ignore
    if (done) this.answered.add(name);
    return done;
  }

  /** So many, `beside` each other, with a pause after each. */
  async make(count: number, { beside = 4, pauseMs = 50 } = {}): Promise<void> {
    let left = count;
    await Promise.all(
      Array.from({ length: beside }, async () => {
        while ((left -= 1) >= 0) {
          await this.act();
          await sleep(pauseMs);
        }
      }),
    );
  }

  /** What does not fit, a sentence each: an act without its one entry, an entry without its act, an answer for neither. */
  async mismatches(): Promise<string[]> {
    const rows = await this.world.postgres.sql<{ name: string; acts: number; entries: number }>(
      `select name, (select count(*)::int from reference_table t where t.name = g.name) as acts,
         (select count(*)::int from audit_entry e where e.action = 'table.created' and e.object_kind = 'table' and e.object_id = g.name) as entries
       from unnest($1::text[]) as g(name)`,
      [[...this.tried]],
    );
    return rows
      .filter(({ name, acts, entries }) => acts !== entries || (this.answered.has(name) && acts !== 1))
      .map(
        ({ name, acts, entries }) =>
          `${name}: done ${acts} times, ${entries} entries, ${this.answered.has(name) ? 'answered' : 'not answered'}`,
      );
  }
}
