import { Inject, Injectable } from '@nestjs/common';
import { Database, type Row } from '../../platform/database/index.js';
import type { Caller } from '../../platform/http/index.js';
import { callerOfUser } from './sessions.store.js';

/** Users as those who work are chosen from: who is there, what they may, what they see. */
@Injectable()
export class PeopleStore {
  constructor(@Inject(Database) private readonly db: Database) {}

  /** A user who is not disabled, by id or by e-mail address. */
  async called(name: string): Promise<Caller | undefined> {
    const [row] = await this.db.query<Row>('select * from user_account where disabled_at is null and (id = $1 or email = lower($1))', [
      name,
    ]);
    return row && callerOfUser(row);
  }

  /** Users who are not disabled, by name. */
  async all(limit: number): Promise<Caller[]> {
    const rows = await this.db.query<Row>('select * from user_account where disabled_at is null order by lower(name), id limit $1', [
      limit,
    ]);
    return rows.map(callerOfUser);
  }
}
