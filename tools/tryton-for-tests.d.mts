export interface TrytonServer {
  /** Origin, without the database. */
  url: string;
  database: string;
  user: string;
  password: string;
  /** Database ids by name, as the seed wrote them. */
  seed: Record<string, unknown>;
}
export function trytonForTests(): Promise<TrytonServer | { skipped: string }>;
