import { isEncrypted, misconfigured, tlsOf, withLines, type ConnectorContext, type JsonObject } from '@waybill/sdk';
import transportNode, { type NatsConnection } from '@nats-io/transport-node';
import { text, texts } from './settings.js';
import { connectDialled, type DialledOptions } from './transport.js';

const { credsAuthenticator, nkeyAuthenticator } = transportNode;

/** A connection for one call or one stream. It never reconnects by itself: the engine opens anew, from the position. */
export function connectTo({ settings, dial }: ConnectorContext): Promise<NatsConnection> {
  const encrypted = isEncrypted(settings);
  return connectDialled({
    dial,
    servers: texts(settings, 'servers'),
    name: 'waybill',
    reconnect: false,
    resolve: false,
    ignoreClusterUpdates: true,
    timeout: 10_000,
    pingInterval: 15_000,
    maxPingOut: 2,
    tls: encrypted ? tlsOf(settings) : null,
    ...authOf(settings),
  });
}

function authOf(settings: JsonObject): Partial<DialledOptions> {
  const need = (name: string, title: string): string => {
    const value = text(settings, name);
    if (value !== '') return value;
    throw misconfigured({
      code: 'setting-missing',
      message: `Signing in by ${text(settings, 'signIn')} needs ${title}.`,
      remedy: `Fill in ${title} in the connection.`,
    });
  };
  const bytes = (value: string) => new TextEncoder().encode(value);
  switch (text(settings, 'signIn')) {
    case 'password':
      return { user: need('username', 'a user name'), pass: need('password', 'a password') };
    case 'token':
      return { token: need('token', 'a token') };
    case 'nkey':
      return { authenticator: nkeyAuthenticator(bytes(need('nkeySeed', 'the seed of the NKey'))) };
    case 'credentials':
      return { authenticator: credsAuthenticator(bytes(withLines(need('credentials', 'the credentials')))) };
    default:
      return {};
  }
}
