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
/** Waits until no other test file works in Tryton; the result ends the turn. */
export function takeTurn(): Promise<() => void>;
