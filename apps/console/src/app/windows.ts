import type { QueryClient } from '@tanstack/react-query';
import { signedOutListeners } from '../api/client.js';
import { asProblem } from '../api/problem.js';
import { sessionQuery, type Identity } from '../api/session.js';

/** What is asked of the router; its own type would lead back here. */
interface Ways {
  state: { location: { pathname: string; search: object } };
  history: { push(path: string): void };
}

/** Windows of one browser share one session: what one does with it, it tells the others. */
let channel: BroadcastChannel | undefined;

/** Somebody has signed in or out in this window. */
export function tellOtherWindows(): void {
  channel?.postMessage('changed');
}

/**
 * Follows what other windows do with the session. Signed out: this one asks to sign in, and comes back to its page. Signed in: it goes on where it stands
 * at the sign-in, and shows nothing of somebody else's.
 */
export function followOtherWindows(queries: QueryClient, router: Ways): void {
  channel = new BroadcastChannel('waybill-session');
  channel.addEventListener('message', () => void follow(queries, router));
}

async function follow(queries: QueryClient, router: Ways): Promise<void> {
  const before = queries.getQueryData<Identity>(sessionQuery.queryKey);
  try {
    const identity = await queries.fetchQuery({ ...sessionQuery, staleTime: 0 });
    const { pathname, search } = router.state.location;
    if (pathname === '/sign-in') return router.history.push((search as { to?: string }).to ?? '/');
    // What the other person has written or chosen here goes with them.
    if (before && before.id !== identity.id) globalThis.location.reload();
  } catch (error) {
    // Anything else is told by the page that needs the session next.
    if (asProblem(error).status === 401) for (const tell of signedOutListeners) tell();
  }
}
