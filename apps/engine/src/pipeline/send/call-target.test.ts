// A target without a key of ours is asked before it is told; what a look-up cannot find out is tried again, never taken for a doubt.
import { describe, expect, it } from '@jest/globals';
import {
  inDoubt,
  isConnectorFailure,
  TransportFailure,
  type ConnectorContext,
  type IdempotencyMode,
  type Operation,
  type Receipt,
  type SendRequest,
} from '@waybill/sdk';
import { callTarget } from './call-target.js';

const request: SendRequest = { effect: 'create', key: 'wb-1', document: {}, attempt: 1 };
const context = {} as ConnectorContext;
const receipt: Receipt = { documentId: 'doc-1' };

function operation(mode: IdempotencyMode, find: () => Promise<Receipt | null>) {
  const sent: string[] = [];
  const send = () => {
    sent.push('sent');
    return Promise.resolve({ documentId: 'doc-2' });
  };
  return { sent, operation: { writes: 'once', idempotency: { mode }, find, send } as unknown as Operation };
}

describe('a call to a target', () => {
  it('links what a target without keys already has', async () => {
    const { operation: op, sent } = operation('lookup-only', () => Promise.resolve(receipt));
    expect(await callTarget(op, context, request)).toBe(receipt);
    expect(sent).toEqual([]);
  });
  it('sends what is not there', async () => {
    const { operation: op, sent } = operation('lookup-only', () => Promise.resolve(null));
    expect((await callTarget(op, context, request)).documentId).toBe('doc-2');
    expect(sent).toHaveLength(1);
  });
  it('does not ask where a repeat is refused by the target', async () => {
    const { operation: op } = operation('unique-external-id', () => Promise.reject(new Error('was asked')));
    expect((await callTarget(op, context, request)).documentId).toBe('doc-2');
  });
  it('a look-up without an answer has changed nothing', async () => {
    const late = operation('lookup-only', () => Promise.reject(new TransportFailure({ sent: true, code: 'timeout', message: 'late' })));
    await expect(callTarget(late.operation, context, request)).rejects.toMatchObject({ sent: false });
    const vague = operation('lookup-only', () => Promise.reject(inDoubt({ code: 'http-502', message: 'vague' })));
    const error: unknown = await callTarget(vague.operation, context, request).catch((e: unknown) => e);
    expect(isConnectorFailure(error) && error.facts.recovery).toBe('retryable');
    expect([...late.sent, ...vague.sent]).toEqual([]);
  });
});
