/** A check whose newest run is in trouble, or has ended in it. */
export interface SyntheticTrouble {
  name: string;
  owner: string;
  trouble: string;
  says: string[];
  since: Date;
  open: boolean;
}

/** As a question over the newest run `r` of each check that is on; a check that is paused says nothing. */
export const troubledChecks = (where: string): string => `
  select c.name, v.definition->>'owner' as owner, coalesce(r.result, r.trouble) as trouble, r.says, r.started_at as since, r.ended_at is null as open
  from synthetic_check c join synthetic_check_version v on v.check_name = c.name and v.version = c.active
  join lateral (select * from synthetic_run r where r.check_name = c.name order by r.started_at desc, r.id desc limit 1) r on true
  where c.state = 'on' and coalesce(r.result, r.trouble, 'passed') <> 'passed' and ${where} order by r.started_at`;

/** Where in the console it is looked at. */
export const linkOfCheck = (name: string): string => `/ops?tab=synthetic&check=${encodeURIComponent(name)}`;

/** Pure: what people are told of it. */
export function syntheticWords({ name, owner, trouble, says, open }: Omit<SyntheticTrouble, 'since'>): { title: string; detail: string } {
  const how = { late: 'is late', wrong: 'is wrong', 'failed-to-start': 'could not start' }[trouble] ?? trouble;
  return {
    title: `The synthetic transaction ${name} ${how}`,
    detail: `${(says[0] ?? 'Its run says no more').replace(/\.$/, '')}. ${open ? 'Its run has not ended, and no other begins before that. ' : ''}Owner: ${owner}.`,
  };
}
