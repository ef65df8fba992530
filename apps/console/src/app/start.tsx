import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { styleNonce } from '../parts/nonce.js';
import { Console } from './console.js';
import { createQueryClient } from './query-client.js';
import { createConsoleRouter } from './router.js';
import { followOtherWindows } from './windows.js';

/** Draws the console into its page. */
export function startConsole(): void {
  // the scroll lock of dialogs adds a style tag of its own and reads the nonce from here
  Object.assign(globalThis, { __webpack_nonce__: styleNonce() });
  const queries = createQueryClient();
  const router = createConsoleRouter(queries);
  followOtherWindows(queries, router);
  createRoot(document.getElementById('root')!).render(
    <StrictMode>
      <Console queries={queries} router={router} />
    </StrictMode>,
  );
}
