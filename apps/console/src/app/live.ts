import { useQueryClient, type QueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { listChanges } from '../parts/live-list.js';

export type Live = 'connected' | 'polling' | 'paused';

/** What each topic of the stream makes out of date. Events carry no data: a page reads anew what it shows. */
const staleBy: Record<string, string[]> = {
  messages: ['messages', 'runs', 'overview', 'flows', 'timeline'],
  exceptions: ['exceptions', 'overview', 'messages'],
  catalog: ['flows', 'mappings', 'tables', 'packs', 'overview', 'audit', 'timeline'],
  approvals: ['approvals', 'overview', 'messages'],
  connections: ['connections', 'overview', 'timeline'],
  alerts: ['alerts', 'overview', 'timeline'],
};

const gatherMs = 1000;
const pollMs = 15_000;

/**
 * One stream for this window. Events of a second are gathered, so a busy engine costs one read a second. When the stream
 * breaks, pages are read every 15 seconds until it is back; while the window is hidden nothing is read.
 */
export function useLive(): Live {
  const queries = useQueryClient();
  const [live, setLive] = useState<Live>('polling');
  useEffect(() => {
    let source: EventSource | undefined;
    let poll: ReturnType<typeof setInterval> | undefined;
    const gather = gatherer(queries);

    const startPolling = () => {
      setLive('polling');
      poll ??= setInterval(() => Object.keys(staleBy).forEach(gather.add), pollMs);
    };
    const stopPolling = () => {
      clearInterval(poll);
      poll = undefined;
    };
    const open = () => {
      if (source || document.hidden) return;
      startPolling();
      source = new EventSource('/v1/events');
      source.onopen = () => {
        stopPolling();
        setLive('connected');
      };
      // the browser connects again by itself, unless the answer was not a stream
      source.onerror = () => {
        startPolling();
        if (source?.readyState === EventSource.CLOSED) {
          source = undefined;
          setTimeout(open, pollMs);
        }
      };
      for (const topic of Object.keys(staleBy)) source.addEventListener(topic, () => gather.add(topic));
    };
    const close = () => {
      source?.close();
      source = undefined;
      stopPolling();
    };
    const onVisibility = () => {
      if (document.hidden) {
        close();
        setLive('paused');
      } else {
        open();
        Object.keys(staleBy).forEach(gather.add);
      }
    };
    open();
    document.addEventListener('visibilitychange', onVisibility);
    return () => {
      document.removeEventListener('visibilitychange', onVisibility);
      gather.stop();
      close();
    };
  }, [queries]);
  return live;
}

function gatherer(queries: QueryClient) {
  const topics = new Set<string>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const flush = () => {
    timer = undefined;
    const keys = new Set([...topics].flatMap((topic) => staleBy[topic] ?? []));
    topics.clear();
    for (const key of keys) {
      // the list of messages and the timeline decide by themselves when their rows may move
      void queries.invalidateQueries({
        queryKey: [key],
        predicate: ({ queryKey }) => !(queryKey[0] === 'messages' && queryKey[1] === 'list') && queryKey[0] !== 'timeline',
      });
      listChanges.dispatchEvent(new Event(key));
    }
  };
  return {
    add: (topic: string) => {
      topics.add(topic);
      timer ??= setTimeout(flush, gatherMs);
    },
    stop: () => clearTimeout(timer),
  };
}
