/** Which entries: the same words for the list and for an export. */
export interface AuditFilter {
  actor?: string | undefined;
  action?: string | undefined;
  object?: string | undefined;
  from?: string | undefined;
  to?: string | undefined;
}

/** The condition over `audit_entry` as `e`, with the values of `$1` to `$6`. */
export const auditCondition = `($1::text is null or e.actor_name ilike '%' || $1 || '%') and ($2::text is null or e.action like $2 || '%') and ($3::text is null or e.object_kind = $3)
  and ($4::text is null or e.object_id = $4) and ($5::timestamptz is null or e.at >= $5) and ($6::timestamptz is null or e.at < $6)`;

export function auditValues({ actor, action, object, from, to }: AuditFilter): (string | null)[] {
  const slash = (object ?? '').indexOf('/');
  const [kind, id] = slash < 0 ? [object, undefined] : [object!.slice(0, slash), object!.slice(slash + 1)];
  return [actor ?? null, action ?? null, kind || null, id ?? null, from ?? null, to ?? null];
}

/** Does it ask for nothing but a time? Then an export has whole seals, and shows that none is missing among them. */
export const asksOnlyForTime = ({ actor, action, object }: AuditFilter): boolean =>
  actor === undefined && action === undefined && object === undefined;
