/** Whether requests reach the engine: the browser may have no network, or the engine may not answer. */
export interface Reach {
  is: 'reached' | 'offline' | 'away';
  /** When the engine last answered. */
  answeredAt: number;
}

type Listener = () => void;

/** What every request of the console tells of. `away` comes with the first request that fails, and goes with the first that is answered. */
class ReachStore {
  private readonly listeners = new Set<Listener>();
  private now: Reach = { is: globalThis.navigator.onLine ? 'reached' : 'offline', answeredAt: Date.now() };
  private answeredAt = Date.now();

  /** How often the network went away: what was asked before that says nothing of now. */
  losses = 0;

  constructor() {
    globalThis.addEventListener('offline', () => {
      this.losses += 1;
      this.become('offline');
    });
    // Whether the engine is there too, the next request tells.
    globalThis.addEventListener('online', () => this.become('reached'));
  }

  readonly get = (): Reach => this.now;
  readonly subscribe = (listener: Listener): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  /** `losses`: as they were when it was asked. */
  answered(losses: number): void {
    this.answeredAt = Date.now();
    if (losses === this.losses) this.become('reached');
  }

  missed(): void {
    this.become(globalThis.navigator.onLine ? 'away' : 'offline');
  }

  private become(is: Reach['is']): void {
    if (this.now.is === is) return;
    this.now = { is, answeredAt: this.answeredAt };
    for (const listener of this.listeners) listener();
  }
}

export const reach = new ReachStore();

/** What stands before an engine answers so while the engine is away. */
const notTheEngine = new Set([502, 504]);

/** `fetch`, which tells `reach` how it went. */
export async function fetchAndTell(request: Request): Promise<Response> {
  const { losses } = reach;
  try {
    const response = await globalThis.fetch(request);
    if (notTheEngine.has(response.status)) reach.missed();
    else reach.answered(losses);
    return response;
  } catch (error) {
    if (!request.signal.aborted) reach.missed();
    throw error;
  }
}
