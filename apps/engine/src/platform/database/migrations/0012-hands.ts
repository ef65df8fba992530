import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Whose hands an API key is in: its own, those of the keys before it, of its service account, and of whoever made any of these. */
export class Hands1700000000012 implements MigrationInterface {
  name = 'Hands1700000000012';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query("alter table api_key add column hands text[] not null default '{}'");
    await runner.query(fillHands);
  }

  async down(): Promise<void> {
    throw new Error('migrations only go forward');
  }
}

/** For keys and requests that are there already: what making them writes from now on. */
export const fillHands = `
with recursive behind (key, hand) as (
  select id, id from api_key
  union
  select b.key, next.hand from behind b, lateral (
    select k.created_by_id as hand from api_key k where k.id = b.hand
    union all select k.service_account_id from api_key k where k.id = b.hand
    union all select k.id from api_key k where k.replaced_by = b.hand) next
  where next.hand is not null)
update api_key k set hands = h.hands from (select key, array_agg(hand order by hand) as hands from behind group by key) h where h.key = k.id;

-- Requests that wait for a decision say so of their makers, too.
update approval a set makers = (
  select coalesce(jsonb_agg(m.maker || jsonb_build_object('hands', case when m.maker->>'id' is null then '[]'::jsonb
      else coalesce((select to_jsonb(k.hands) from api_key k where k.id = m.maker->>'id'), jsonb_build_array(m.maker->>'id')) end) order by m.n), '[]')
    from jsonb_array_elements(a.makers) with ordinality as m(maker, n));
`;
