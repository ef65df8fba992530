import { ConnectorFailure, isConnectorFailure, isTransportFailure, TransportFailure } from '@waybill/sdk';

/** The same failure; what another system repeated of our secrets in its refusal is hidden, since its words are kept and shown. */
export function withoutSecrets(error: unknown, hide: (text: string) => string): unknown {
  if (isConnectorFailure(error)) {
    const facts = Object.fromEntries(
      Object.entries(error.facts).map(([name, value]) => [name, typeof value === 'string' ? hide(value) : value]),
    ) as unknown as ConnectorFailure['facts'];
    return new ConnectorFailure(facts, { cause: error.cause });
  }
  if (isTransportFailure(error))
    return new TransportFailure({ sent: error.sent, code: error.code, message: hide(error.message) }, { cause: error.cause });
  return error;
}
