/**
 * What a caller sees of rows that belong to legal entities. Rows carry `legal_entities`, a list; one that carries none belongs to nobody yet
 * (not mapped, a raw delivery), and is seen by whoever may see what is unassigned.
 */
export interface Scope {
  /** Null: every legal entity, also those that come later. */
  readonly entities: readonly string[] | null;
  readonly unassigned: boolean;
}

/** The engine's own scope, and that of callers without a limit. */
export const everything: Scope = { entities: null, unassigned: true };

export const seesEverything = ({ entities, unassigned }: Scope): boolean => entities === null && unassigned;

/** A text that is equal for equal scopes. */
export const scopeKey = ({ entities, unassigned }: Scope): string =>
  JSON.stringify([entities === null ? null : [...entities].sort(), unassigned]);

/**
 * The one condition that keeps a query to a scope: `column` is a `text[]`, and `values` are its two parameters, the first of them `$from`.
 * Row-level security holds the same once more below it; see `Database.seenBy`.
 */
export function within(scope: Scope, column: string, from: number): { where: string; values: [string[] | null, boolean] } {
  return {
    // Who sees everything is asked nothing for each row: the planner knows the first part.
    where: `(($${from}::text[] is null and $${from + 1}::boolean) or case when cardinality(${column}) = 0 then $${from + 1}::boolean else $${from}::text[] is null or ${column} && $${from}::text[] end)`,
    values: [scope.entities === null ? null : [...scope.entities], scope.unassigned],
  };
}

/** The same for rows that belong to one legal entity at most: `column` is a `text`, null for nobody's. One word is compared, not a list. */
export function withinOne(scope: Scope, column: string, from: number): ReturnType<typeof within> {
  return {
    where: `(($${from}::text[] is null and $${from + 1}::boolean) or case when ${column} is null then $${from + 1}::boolean else $${from}::text[] is null or ${column} = any($${from}::text[]) end)`,
    values: within(scope, column, from).values,
  };
}
