import '@mantine/core/styles.css';
import '@mantine/notifications/styles.css';
import '@mantine/spotlight/styles.css';
import './app/base.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { Console } from './app/console.js';
import { createQueryClient } from './app/query-client.js';
import { createConsoleRouter } from './app/router.js';
import { followOtherWindows } from './app/windows.js';
import { styleNonce } from './parts/nonce.js';

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
