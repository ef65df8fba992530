import { defineConnector, isConnectorFailure, type CheckStep, type ConnectorContext } from '@waybill/sdk';
import { documentation } from './documentation.js';
import { errorTable } from './errors.js';
import { failureOf } from './failures.js';
import { letter } from './letter.js';
import { accountOf, settingsSchema, text } from './settings.js';
import { postOf } from './transport.js';

/** Reaches the server and signs in, and says good-bye. */
async function check(context: ConnectorContext): Promise<CheckStep[]> {
  const name = 'Reach and sign in';
  let post: ReturnType<typeof postOf> | undefined;
  try {
    post = postOf(context);
    await post.transport.verify();
    return [{ name, ok: true, detail: `${text(context.settings, 'host')} answered.` }];
  } catch (error) {
    const failure = failureOf(error, { what: 'reach the mail server', settings: context.settings, sent: false });
    const remedy = (isConnectorFailure(failure) ? failure.facts.remedy : undefined) ?? 'Check the server, the port and the encryption.';
    return [{ name, ok: false, detail: failure.message, remedy }];
  } finally {
    post?.transport.close();
  }
}

export const email = defineConnector({
  name: 'email',
  title: 'E-mail',
  summary: 'Letters by SMTP.',
  documentation,
  vendorApi: 'SMTP, RFC 5321',
  settings: settingsSchema,
  account: accountOf,
  streams: {},
  operations: { letter },
  lookups: {},
  errors: errorTable,
  limits: { concurrency: 2, perSecond: 2, scope: 'user' },
  check,
});

export { errorTable };
export default email;
