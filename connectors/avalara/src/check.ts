import { isConnectorFailure, isTransportFailure, type CheckStep, type ConnectorContext } from '@waybill/sdk';
import { read } from './api.js';
import { text } from './settings.js';

/** Signs in, then looks for the company. */
export async function check(context: ConnectorContext): Promise<CheckStep[]> {
  const company = text(context.settings, 'companyCode');
  const signIn = await step('Reach and sign in', async () => {
    const answer = await read(context, '/utilities/ping', 'say who is signed in');
    if (answer?.['authenticated'] === true) return { ok: true, detail: `Signed in as account ${text(context.settings, 'accountId')}.` };
    return { ok: false, detail: 'AvaTax answers, and does not take the sign-in.', remedy: 'Enter the account and a license key of the chosen environment.' };
  });
  if (!signIn.ok) return [signIn];
  const found = await step('Company', async () => {
    const answer = await read(context, '/companies', 'list companies', { $filter: `companyCode eq '${company}'` });
    const rows = Array.isArray(answer?.['value']) ? answer['value'] : [];
    const row = rows.find((one) => typeof one === 'object' && one !== null && !Array.isArray(one) && one['companyCode'] === company);
    if (row) return { ok: true, detail: `The company ${company} is there.` };
    return { ok: false, detail: `The account has no company ${company}, or the user may not see it.`, remedy: 'Correct the company of the connection.' };
  });
  return [signIn, found];
} // prettier-ignore

async function step(name: string, look: () => Promise<Omit<CheckStep, 'name'>>): Promise<CheckStep> {
  try {
    return { name, ...(await look()) };
  } catch (error) {
    if (!isConnectorFailure(error) && !isTransportFailure(error)) throw error;
    const remedy = (isConnectorFailure(error) ? error.facts.remedy : undefined) ?? 'Check the environment, and whether AvaTax can be reached from here.';
    return { name, ok: false, detail: error.message, remedy };
  }
} // prettier-ignore
