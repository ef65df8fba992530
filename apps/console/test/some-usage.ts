import { apiKey, type LivingCompany } from './living-company.js';

const day = '2026-10-05';
const types = 'application/cloudevents-batch+json';

interface Call {
  id: string;
  subject: string;
  calls: number | string;
}

const event = ({ id, subject, calls }: Call) => ({
  specversion: '1.0',
  id,
  source: '/northwind/batch',
  type: 'api.call',
  subject,
  time: `${day}T10:${id.padStart(2, '0')}:00Z`,
  data: { calls, billable: true },
});

/** A day of usage with all that can befall it: a conflict, a correction, somebody unknown, a value that is no number; and its seal. */
export async function someUsage({ url }: LivingCompany): Promise<void> {
  const send = async (path: string, body: unknown, contentType = 'application/json') => {
    const response = await fetch(`${url}${path}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${apiKey}`, 'content-type': contentType },
      body: JSON.stringify(body),
    });
    if (!response.ok) throw new Error(`${path} was refused: ${response.status} ${await response.text()}`);
    return (await response.json()) as Record<string, unknown>;
  };
  const calls = Array.from({ length: 12 }, (_, n): Call => ({
    id: String(n + 1),
    subject: ['globex-production', 'umbrella-production', 'hooli-staging'][n % 3]!,
    calls: 100 * (n + 1),
  }));
  await send('/v1/usage/events', [...calls, { id: '20', subject: 'globex-production', calls: 'many' }].map(event), types);
  await send(
    '/v1/usage/events',
    [
      { ...calls[0]!, calls: 7 },
      { ...calls[2]!, id: '30' },
    ].map(event),
    types,
  );
  await send('/v1/usage/corrections', {
    kind: 'correction',
    source: '/northwind/desk',
    id: 'c1',
    of: { source: '/northwind/batch', id: '4' },
    data: { calls: 40, billable: true },
    reason: 'The job was counted twice by its host',
  });
  await send(`/v1/usage/periods/${day}/seal`, { reason: 'The day is told in full' });
}
