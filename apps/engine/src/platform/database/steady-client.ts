import pg from 'pg';

/**
 * A client of a pool whose connection may be cut at any moment. A server that stops, or an operator who ends a backend, makes `pg` emit
 * 'error' on the client, also while it is checked out and between two statements, when neither the pool nor a statement listens; an 'error'
 * that nobody hears ends the process. Here it is left to the next statement on the client, which fails with the same cause.
 */
export class SteadyClient extends pg.Client {
  override emit(event: string | symbol, ...args: unknown[]): boolean {
    if (event === 'error' && this.listenerCount('error') === 0) return false;
    return super.emit(event, ...args);
  }
}
