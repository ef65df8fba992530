import {
  isConnectorFailure,
  isTransportFailure,
  retryable,
  TransportFailure,
  type ConnectorContext,
  type Operation,
  type Receipt,
  type SendRequest,
} from '@waybill/sdk';

/**
 * One call to a target. A target that neither refuses a repeat nor remembers a key is asked first whether it has the document; what was
 * found is linked, not made again. A look-up that fails has changed nothing, so its failure is never a doubt.
 */
export async function callTarget(operation: Operation, context: ConnectorContext, request: SendRequest): Promise<Receipt> {
  if (operation.writes === 'once' && operation.idempotency.mode === 'lookup-only' && operation.find) {
    const found = await operation.find(context, request).catch((error: unknown) => {
      throw asRead(error);
    });
    if (found) return found;
  }
  return operation.send(context, request);
}

function asRead(error: unknown): unknown {
  if (isTransportFailure(error))
    return new TransportFailure(
      { sent: false, code: error.code, message: `it could not be looked up first: ${error.message}` },
      { cause: error },
    );
  if (isConnectorFailure(error) && error.facts.recovery === 'in-doubt')
    return retryable({ code: error.facts.code, message: `it could not be looked up first: ${error.message}` });
  return error;
}
