import { retryable } from './failure.js';
import { isTransportFailure } from './http.js';

/**
 * For a call that only reads. Without this a read whose answer was lost looks like a write whose answer was lost, and a posting that has not begun
 * would be looked up. `what` finishes the sentence "asked to …".
 */
export async function reading<T>(what: string, read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    if (!isTransportFailure(error) || !error.sent) throw error;
    throw retryable({ code: error.code, message: `There was no answer when asked to ${what}: ${error.message}` });
  }
}
