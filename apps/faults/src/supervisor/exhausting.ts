import pg from 'pg';

/** Runs this process out of memory while it has a certain document in its hands: a record whose work needs more than the heap holds. */
export class Exhausting {
  private readonly pool: pg.Pool;
  private readonly startedAt: Promise<Date>;

  constructor(
    private readonly key: string,
    database: string,
  ) {
    this.pool = new pg.Pool({ connectionString: database, max: 1 });
    this.startedAt = this.pool.query<{ now: Date }>('select now()').then(({ rows }) => rows[0]!.now);
  }

  /**
   * At a point where messages are claimed and nothing is done with them. What an earlier process claimed is not in the hands of this one, and
   * what is condemned for its ends is not read, so it costs nothing.
   */
  async unlessFree(): Promise<void> {
    const { rowCount } = await this.pool.query(
      "select 1 from message where key = $1 and flow like 'erp-%' and state = 'claimed' and crashes < 5 and updated_at > $2",
      [this.key, await this.startedAt],
    );
    if (rowCount === 0) return;
    const hoard: number[][] = [];
    for (;;) hoard.push(new Array<number>(4_000_000).fill(hoard.length));
  }
}
