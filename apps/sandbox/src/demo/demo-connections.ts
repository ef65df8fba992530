import { defaultBillingKey, defaultErpToken } from '../sandbox.js';

/** Settings of the connections that lead to a sandbox, by the names that the packs' flows use. */
export function demoConnections(options: { url: string; webhookSecret: string; erpToken?: string; billingKey?: string }) {
  const { url, webhookSecret, erpToken = defaultErpToken, billingKey = defaultBillingKey } = options;
  const erp = (entity: string) => ({ connector: 'sandbox-erp', settings: { baseUrl: url, token: erpToken, entity } });
  return {
    stripe: { connector: 'stripe', settings: { apiKey: billingKey, webhookSecret, accountId: 'acct_sandbox', apiBase: url } },
    'erp-us': erp('US'),
    'erp-de': erp('DE'),
  };
}
