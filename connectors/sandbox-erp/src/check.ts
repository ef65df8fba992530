import { isConnectorFailure, type CheckStep, type ConnectorContext } from '@waybill/sdk';
import { entityOf, rows } from './erp-client.js';

/** Reach and sign-in, then the entity, then a month to post into. Later steps are not tried after a failure. */
export async function check(context: ConnectorContext): Promise<CheckStep[]> {
  const steps: CheckStep[] = [];
  const step = async (name: string, remedy: string, look: () => Promise<string | undefined>): Promise<boolean> => {
    try {
      const detail = await look();
      steps.push(detail === undefined ? { name, ok: false, detail: 'Not found.', remedy } : { name, ok: true, detail });
    } catch (error) {
      const facts = isConnectorFailure(error) ? error.facts : undefined;
      steps.push({ name, ok: false, detail: error instanceof Error ? error.message : 'Failed.', remedy: facts?.remedy ?? remedy });
    }
    return steps.at(-1)!.ok;
  };
  const code = entityOf(context);
  const month = context.now().toISOString().slice(0, 7);
  const reached = await step(
    'Reach and sign in',
    'Check the address, that the ERP runs, and the token.',
    async () => `${(await rows(context, '/entities', { limit: 100 })).length} legal entities`,
  );
  if (!reached) return steps;
  const known = await step('Legal entity', `Create the entity ${code} in the ERP or correct the setting.`, async () => {
    const [found] = await rows(context, '/entities', { code, limit: 1 });
    return found && `${code}: ${String(found['name'])}, ${String(found['currency'])}`;
  });
  if (!known) return steps;
  await step('Open period', `Open ${month} of ${code} in the ERP; until then nothing of this month can be posted.`, async () => {
    const [found] = await rows(context, '/periods', { entity: code, month, status: 'open', limit: 1 });
    return found && `${month} is open`;
  });
  return steps;
}
