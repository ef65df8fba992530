import { defineConnector, isConnectorFailure, type CheckStep, type ConnectorContext } from '@waybill/sdk';
import { documentation } from './documentation.js';
import { headersOf, parse } from './exchange.js';
import { failureOf, pauseMs } from './failures.js';
import { records, unpack } from './records.js';
import { operations } from './requests.js';
import { accountOf, secretsOf, settingsSchema, text } from './settings.js';
import { webhook } from './webhook.js';

/** The address answers JSON with our credential; the webhook has a secret; a look-up is there. */
async function check(context: ConnectorContext): Promise<CheckStep[]> {
  const { settings } = context;
  const steps: CheckStep[] = [];
  if (text(settings, 'baseUrl') !== '') steps.push(await reach(context));
  steps.push(
    secretsOf(settings).length > 0
      ? { name: 'Webhook secret', ok: true, detail: `Webhooks are verified (${text(settings, 'signing')}).` }
      : {
          name: 'Webhook secret',
          ok: text(settings, 'pollPath') !== '' || text(settings, 'requestPath') !== '',
          detail: 'No secret is set, so every webhook is refused.',
          remedy: 'Enter the secret that the source signs with.',
        },
  );
  if (text(settings, 'requestPath') !== '' && text(settings, 'findPath') === '')
    steps.push({
      name: 'Look-up',
      ok: true,
      detail: 'There is no path of the look-up: a lost answer of a keyed request goes to a person, and the operation request is refused.',
    });
  return steps;
}

async function reach(context: ConnectorContext): Promise<CheckStep> {
  const { settings } = context;
  const path = text(settings, 'checkPath') || text(settings, 'pollPath') || '/';
  const name = `GET ${path}`;
  try {
    const response = await context.http.request({
      method: 'GET',
      url: `${text(settings, 'baseUrl')}${path}`,
      headers: headersOf(settings),
    });
    if (response.status < 200 || response.status > 299) throw failureOf(response, settings, { what: name, writes: false });
    parse(response.text);
    return { name, ok: true, detail: `HTTP ${response.status}, JSON.` };
  } catch (error) {
    const remedy = isConnectorFailure(error) ? error.facts.remedy : undefined;
    return {
      name,
      ok: false,
      detail: error instanceof Error ? error.message : String(error),
      remedy: remedy ?? 'Check the address, the path for the check and the egress rules of this installation.',
    };
  }
}

export const http = defineConnector({
  name: 'http',
  title: 'HTTP',
  summary: 'Any system that speaks JSON over HTTP: signed webhooks and polls in, templated requests out.',
  documentation,
  vendorApi: 'Standard Webhooks 1.0',
  settings: settingsSchema,
  account: accountOf,
  streams: { records },
  webhook,
  unpack,
  operations,
  lookups: {},
  limits: { concurrency: 5, scope: 'account', pauseMs },
  check,
});

export default http;
