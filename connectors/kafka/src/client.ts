import { isEncrypted, misconfigured, tlsOf, type ConnectorContext, type JsonObject } from '@waybill/sdk';
import kafkajs, { type KafkaConfig, type SASLOptions } from 'kafkajs';
import { text, texts } from './settings.js';

/** How kafkajs is set up for one call. Its sockets are the engine's; of its retries only the walk over the list of brokers is left. */
export function configOf({ settings, dial }: Pick<ConnectorContext, 'settings' | 'dial'>): KafkaConfig {
  const brokers = texts(settings, 'brokers');
  const encrypted = isEncrypted(settings);
  const tls = tlsOf(settings);
  const sasl = saslOf(settings);
  return {
    clientId: 'waybill',
    brokers,
    connectionTimeout: 10_000,
    authenticationTimeout: 10_000,
    requestTimeout: 30_000,
    enforceRequestTimeout: true,
    retry: { retries: brokers.length - 1, initialRetryTime: 50, maxRetryTime: 200 },
    ssl: encrypted,
    ...(sasl ? { sasl } : {}),
    socketFactory: ({ host, port, onConnect }) => {
      const socket = dial({ host, port, encrypted: encrypted ? 'now' : 'never', tls });
      socket.once(encrypted ? 'secureConnect' : 'connect', onConnect);
      return socket;
    },
    logLevel: kafkajs.logLevel.NOTHING,
  };
}

function saslOf(settings: JsonObject): SASLOptions | undefined {
  const mechanism = text(settings, 'signIn');
  if (mechanism !== 'plain' && mechanism !== 'scram-sha-256' && mechanism !== 'scram-sha-512') return undefined;
  const [username, password] = [text(settings, 'username'), text(settings, 'password')];
  if (username === '' || password === '')
    throw misconfigured({
      code: 'setting-missing',
      message: `Signing in by ${mechanism} needs a user name and a password.`,
      remedy: 'Fill in both in the connection.',
    });
  if (mechanism === 'plain' && !isEncrypted(settings))
    throw misconfigured({
      code: 'password-in-the-open',
      message: 'Signing in by plain would send the password unencrypted.',
      remedy: 'Turn encryption on, or sign in by SCRAM.',
    });
  return { mechanism, username, password } as SASLOptions;
}
