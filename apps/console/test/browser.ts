/** What a browser has and jsdom has not. */
import '@testing-library/jest-dom/jest-globals';
import { afterEach, beforeEach, jest } from '@jest/globals';
import { cleanup, configure } from '@testing-library/react';

// a busy machine is slow, not wrong
jest.setTimeout(30_000);
configure({ asyncUtilTimeout: 8000 });

class Observer {
  observe() {}
  unobserve() {}
  disconnect() {}
  takeRecords() {
    return [];
  }
}
class SilentEvents extends EventTarget {
  static readonly CLOSED = 2;
  readyState = 0;
  onopen: (() => void) | null = null;
  onerror: (() => void) | null = null;
  close() {
    this.readyState = 2;
  }
}

Object.assign(globalThis, { ResizeObserver: Observer, IntersectionObserver: Observer, EventSource: SilentEvents });
Object.assign(window, {
  matchMedia: (query: string) => ({
    matches: false,
    media: query,
    addEventListener() {},
    removeEventListener() {},
    addListener() {},
    removeListener() {},
    dispatchEvent: () => false,
    onchange: null,
  }),
  scrollTo() {},
});
Object.assign(Element.prototype, { scrollIntoView() {}, scrollTo() {} });
Object.assign(Range.prototype, { getClientRects: () => [], getBoundingClientRect: () => new DOMRect() });
Object.assign(document, { fonts: { addEventListener() {}, removeEventListener() {} } });

// AbortController is Node's own here and jsdom does not know its signals: listeners are taken off by hand
const listen = EventTarget.prototype.addEventListener;
EventTarget.prototype.addEventListener = function (type, listener, options) {
  if (typeof options !== 'object' || !options?.signal) return listen.call(this, type, listener, options);
  const { signal, ...rest } = options;
  signal.addEventListener('abort', () => this.removeEventListener(type, listener, rest));
  return listen.call(this, type, listener, rest);
};

// the router changes state by itself after a navigation; waiting for what is on the screen is what these tests do instead
beforeEach(() => void Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: false }));

afterEach(() => {
  cleanup();
  localStorage.clear();
});
