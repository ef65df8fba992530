import { Controller, Inject } from '@nestjs/common';
import { KeyStore, SessionStore } from '../governance/index.js';
import { In, Route, type Caller, type Input } from '../platform/http/index.js';
import { catalogue } from '../platform/problems/index.js';
import { LiveUpdates } from './live.store.js';
import { OverviewStore } from './overview.store.js';
import { assuranceRoutes as routes } from './routes.js';

const keepAliveMs = 20_000;

@Controller()
export class AssuranceController {
  constructor(
    @Inject(OverviewStore) private readonly overview: OverviewStore,
    @Inject(LiveUpdates) private readonly live: LiveUpdates,
    @Inject(SessionStore) private readonly sessions: SessionStore,
    @Inject(KeyStore) private readonly keys: KeyStore,
  ) {}

  @Route(routes.getOverview)
  getOverview(@In() input: Input<typeof routes.getOverview>) {
    return this.overview.overview(input.query.hours ?? 24, input.caller);
  }

  @Route(routes.listErrors)
  listErrors() {
    return { items: Object.entries(catalogue).map(([code, facts]) => ({ code, ...facts })) };
  }

  @Route(routes.streamEvents)
  streamEvents(@In() input: Input<typeof routes.streamEvents>): void {
    const { reply } = input;
    reply.hijack();
    const { raw } = reply;
    raw.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8', 'cache-control': 'no-store', 'x-accel-buffering': 'no' });
    raw.write('retry: 3000\n\n');
    let id = 0;
    const stop = this.live.listen(
      (topics) => {
        for (const topic of topics) raw.write(`id: ${(id += 1)}\nevent: ${topic}\ndata: {}\n\n`);
      },
      () => raw.end(),
      input.caller.scope,
    );
    // The stream outlives its request: it ends soon after the session or the key does. When that cannot be asked, the screen comes back by itself.
    const alive = setInterval(() => {
      raw.write(': alive\n\n');
      this.mayListen(input.caller).then(
        (may) => may || raw.end(),
        () => raw.end(),
      );
    }, keepAliveMs);
    raw.on('close', () => {
      clearInterval(alive);
      stop();
    });
  }

  private mayListen({ kind, id, sessionId }: Caller): Promise<boolean> {
    return kind === 'user' ? this.sessions.isLive(sessionId ?? '') : this.keys.isLive(id);
  }
}
