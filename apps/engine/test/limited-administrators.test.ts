// An administrator who is limited to a legal entity gives no more than that, by whatever way, and sees and exports no more either.
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { ApiCaller } from './api-caller.js';
import { messageIn, setUpCompany } from './demo-company.js';
import { person, type Person } from './people.js';
import { deliver, event, invoice } from './stripe-events.js';
import { adminPassword, openBench, type Bench } from './test-bench.js';

jest.setTimeout(120_000);

describe('an administrator of DE', () => {
  let bench: Bench;
  let limited: ApiCaller;
  let colleague: Person;
  let everywhere: Person;
  let made = 0;
  const body = (legalEntities?: string[]) => ({
    email: `given-${(made += 1)}@example.org`,
    name: 'Given',
    roles: ['viewer'],
    ...(legalEntities === undefined ? {} : { legalEntities }),
  });
  const wider = expect.objectContaining({ status: 403, code: 'SCOPE_WIDER', path: '/legalEntities' });

  beforeAll(async () => {
    bench = await openBench();
    await setUpCompany(bench);
    await deliver(bench, event(invoice({ id: 'in_us' })));
    await messageIn(bench, { key: 'in_us' }, 'posted');
    limited = await person(bench, { roles: ['admin'], legalEntities: ['DE'], name: 'Admin of DE' });
    colleague = await person(bench, { roles: ['viewer'], legalEntities: ['DE'] });
    everywhere = await person(bench, { roles: ['viewer'] });
  });
  afterAll(() => bench?.stop());

  it.each([[undefined], [[]], [['US']], [['DE', 'US']]])('makes and invites nobody who sees %j', async (entities) => {
    expect(await limited.problem('createUser', { body: { ...body(entities), password: adminPassword } })).toEqual(wider);
    expect(await limited.problem('inviteUser', { body: body(entities) })).toEqual(wider);
    const key = { name: 'sync', roles: ['viewer'], ...(entities === undefined ? {} : { legalEntities: entities }) };
    expect(await limited.problem('createApiKey', { body: key })).toEqual(wider);
  });

  it('makes, invites and changes those of DE', async () => {
    await limited.call('createUser', { body: { ...body(['DE']), password: adminPassword } });
    expect((await limited.call('inviteUser', { body: body(['DE']) })).user).toMatchObject({ legalEntities: ['DE'] });
    expect(await limited.call('createApiKey', { body: { name: 'sync', roles: ['viewer'], legalEntities: ['DE'] } })).toMatchObject({
      legalEntities: ['DE'],
    });
    const params = { id: colleague.id };
    expect(await limited.call('changeUser', { params, body: { roles: ['ops'] } })).toMatchObject({ roles: ['ops'] });
    expect(await limited.problem('changeUser', { params, body: { legalEntities: [] } })).toEqual(wider);
  });

  it('gives no role and no new password to somebody who sees more', async () => {
    const params = { id: everywhere.id };
    expect(await limited.problem('changeUser', { params, body: { roles: ['admin'] } })).toEqual(wider);
    expect(await limited.problem('renewUserLink', { params })).toEqual(wider);
  });

  it('makes no successor of a key that sees more; a successor sees what the key saw', async () => {
    const oldUntil = new Date(Date.now() + 3_600_000).toISOString();
    const all = await bench.api.call('createApiKey', { body: { name: 'all', roles: ['viewer'] } });
    expect(await limited.problem('rotateApiKey', { params: { id: all.id }, body: { oldUntil } })).toEqual(wider);
    const own = await limited.call('createApiKey', { body: { name: 'own', roles: ['viewer'], legalEntities: ['DE'] } });
    const next = await limited.call('rotateApiKey', { params: { id: own.id }, body: { oldUntil } });
    expect(next.legalEntities).toEqual(['DE']);
    expect((await bench.api.as(next.value).call('listMessages', {})).items).toEqual([]);
  });

  it('exports no audit log, and is not told what was read of documents elsewhere', async () => {
    expect(await limited.problem('exportAudit', {})).toMatchObject({
      status: 403,
      code: 'FORBIDDEN',
      detail: expect.stringContaining('every legal entity'),
    });
    const [{ id }] = (await bench.sql<{ id: string }>("select id from canonical_object where type = 'invoice'")) as [{ id: string }];
    await bench.api.call('getCanonical', { params: { type: 'invoice', id } });
    const told = async (caller: ApiCaller) =>
      (await caller.call('listAudit', { query: { object: `canonical/${id}` } })).items.map(({ action }) => action);
    expect(await told(bench.api)).toEqual(['canonical.payload-read']);
    expect(await told(limited)).toEqual([]);
  });

  it('is not the last one: somebody who sees everything remains', async () => {
    const [{ id }] = (await bench.sql<{ id: string }>(
      "select id from user_account where 'admin' = any(roles) and legal_entities = '{}'",
    )) as [{ id: string }];
    for (const change of [{ legalEntities: ['DE'] }, { disabled: true }, { roles: ['viewer'] }])
      expect(await bench.api.problem('changeUser', { params: { id }, body: change })).toMatchObject({ code: 'LAST_ADMIN' });
  });
});
