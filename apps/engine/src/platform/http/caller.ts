/** Who calls, as the guard found out. */
export interface Caller {
  kind: 'user' | 'api-key';
  id: string;
  name: string;
  email: string | null;
  roles: string[];
  permissions: ReadonlySet<string>;
  /** The session of a user. */
  sessionId?: string;
}

/** Who does something, for the audit log: a caller, or the engine itself. */
export interface Actor {
  kind: 'user' | 'api-key' | 'engine';
  id: string;
  name: string;
  requestId?: string;
}

export const engineActor: Actor = { kind: 'engine', id: 'engine', name: 'Waybill' };
