import { isConnectorFailure, type CheckStep, type ConnectorContext } from '@waybill/sdk';
import { soql } from './api.js';

/** Reach and sign in, then the right to read accounts. */
export async function check(context: ConnectorContext): Promise<CheckStep[]> {
  const steps: CheckStep[] = [];
  const step = async (name: string, remedy: string, look: () => Promise<string>): Promise<boolean> => {
    try {
      steps.push({ name, ok: true, detail: await look() });
    } catch (error) {
      const facts = isConnectorFailure(error) ? error.facts : undefined;
      steps.push({ name, ok: false, detail: error instanceof Error ? error.message : 'Failed.', remedy: facts?.remedy ?? remedy });
    }
    return steps.at(-1)!.ok;
  };
  const signedIn = await step('Sign in', 'Check My Domain, the app, its flow and the user it runs as.', async () => {
    const [org] = await soql(context, 'SELECT Name, IsSandbox FROM Organization LIMIT 1', 'read the organization');
    return `${String(org?.['Name'] ?? 'The organization')}${org?.['IsSandbox'] === true ? ', a sandbox' : ''}`;
  });
  if (signedIn)
    await step('Read accounts', 'Give the user read access to accounts.', async () => {
      await soql(context, 'SELECT Id FROM Account LIMIT 1', 'read an account');
      return 'The user may read accounts.';
    });
  return steps;
}
