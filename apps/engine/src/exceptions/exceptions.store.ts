import { Inject, Injectable } from '@nestjs/common';
import { PeopleStore } from '../governance/index.js';
import { Database, within } from '../platform/database/index.js';
import type { Caller } from '../platform/http/index.js';
import { Problem } from '../platform/problems/index.js';
import { ActStore, stillToDo, type Acted, type Refusal, type Target, type Who } from './acts.store.js';
import { commentsMax, sees, snoozeFlaw } from './life.js';
import { ResolveStore } from './resolve.store.js';
import { SelectionStore } from './selections.store.js';

/** People whom an exception can be given to are chosen from so many users. */
const peopleMax = 500;

/** What people do to exceptions: give, take up, put off, talk about, end. Each act is one transaction with its entry in the audit log. */
@Injectable()
export class ExceptionStore {
  constructor(
    @Inject(Database) private readonly db: Database,
    @Inject(ActStore) private readonly acts: ActStore,
    @Inject(ResolveStore) private readonly ends: ResolveStore,
    @Inject(PeopleStore) private readonly people: PeopleStore,
    @Inject(SelectionStore) private readonly selections: SelectionStore,
  ) {}

  /** Users who may work on exceptions and see at least some of what the caller sees. */
  async assignees({ scope }: Caller) {
    const users = await this.people.all(peopleMax);
    const near = users.filter(
      (user) => mayWork(user) && (scope.entities === null || user.scope.entities === null || sees(scope, user.scope.entities)),
    );
    return near.map(({ id, name }) => ({ id, name }));
  }

  /** Before anything is said of what was asked: what a caller does not see is not there, whatever else is wrong. */
  private async mustBeSeen(target: Target, { caller }: Who): Promise<void> {
    if ('selection' in target) return void (await this.selections.find(target.selection, caller));
    const seen = within(caller.scope, 'm.legal_entities', 2);
    const rows = await this.db
      .seenBy(caller.scope)
      .query(`select 1 from exception e join message m on m.id = e.message_id where e.id = $1 and ${seen.where}`, [
        target.one,
        ...seen.values,
      ]);
    if (rows.length === 0) throw new Problem('NOT_FOUND', `There is no exception ${target.one}.`);
  }

  /** Who gives an exception to themselves takes it up; given to somebody else it waits for them; null gives it back. */
  async assign(target: Target, to: string | null, who: Who): Promise<Acted> {
    await this.mustBeSeen(target, who);
    const owner = to === null ? undefined : await this.owner(to);
    const takesUp = owner !== undefined && who.caller.kind === 'user' && owner.id === who.caller.id;
    const words = owner
      ? { action: 'exception.assigned', did: 'assigned', to: `to ${owner.name}`, after: { assignee: owner.name, assigneeId: owner.id } }
      : { action: 'exception.assigned', did: 'gave back', after: { assignee: null } };
    return this.db.seenBy(who.caller.scope).transaction((tx) =>
      this.acts.on(tx, target, who, words, async (chosen) => {
        const refused = chosen.flatMap(({ id, state, entities }): Refusal[] => {
          if (state === 'resolved')
            return [{ exceptionId: id, code: 'EXCEPTION_CLOSED', reason: `The exception ${id} has already ended.` }];
          if (owner && !sees(owner.scope, entities))
            return [{ exceptionId: id, code: 'ASSIGNEE_UNFIT', reason: `${owner.name} does not see the exception ${id}.` }];
          return [];
        });
        const ids = idsOf(chosen, refused);
        await tx.query(
          "update exception set assignee_id = $2, assignee = $3, state = case when state = 'replaying' or ($4 = 'open' and assignee_id = $2) then state else $4 end, changed_at = now() where id = any($1::text[])",
          [ids, owner?.id ?? null, owner?.name ?? null, takesUp ? 'in-progress' : 'open'],
        );
        await this.acts.tell(tx, ids, { kind: owner ? 'assigned' : 'given-back', assignee: owner?.name ?? null }, who.actor);
        return refused;
      }),
    );
  }

  /** Put off until an instant, or with null taken up again now. It comes back by itself; the clock goes on meanwhile. */
  async snooze(target: Target, until: string | null, reason: string | undefined, who: Who): Promise<Acted> {
    await this.mustBeSeen(target, who);
    const words = {
      action: until === null ? 'exception.woken' : 'exception.snoozed',
      did: until === null ? 'took up again' : 'put off',
      to: until === null ? undefined : `until ${until}`,
      reason,
      after: { snoozedUntil: until },
    };
    return this.db.seenBy(who.caller.scope).transaction(async (tx) => {
      const [clock] = await tx.query<{ now: Date }>('select now() as now');
      const flaw = until === null ? undefined : snoozeFlaw(new Date(until), clock!.now);
      if (flaw !== undefined) throw new Problem('SNOOZE_INVALID', `It cannot be put off until ${until}: ${flaw}.`, { path: '/until' });
      return this.acts.on(tx, target, who, words, async (chosen) => {
        const { able, refused } = stillToDo(chosen);
        const ids = able.map(({ id }) => id);
        await tx.query('update exception set snoozed_until = $2, changed_at = now() where id = any($1::text[])', [ids, until]);
        await this.acts.tell(tx, ids, { kind: until === null ? 'woken' : 'snoozed', until, words: reason }, who.actor);
        return refused;
      });
    });
  }

  /**
   * Also after its end: what was found out later belongs here. The words stay with the exception, where nobody changes them; the audit log says that
   * they were written and how long they are, because what stands in it could never be erased.
   */
  async comment(id: string, words: string, who: Who): Promise<void> {
    await this.db.seenBy(who.caller.scope).transaction((tx) =>
      this.acts.on(
        tx,
        { one: id },
        who,
        { action: 'exception.commented', did: 'commented on', after: { characters: words.length } },
        async () => {
          const [row] = await tx.query<{ n: number }>(
            "select count(*)::int as n from exception_act where exception_id = $1 and kind = 'commented'",
            [id],
          );
          if (row!.n >= commentsMax) throw new Problem('COMMENTS_FULL', `The exception ${id} has ${row!.n} comments.`);
          await tx.query('update exception set changed_at = now() where id = $1', [id]);
          await this.acts.tell(tx, [id], { kind: 'commented', words }, who.actor);
          return [];
        },
      ),
    );
  }

  /** Ends without posting, for good: later versions of the documents do not post them either. */
  async resolve(target: Target, reason: string, who: Who): Promise<Acted> {
    const words = { action: 'exception.resolved', did: 'resolved', to: 'without posting', reason };
    return this.db.seenBy(who.caller.scope).transaction((tx) =>
      this.acts.on(tx, target, who, words, async (chosen) => {
        const { able, refused } = stillToDo(chosen);
        const { ended, moved } = await this.ends.end(tx, able, reason, who.actor);
        await this.acts.tell(tx, ended, { kind: 'resolved', words: reason }, who.actor);
        return [...refused, ...moved];
      }),
    );
  }

  private async owner(name: string): Promise<Caller> {
    const owner = await this.people.called(name);
    if (!owner) throw new Problem('ASSIGNEE_UNKNOWN', `There is no user ${name}.`, { path: '/assignee' });
    if (!mayWork(owner))
      throw new Problem('ASSIGNEE_UNFIT', `The roles of ${owner.name} do not let them work on exceptions.`, { path: '/assignee' });
    return owner;
  }
}

/** What an owner needs; it is the owner who is asked about here, not the caller. */
const workPermissions = ['exception.read', 'exception.work'];
const mayWork = ({ permissions }: Caller): boolean => workPermissions.every((name) => permissions.has(name));

function idsOf(chosen: readonly { id: string }[], refused: readonly Refusal[]): string[] {
  const out = new Set(refused.map(({ exceptionId }) => exceptionId));
  return chosen.filter(({ id }) => !out.has(id)).map(({ id }) => id);
}
